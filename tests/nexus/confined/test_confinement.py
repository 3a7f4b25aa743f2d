"""The confined program gives up what it does not need, and ends with its file: never the process that started it."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nexus.confined import limits, running
from nexus.confined.running import Failed, Limits, confined
from tests.nexus.confined.corpus import DEEP
from tests.nexus.confined.files import a_pdf


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own walls are Linux's")
def test_it_reads_no_file_but_its_own_and_reaches_nobody(tmp_path: Path, listening: int) -> None:
    (tmp_path / "secret").write_text("x")
    with confined("held", {"file": str(tmp_path / "secret"), "port": listening}, {}) as done:
        assert done.held == [limits.COMPUTING, limits.FILES, limits.CONNECTIONS]
        assert set(done.answer.values()) == {False}, done.answer


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own walls are Linux's")
def test_without_those_walls_it_could(
    tmp_path: Path, listening: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: what the test above tries would succeed in a program that is not confined."""
    (tmp_path / "secret").write_text("x")
    open_wide = "from nexus.confined import limits; limits.confine = lambda *a, **k: []; "
    monkeypatch.setattr(running, "START", running.START.replace("from nexus.confined.program", open_wide + "from nexus.confined.program"))  # fmt: skip
    with confined("held", {"file": str(tmp_path / "secret"), "port": listening}, {}) as done:
        environment = done.answer.pop("see the environment")
        assert set(done.answer.values()) == {True} and not environment


def test_it_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """What strangers' code may be made to do, it does without the database's address or the secret key."""
    assert "DATABASE_URL" in os.environ
    with confined("held", {"file": "/nowhere", "port": 9}, {}) as done:
        assert not done.answer["see the environment"]


def test_a_pdf_that_ends_its_program_ends_nothing_else(tmp_path: Path) -> None:
    """Brackets inside brackets: the PDF library aborts, and no exception could be caught in its process."""
    path = tmp_path / "deep.pdf"
    path.write_bytes(a_pdf(resources=b"<</X " + b"[" * DEEP + b"]" * DEEP + b">>"))
    with pytest.raises(Failed, match="the program that opens it breaks off") as failed:
        with confined("pages", {"kind": "pdf"}, {"file.pdf": path}):
            pass
    assert failed.value.fault == "crash"


ENDINGS: tuple[tuple[str, str], ...] = (
    ("import os; os.abort()", "crash"),
    ("raise SystemExit(1)", "crash"),
    ("while True: pass", "slow"),
    ("import time; time.sleep(60)", "slow"),
    ("x = [bytes(10**6) for _ in range(10**6)]", "memory"),
    ("import sys\nwhile True: sys.stdout.write('x' * 100_000)", "long"),
    ("import os, time\nif os.fork(): time.sleep(60)\nelse: time.sleep(60)", "slow"),
)


@pytest.mark.parametrize(("source", "fault"), ENDINGS)
def test_however_it_ends_there_is_a_word_for_it(
    source: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1)); resource.setrlimit(resource.RLIMIT_DATA, ({10**8}, {10**8}))\n"
    monkeypatch.setattr(running, "START", bounded + source)
    began = time.monotonic()
    with pytest.raises(Failed) as failed, confined("held", {}, {}, limits=Limits(patience=2)):
        pass
    assert failed.value.fault == fault and time.monotonic() - began < 10


def test_processor_time_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(a_pdf(pages=500, content=b"0 0 m " * 500_000))
    with (
        pytest.raises(Failed) as failed,
        confined("words", {"kind": "pdf"}, {"file": path}, limits=Limits(seconds=1)),
    ):
        pass
    assert failed.value.fault in ("slow", "long") and failed.value.spent.seconds < 2


def test_no_more_than_two_are_open_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages keep threads: the third waits a while, and is then told to come back."""
    monkeypatch.setattr(running, "START", "import time; time.sleep(1); print('{\"answer\": 1, \"held\": [], \"megabytes\": 0}')")  # fmt: skip
    monkeypatch.setattr(running, "WAITS", 0.2)

    def opened(number: int) -> Any:
        try:
            with confined("held", {}, {}) as done:
                return done.answer
        except Failed as failed:
            return failed.fault

    with ThreadPoolExecutor(3) as pool:
        assert sorted(map(str, pool.map(opened, range(3)))) == ["1", "1", "busy"]

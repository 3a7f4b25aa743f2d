"""A start while the last one still stops waits for it; beside one that serves it is refused."""

import fcntl
from pathlib import Path

import pytest

from nexus.embedded import Trouble
from nexus.management.commands import up


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEXUS_DATA_DIR", str(tmp_path))
    return tmp_path


def test_it_waits_for_one_that_is_stopping(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    with (data / up.NOTE).open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        up.note_stopping()

        def heard(text: str) -> None:
            said.append(text)
            fcntl.flock(other, fcntl.LOCK_UN)  # it has stopped

        monkeypatch.setattr(up, "say", heard)
        with up.only_one_here(8123):
            assert (data / up.NOTE).read_text() == "http://127.0.0.1:8123\n"
    assert len(said) == 1 and "still stopping" in said[0]


def test_it_does_not_wait_for_ever(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "STOPPING_SECONDS", 0.2)
    monkeypatch.setattr(up, "say", lambda text: None)
    with (data / up.NOTE).open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        up.note_stopping()
        with pytest.raises(Trouble, match="already runs"), up.only_one_here(8123):
            pass

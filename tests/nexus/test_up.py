"""`manage.py up`, as a person uses it: started, looked at, interrupted, started again."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.embedded import postgres, running
from nexus.embedded.place import prepare, sockets_for
from nexus.embedded.process import command_line
from nexus.vital_signs import PROCESSES

pytestmark = pytest.mark.xdist_group("up")  # they share one data folder

READY_SECONDS = 300  # on a machine that does ten other things; else about ten
SET_BY_THE_TESTS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "NEXUS_CACHE_URL", "SECRET_KEY")


@dataclass
class Up:
    """One `manage.py up` and what it says."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, text: str) -> None:
        """Until it has said `text`, or the test fails with what it said instead."""
        deadline = time.monotonic() + READY_SECONDS
        while text not in self.said():
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def interrupt(self) -> None:
        """Ctrl-C, unless it has ended already."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(120)

    def get(self, path: str) -> int:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return int(answer.status)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path) -> dict[str, str]:
    """As a person's shell has it, with a data folder of this test's own."""
    kept = {key: value for key, value in os.environ.items() if key not in SET_BY_THE_TESTS}
    return kept | {"NEXUS_DATA_DIR": str(data)}


def start(data: Path, *options: str, port: int | None = None) -> Up:
    port = port or free_port()
    log = data.with_suffix(f".{port}.log")
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "manage.py"), "up", f"--port={port}", *options],
            env=environment(data),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return Up(process, log, f"http://127.0.0.1:{port}")


def refused(data: Path, *options: str) -> str:
    """What `up` says when it cannot start; it must say so with exit code 1, in two lines."""
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), "up", *options],
        env=environment(data), capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    said = done.stderr.split("\n\n", 1)[1]
    assert len(said.strip().splitlines()) == 2
    return said


def processes_of(data: Path) -> set[str]:
    """Command lines of everything running for this data folder: servers by folder, children by environment."""
    found = set()
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            surroundings = Path(f"/proc/{entry}/environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        line = command_line(int(entry))
        if line and (f"NEXUS_DATA_DIR={data}" in surroundings or str(data) in line):
            found.add(line)
    return found


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder of these tests' own."""
    with data_folder("up") as folder:
        yield folder


@contextmanager
def data_folder(name: str) -> Iterator[Path]:
    """A data folder outside pytest's own, which is closed to other users as root."""
    folder = Path("/tmp") / f"nexus-{name}-{os.getpid()}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(sockets_for(folder, "main"), ignore_errors=True)
    for log in folder.parent.glob(f"{folder.name}.*.log"):
        log.unlink()


@pytest.fixture(scope="module")
def up(data: Path) -> Iterator[Up]:
    """A first start with --empty: the demonstration has tests of its own."""
    first = start(data, "--empty")
    try:
        first.wait_for("Ctrl-C stops everything.")
        yield first
    finally:
        first.interrupt()


def test_it_serves_and_says_where_and_how_to_sign_in(up: Up) -> None:
    assert up.get("/health/") == 200
    assert f"Nexus is ready at {up.address}" in up.said()
    assert re.search(
        rf"Choose the password of administrator@example.org at {up.address}/invitation/\S{{43}}/\n", up.said()
    )


def test_the_styles_are_served_packed_and_for_ever(up: Up) -> None:
    page = urllib.request.urlopen(f"{up.address}/sign-in/", timeout=20).read().decode()
    styles = re.findall(r'href="(/assets/[^"]+\.css)"', page)
    assert styles
    for style in styles:
        asked = urllib.request.Request(up.address + style, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Encoding"] == "br"
            assert "immutable" in answer.headers["Cache-Control"]


def test_no_process_is_given_the_owner_of_the_tables(up: Up, data: Path) -> None:
    seen = 0
    for entry in filter(str.isdigit, os.listdir("/proc")):
        line = command_line(int(entry))
        if "gunicorn" in line or "celery" in line:
            surroundings = Path(f"/proc/{entry}/environ").read_text(errors="replace")
            if f"NEXUS_DATA_DIR={data}" in surroundings:
                seen += 1
                assert "nexus_owner" not in surroundings
    assert seen >= 4  # web and its two workers, Celery's worker, beat


def test_a_second_one_in_the_same_place_is_told_where_the_first_is(up: Up, data: Path) -> None:
    said = refused(data, f"--port={free_port()}")
    assert f"Nexus already runs from this checkout, at {up.address}." in said


def test_a_taken_port_is_named_with_another_to_try(up: Up, tmp_path: Path) -> None:
    port = int(up.address.rsplit(":", 1)[1])
    said = refused(tmp_path, f"--port={port}")
    assert f"Port {port} is taken by another program." in said
    assert f"python3 manage.py up --port {port + 1}" in said


def test_a_reset_of_data_in_use_is_refused(up: Up, data: Path) -> None:
    assert "already runs" in refused(data, "--reset", f"--port={free_port()}")
    assert up.get("/health/") == 200


def test_a_killed_worker_is_started_again(up: Up, data: Path) -> None:
    (pid,) = [
        int(entry)
        for entry in filter(str.isdigit, os.listdir("/proc"))
        if " beat " in command_line(int(entry))
        and f"NEXUS_DATA_DIR={data}" in Path(f"/proc/{entry}/environ").read_text(errors="replace")
    ]
    os.kill(pid, signal.SIGKILL)
    up.wait_for("The beat process stopped and is started again")


def until_healthy(up: Up) -> None:
    """Every answer until then is 503 and names what is missing."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if up.get("/health/") == 200:
                return
        except urllib.error.HTTPError as answer:
            assert answer.code == 503
            assert False in json.loads(answer.read()).values()
        time.sleep(0.1)
    raise AssertionError(up.said())


def test_killed_servers_are_brought_back_and_lose_nothing(up: Up, data: Path) -> None:
    """kill -9, as when memory runs out; nobody else would start them again."""
    store = prepare(data, "main").store
    for title, noted in (("PostgreSQL", "postgres/postmaster.pid"), ("Valkey", "valkey/valkey.pid")):
        pid = int((store / noted).read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        up.wait_for(f"{title} stopped and is started again")
        until_healthy(up)
        with urllib.request.urlopen(f"{up.address}/sign-in/", timeout=20) as page:
            assert page.status == 200


def test_worker_and_beat_have_a_health_that_can_be_asked(up: Up, data: Path) -> None:
    """And it says no of one that gave no sign for a while, or never did."""
    alive = [sys.executable, "-m", "nexus.alive"]
    surroundings = {"PATH": os.environ["PATH"], "NEXUS_ALIVE_FOLDER": str(data / "alive")}
    deadline = time.monotonic() + READY_SECONDS
    for process in PROCESSES:
        while subprocess.run([*alive, process], cwd=CHECKOUT, env=surroundings, check=False).returncode:
            assert time.monotonic() < deadline, up.said()
            time.sleep(0.2)
    assert subprocess.run([*alive, "nobody"], cwd=CHECKOUT, env=surroundings, check=False).returncode == 1
    old = data / "silent"
    old.mkdir()
    (old / "worker").touch()
    os.utime(old / "worker", (1, 1))
    surroundings["NEXUS_ALIVE_FOLDER"] = str(old)
    assert subprocess.run([*alive, "worker"], cwd=CHECKOUT, env=surroundings, check=False).returncode == 1


def test_ctrl_c_leaves_nothing_running_and_the_next_start_takes_seconds(up: Up, data: Path) -> None:
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(120) == 0
    assert not processes_of(data)
    began = time.monotonic()
    again = start(data)
    try:
        again.wait_for("Ctrl-C stops everything.")
        took = time.monotonic() - began
        # A first start migrates and loads; three seconds on a quiet machine, more on a busy one.
        assert took < 60, f"{took:.0f} s"
        assert again.get("/health/") == 200
        assert "Preparing the database" not in again.said()
        assert "the password" not in again.said()
    finally:
        again.process.send_signal(signal.SIGTERM)
        again.process.wait(120)
    assert not processes_of(data)


def test_the_other_kind_of_data_is_not_mixed_in(data: Path, up: Up) -> None:
    """`up` on an empty installation stays empty; only --reset changes what it is."""
    assert "demonstration" not in up.said()


def test_a_damaged_data_folder_is_named(data: Path, up: Up) -> None:
    up.interrupt()
    version = data / "main" / "postgres" / "PG_VERSION"
    version.rename(version.with_name("aside"))
    try:
        said = refused(data, f"--port={free_port()}")
    finally:
        version.with_name("aside").rename(version)
    assert "is damaged" in said and "Nothing was deleted" in said
    assert not processes_of(data)


def tell_the_database(data: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> Any:
    """Change something behind Nexus's back, as the tables' owner; what the last statement answers, if it does."""
    monkeypatch.setenv("NEXUS_DATA_DIR", str(data))
    with running(CHECKOUT, "shell", {"postgres"}):
        sockets = sockets_for(data, "main")
        with closing(postgres.connect(sockets, role="nexus_owner", database="nexus")) as connection:
            with connection.cursor() as ask:
                for statement in statements:
                    ask.execute(statement)
                return ask.fetchone()[0] if ask.description else None


def test_data_of_a_newer_version_is_refused_and_left_alone(
    data: Path, up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('referrals', '9999_later', now())"
    up.interrupt()
    tell_the_database(data, monkeypatch, newer)
    said = refused(data, f"--port={free_port()}")
    assert "made by another version of Nexus" in said and "referrals.9999_later" in said
    tell_the_database(data, monkeypatch, "DELETE FROM django_migrations WHERE name = '9999_later'")


def test_an_empty_start_on_a_demonstration_is_refused(
    data: Path, up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    up.interrupt()
    tell_the_database(data, monkeypatch, "COMMENT ON DATABASE nexus IS 'nexus: demonstration'")
    said = refused(data, "--empty", f"--port={free_port()}")
    assert "already holds the demonstration" in said and "--reset --empty" in said


def test_an_interrupted_first_loading_is_done_again(
    data: Path, up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left is cleared, and from there it is a first start, as the fixture's; so it is interrupted once more."""
    up.interrupt()
    loading = "COMMENT ON DATABASE nexus IS 'nexus: loading'"
    tell_the_database(data, monkeypatch, loading, "CREATE TABLE left_behind ()")
    again = start(data, "--empty")
    try:
        again.wait_for("Preparing the database")
        assert "Clearing what an interrupted first start left" in again.said()
        while not any(" migrate " in line for line in processes_of(data)):  # Ctrl-C meets it at work
            assert again.process.poll() is None, again.said()
            time.sleep(0.1)
    finally:
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(120) == 130
    assert not processes_of(data)
    note = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'nexus'"
    assert tell_the_database(data, monkeypatch, note) is None
    assert tell_the_database(data, monkeypatch, "SELECT to_regclass('left_behind')") is None


def test_reset_and_real_servers_do_not_go_together(data: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), "up", "--reset", f"--port={free_port()}"],
        env=environment(data) | {"DATABASE_URL": "postgres://nexus@127.0.0.1:9/real"},
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "--reset only resets the embedded database" in done.stderr

"""The embedded servers: shared, durable, and clear about what they cannot do."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.embedded import Trouble, environment, postgres, running
from nexus.embedded.place import Place, prepare, sockets_for
from nexus.embedded.process import command_line
from nexus.embedded.servers import MAIN, TEST, reset, sweep_queues

pytestmark = pytest.mark.xdist_group("embedded")  # they share one data folder

BOTH = {"postgres", "valkey"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose cluster was made once; as root it is one the service account cannot reach."""
    folder = tmp_path_factory.mktemp("ground")
    yield folder
    for name in (MAIN, TEST):
        note = folder / name / "data-is-kept-in.txt"
        if note.exists():
            shutil.rmtree(note.read_text().strip())
        shutil.rmtree(sockets_for(folder, name), ignore_errors=True)


@pytest.fixture
def data(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That folder, as NEXUS_DATA_DIR."""
    monkeypatch.setenv("NEXUS_DATA_DIR", str(made))
    return made


@pytest.fixture
def place(data: Path) -> Place:
    return prepare(data, MAIN)


def cluster(place: Place) -> Path:
    """The PostgreSQL data folder."""
    return place.store / "postgres"


def servers_of(place: Place) -> set[str]:
    """The command lines of all living servers of this place; a server's fresh fork still bears its own."""
    lines = (command_line(int(entry)) for entry in os.listdir("/proc") if entry.isdigit())
    return {line for line in lines if str(place.store) in line}


def test_they_start_serve_and_leave_nothing_running(place: Place) -> None:
    with running(CHECKOUT, "shell", BOTH):
        with closing(postgres.connect(place.sockets, role="nexus_app", database="nexus")) as connection:
            with connection.cursor() as ask:
                ask.execute("SHOW listen_addresses")
                assert ask.fetchone() == ("",)
                ask.execute("SHOW server_encoding")
                assert ask.fetchone() == ("UTF8",)
                ask.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'nexus'")
                assert ask.fetchone() == ("b", "C.UTF-8")
                ask.execute("SHOW fsync")
                assert ask.fetchone() == ("on",)
        assert len(servers_of(place)) == 2
        assert place.sockets.stat().st_mode & 0o777 == 0o700
        assert cluster(place).stat().st_mode & 0o777 == 0o700
        if os.geteuid() == 0:
            assert cluster(place).stat().st_uid != 0
    assert not servers_of(place)


def test_the_first_to_leave_does_not_stop_the_second(place: Place) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(CHECKOUT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout and other.stdin
    with running(CHECKOUT, "shell", BOTH):
        assert other.stdout.readline() == "up\n"
    assert len(servers_of(place)) == 2, "the other process still uses them"
    other.stdin.close()
    assert other.wait(30) == 0
    assert not servers_of(place)


HOLD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from nexus.embedded import running
with running(Path(sys.argv[1]), "shell", {"postgres", "valkey"}):
    print("up", flush=True)
    sys.stdin.read()
"""


def test_servers_a_killed_process_left_are_used_and_then_stopped(place: Place) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(CHECKOUT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout and other.stdout.readline() == "up\n"
    other.kill()
    other.wait()
    assert len(servers_of(place)) == 2
    with running(CHECKOUT, "shell", BOTH):
        pass
    assert not servers_of(place)


def test_no_pipe_of_ours_is_kept_open_by_a_server(data: Path) -> None:
    """`manage.py test | tee` would otherwise wait for ever."""
    kept = [sys.executable, "-c", HOLD.replace("sys.stdin.read()", "import os; os._exit(0)"), str(CHECKOUT)]
    assert subprocess.run(kept, capture_output=True, timeout=60, check=True).stdout == b"up\n"
    with running(CHECKOUT, "shell", BOTH):
        pass


def test_kill_9_of_the_server_loses_nothing_committed(place: Place) -> None:
    with running(CHECKOUT, "shell", {"postgres"}):
        with closing(postgres.connect(place.sockets, role="nexus_owner", database="nexus")) as connection:
            with connection.cursor() as ask:
                ask.execute("CREATE TABLE kept (what text)")
                ask.execute("INSERT INTO kept VALUES ('this')")
        os.kill(postgres.pid_of(cluster(place)), signal.SIGKILL)
        with running(CHECKOUT, "shell", {"postgres"}):
            with closing(postgres.connect(place.sockets, role="nexus_owner", database="nexus")) as connection:
                with connection.cursor() as ask:
                    ask.execute("DELETE FROM kept RETURNING what")
                    assert ask.fetchall() == [("this",)]
                    ask.execute("DROP TABLE kept")


def test_a_pid_that_now_belongs_to_another_program_does_not_stop_a_start(place: Place) -> None:
    note = cluster(place) / "postmaster.pid"
    note.write_text(f"{os.getppid()}\n{cluster(place)}\n{int(time.time())}\n5432\n{place.sockets}\n\n  1 1\n")
    assert postgres.pid_of(cluster(place)) == 0
    with running(CHECKOUT, "shell", {"postgres"}):
        assert postgres.pid_of(cluster(place)) not in {0, os.getppid()}


@pytest.mark.parametrize("missing", ["PG_VERSION", "global/pg_control", "global/pg_filenode.map"])
def test_a_damaged_folder_is_named_and_left_alone(place: Place, missing: str) -> None:
    file = cluster(place) / missing
    aside = file.with_name(file.name + ".aside")
    file.rename(aside)
    before = sorted(p.name for p in cluster(place).iterdir())
    try:
        with pytest.raises(Trouble, match="is damaged") as found, running(CHECKOUT, "shell", BOTH):
            pass
        assert str(cluster(place)) in found.value.happened
        assert "Nothing was deleted" in found.value.remedy and "--reset" in found.value.remedy
        assert sorted(p.name for p in cluster(place).iterdir()) == before
        assert not servers_of(place)
    finally:
        aside.rename(file)


def test_a_folder_of_another_major_version_is_refused(place: Place) -> None:
    version = cluster(place) / "PG_VERSION"
    before = version.read_text()
    version.write_text("16\n")
    try:
        with pytest.raises(Trouble, match="made by PostgreSQL 16, and this checkout brings 18"):
            with running(CHECKOUT, "shell", {"postgres"}):
                pass
    finally:
        version.write_text(before)


def test_an_interrupted_first_start_is_swept_away(place: Place) -> None:
    unfinished = place.store / "postgres.new-1"
    unfinished.mkdir()
    whole = cluster(place).rename(cluster(place).with_name("whole"))
    try:
        with running(CHECKOUT, "shell", {"postgres"}):
            assert not unfinished.exists()
    finally:
        shutil.rmtree(cluster(place))
        whole.rename(cluster(place))


def test_reset_keeps_what_was_there_and_refuses_while_in_use(data: Path, place: Place) -> None:
    (data / "files").mkdir(exist_ok=True)
    (data / "files" / "upload").write_text("somebody's")
    with running(CHECKOUT, "shell", {"postgres"}), pytest.raises(Trouble, match="in use"):
        reset(CHECKOUT)
    assert cluster(place).exists()
    reset(CHECKOUT)
    assert not cluster(place).exists() and not (data / "files").exists()
    assert (cluster(place).with_name("postgres.before-reset") / "PG_VERSION").exists()
    assert (data / "files.before-reset" / "upload").read_text() == "somebody's"
    cluster(place).with_name("postgres.before-reset").rename(cluster(place))


def test_what_a_killed_test_run_left_is_swept(data: Path) -> None:
    tests = prepare(data, TEST)
    (tests.home / "valkey-1.lock").touch()
    (tests.store / "valkey-1").mkdir()
    sweep_queues(tests)
    assert not (tests.home / "valkey-1.lock").exists() and not (tests.store / "valkey-1").exists()


def test_addresses_that_are_set_win_except_for_tests(data: Path) -> None:
    real = {"DATABASE_URL": "postgres://db.example/nexus", "REDIS_URL": "redis://queue.example/0"}
    settings = dict(real)
    assert environment(CHECKOUT, "up", settings) == set()
    assert {key: settings[key] for key in real} == real
    settings = dict(real)
    assert environment(CHECKOUT, "test", settings) == BOTH
    assert "db.example" not in settings["DATABASE_URL"] and "queue.example" not in settings["REDIS_URL"]


def test_only_migrations_run_as_the_owner(data: Path) -> None:
    for command, role in (("shell", "nexus_app"), ("up", "nexus_app"), ("migrate", "nexus_owner")):
        settings: dict[str, str] = {}
        assert environment(CHECKOUT, command, settings) == BOTH
        assert f"//{role}@" in settings["DATABASE_URL"]


def test_the_signing_key_is_made_once_and_is_private(data: Path) -> None:
    first: dict[str, str] = {}
    again: dict[str, str] = {}
    environment(CHECKOUT, "shell", first)
    environment(CHECKOUT, "shell", again)
    assert first["SECRET_KEY"] == again["SECRET_KEY"] and len(first["SECRET_KEY"]) >= 50
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_socket_paths_stay_short_however_deep_the_checkout() -> None:
    deep = Path("/home") / "/".join(["a-long-folder-name"] * 20)
    assert len(str(sockets_for(deep, MAIN) / ".s.PGSQL.5432")) < 60
    assert sockets_for(deep, MAIN) != sockets_for(deep, TEST) != sockets_for(deep / "other", TEST)

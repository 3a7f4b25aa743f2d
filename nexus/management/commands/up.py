"""`manage.py up`: everything Nexus needs, started, filled the first time, and stopped by Ctrl-C."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from nexus import assets, children, filling
from nexus.admission import THREADS
from nexus.bootstrap import CHECKOUT
from nexus.children import Child
from nexus.embedded import Revival, Trouble, data_folder, embedded, reset, running
from nexus.progress import say, step

HOST = "127.0.0.1"
NOTE = "up.lock"  # in the data folder: who runs here, and where
STOPPING = "stopping"
STOPPING_SECONDS = 90.0  # children and servers have less
READY_SECONDS = 240.0  # a busy machine takes its time; a broken web process is noticed at once


class Command(BaseCommand):
    """Brings up servers, web, worker and beat, and waits."""

    help = "Starts Nexus on this machine with demonstration data, and stops it on Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three options, all optional."""
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")
        parser.add_argument(
            "--empty", action="store_true", help="reference data and an administrator only, no demonstration"
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="put the data aside (kept until the next reset) and start again",
        )

    def handle(self, *args: Any, port: int, empty: bool, reset: bool, **options: Any) -> None:
        """Runs until Ctrl-C or SIGTERM; Trouble says what is in the way."""
        say("Nexus")
        with only_one_here(port):
            refuse_taken(port)
            wanted = embedded(CHECKOUT, "up", os.environ)
            if reset:
                start_anew(wanted)
            assets.prepare(CHECKOUT)
            assets.pack(CHECKOUT)
            with stack_of_servers(wanted):
                holds = filling.fill(
                    CHECKOUT, empty=empty, embedded="postgres" in wanted, address=address_at(port)
                )
                serve(port, holds, Revival(CHECKOUT, wanted))


def start_anew(wanted: set[str]) -> None:
    """--reset is for our own servers: nobody else's database is ever put aside."""
    if "postgres" not in wanted:
        raise Trouble(
            "--reset only resets the embedded database, and DATABASE_URL names another one.",
            "Unset DATABASE_URL, or make that database again yourself.",
        )
    with step("Putting the data aside"):
        folder = reset(CHECKOUT)
    say(f"  What was there is kept in {folder} as *.before-reset until the next reset.")


@contextmanager
def stack_of_servers(wanted: set[str]) -> Iterator[None]:
    """PostgreSQL and Valkey where they are ours, with a word about it."""
    context = running(CHECKOUT, "up", wanted)
    if wanted:
        with step("Starting PostgreSQL and Valkey"):
            context.__enter__()
    else:
        context.__enter__()
    try:
        yield
    finally:
        note_stopping()
        # From here on only the servers are left to stop, and nothing may interrupt that.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        context.__exit__(None, None, None)


@contextmanager
def only_one_here(port: int) -> Iterator[None]:
    """One `up` a checkout; the second waits while the first stops, else it is told where that is to be found."""
    data = data_folder(CHECKOUT)
    try:
        data.mkdir(parents=True, exist_ok=True)
        note = (data / NOTE).open("a+")
    except PermissionError as error:
        raise Trouble(
            f"You may not write to {error.filename}; it probably belongs to another user.",
            "Run Nexus as the user who ran it first, or set NEXUS_DATA_DIR to a folder of your own.",
        ) from error
    with note:
        hold(note)
        note.truncate(0)
        note.write(f"http://{HOST}:{port}\n")
        note.flush()
        yield


def hold(note: TextIO) -> None:
    """Lock the note; Trouble when another `up` has it and does not stop in time."""
    announced, deadline = False, time.monotonic() + STOPPING_SECONDS
    while True:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            note.seek(0)
            where = note.read().strip()
        if where != STOPPING or time.monotonic() > deadline:
            raise Trouble(
                f"Nexus already runs from this checkout, at {where or 'another port'}.",
                "Use that one, or stop it first with Ctrl-C in its window.",
            )
        if not announced:
            say("  The Nexus that ran here is still stopping; waiting for it …")
            announced = True
        time.sleep(0.1)


def note_stopping() -> None:
    """Let whoever starts next wait instead of being sent to an address that answers no more."""
    (data_folder(CHECKOUT) / NOTE).write_text(f"{STOPPING}\n")


def refuse_taken(port: int) -> None:
    """Trouble when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Trouble(
                f"You may not use port {port}.", "Choose one above 1023: python3 manage.py up --port 8001"
            ) from error
        except (OSError, OverflowError) as error:
            other = port + 1 if 1023 < port < 65535 else 8001
            raise Trouble(
                f"Port {port} is taken by another program.",
                f"Stop that program, or use another port: python3 manage.py up --port {other}",
            ) from error


def serve(port: int, holds: str, revive: Revival) -> None:
    """Start web, then worker and beat, say where they are, and wait for Ctrl-C.

    Stories that are still to be told come between: the schedule would take their past for neglect.
    """
    web, *others = processes_for(port, holds)
    teller = child("stories", [sys.executable, str(CHECKOUT / "manage.py"), "demonstration", "--stories"])
    processes = [web, *others, teller]
    try:
        telling = filling.to_be_told(holds)
        with step("Starting web" if telling else "Starting web, worker and beat"):
            for each in [web, teller] if telling else [web, *others]:
                each.start()
            wait_until_served(port, web)
        greet(port, holds)
        if telling:
            wait_until_told(web, teller, revive)
            for each in others:
                each.start()
        children.watch([web, *others], revive=revive)
    except KeyboardInterrupt:
        say()
    finally:
        note_stopping()
        with step("Stopping"):
            children.stop(processes)


def wait_until_told(web: Child, teller: Child, revive: Revival) -> None:
    """The demonstration is filled in while people look around; Trouble when that fails."""
    with step("Filling the demonstration in; every page says how far it is"):
        children.watch([web], until=teller, revive=revive)
        if teller.process is None or teller.process.returncode:
            raise Trouble(
                "The demonstration could not be made.", f"Read the end of {teller.log}, then start again."
            )
        filling.complete()


def address_at(port: int) -> str:
    """Where links in e-mails lead."""
    return os.environ.get("NEXUS_ADDRESS", f"http://{HOST}:{port}")


def processes_for(port: int, holds: str) -> list[Child]:
    """How each process is started; none is given the tables' owner."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    environment |= {
        "NEXUS_DEMONSTRATION": "1" if holds == filling.DEMONSTRATION else "0",
        "NEXUS_ADDRESS": address_at(port),
        "NEXUS_ALIVE_FOLDER": str(data_folder(CHECKOUT) / "alive"),
        "REMAP_SIGTERM": "SIGQUIT",  # the worker's soft shutdown: finish or give back within ten seconds
        "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), environment.get("PYTHONPATH")])),
    }
    python, celery = (
        sys.executable,
        [sys.executable, "-m", "celery", "--app=nexus", "--workdir", str(CHECKOUT)],
    )
    web = [
        python, "-m", "gunicorn", "nexus.wsgi:application", f"--bind={HOST}:{port}", f"--chdir={CHECKOUT}",
        "--worker-class=nexus.web_worker.Worker", "--workers=2", f"--threads={THREADS}", "--preload", "--timeout=60",
        "--graceful-timeout=10", "--no-control-socket",
    ]  # fmt: skip
    worker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    # The schedule is static and beat keeps no file: what a stopped beat misses, the next sweep finds.
    beat = [*celery, "beat", "--scheduler=nexus.vital_signs:Beat", "--pidfile=", "--loglevel=INFO"]
    return [
        child(name, argv, environment | {"NEXUS_DATABASE_LIMITS": name})
        for name, argv in (("web", web), ("worker", worker))
    ] + [child("beat", beat, environment)]


def child(name: str, argv: list[str], environment: Mapping[str, str] = os.environ) -> Child:
    """One process with a log of its name."""
    logs = data_folder(CHECKOUT) / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    return Child(name, argv, environment, logs / f"{name}.log")


def wait_until_served(port: int, web: Child) -> None:
    """Return when the first page is answered; Trouble when web gives up."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not web.ended():
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/health/", timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise Trouble("The web process did not answer.", f"Read the end of {web.log}, then start again.")


def greet(port: int, holds: str) -> None:
    """Where to go, and who to be."""
    say(f"\nNexus is ready at http://{HOST}:{port}\n")
    if holds == filling.DEMONSTRATION and "demonstration" in get_commands():
        say("Everybody in it is invented. Sign in as:\n")
        call_command("demonstration", sign_ins=True, stdout=sys.stderr)
        say()
    say("Ctrl-C stops everything.")

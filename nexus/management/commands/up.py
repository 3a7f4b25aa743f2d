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
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from nexus import assets, children, filling
from nexus.bootstrap import CHECKOUT
from nexus.children import Child
from nexus.embedded import Trouble, data_folder, embedded, reset, running
from nexus.progress import say, step

HOST = "127.0.0.1"
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
            help="put the data aside (kept until the next reset) and start anew",
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
                holds = filling.fill(CHECKOUT, empty=empty, embedded="postgres" in wanted)
                serve(port, holds)


def start_anew(wanted: set[str]) -> None:
    """--reset is for our own servers: nobody else's database is ever put aside."""
    if "postgres" not in wanted:
        raise Trouble(
            "--reset only resets the embedded database, and DATABASE_URL names another one.",
            "Unset DATABASE_URL, or make that database anew yourself.",
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
        # From here on only the servers are left to stop, and nothing may interrupt that.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        context.__exit__(None, None, None)


@contextmanager
def only_one_here(port: int) -> Iterator[None]:
    """One `up` a checkout; the second is told where the first is to be found."""
    data = data_folder(CHECKOUT)
    try:
        data.mkdir(parents=True, exist_ok=True)
        note = (data / "up.lock").open("a+")
    except PermissionError as error:
        raise Trouble(
            f"You may not write to {error.filename}; it probably belongs to another user.",
            "Run Nexus as the user who ran it first, or set NEXUS_DATA_DIR to a folder of your own.",
        ) from error
    with note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            raise Trouble(
                f"Nexus already runs from this checkout, at {note.read().strip() or 'another port'}.",
                "Use that one, or stop it first with Ctrl-C in its window.",
            ) from None
        note.truncate(0)
        note.write(f"http://{HOST}:{port}\n")
        note.flush()
        yield


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


def serve(port: int, holds: str) -> None:
    """Start web, worker and beat, say where they are, and wait for Ctrl-C."""
    processes = processes_for(port, holds)
    try:
        with step("Starting web, worker and beat"):
            for child in processes:
                child.start()
            wait_until_served(port, processes[0])
        greet(port, holds)
        children.watch(processes)
    except KeyboardInterrupt:
        say()
    finally:
        with step("Stopping"):
            children.stop(processes)


def processes_for(port: int, holds: str) -> list[Child]:
    """How each process is started; none is given the tables' owner."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    environment |= {
        "NEXUS_DEMONSTRATION": "1" if holds == filling.DEMONSTRATION else "0",
        "NEXUS_ADDRESS": environment.get("NEXUS_ADDRESS", f"http://{HOST}:{port}"),
        "REMAP_SIGTERM": "SIGQUIT",  # the worker's soft shutdown: finish or give back within ten seconds
        "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), environment.get("PYTHONPATH")])),
    }
    logs = data_folder(CHECKOUT) / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    python, celery = (
        sys.executable,
        [sys.executable, "-m", "celery", "--app=nexus", "--workdir", str(CHECKOUT)],
    )
    web = [
        python, "-m", "gunicorn", "nexus.wsgi:application", f"--bind={HOST}:{port}", f"--chdir={CHECKOUT}",
        "--workers=2", "--threads=4", "--preload", "--timeout=60", "--graceful-timeout=10", "--no-control-socket",
    ]  # fmt: skip
    worker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    # The schedule is static and beat keeps no file: what a stopped beat misses, the next sweep finds.
    beat = [*celery, "beat", "--scheduler=celery.beat:Scheduler", "--pidfile=", "--loglevel=INFO"]
    return [
        Child(name, argv, environment, logs / f"{name}.log")
        for name, argv in (("web", web), ("worker", worker), ("beat", beat))
    ]


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

"""The processes `up` keeps running: web, worker and beat."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nexus.embedded import Trouble
from nexus.progress import say

RESTARTS = 5  # within RESTART_WINDOW, then `up` gives in
RESTART_WINDOW = 60.0  # seconds
STOP_SECONDS = 20.0  # a running task has 10, see CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT
LOG_KEPT = 5_000_000  # bytes; a longer log is put aside when its process starts
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process, how to start it, and when it was started lately."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C is for `up`, which then stops each in order."""
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT:
            self.log.replace(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                list(self.argv),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.starts = [s for s in self.starts if time.monotonic() - s < RESTART_WINDOW]
        self.starts.append(time.monotonic())

    def ended(self) -> bool:
        """True when it is not running although it was started."""
        return self.process is not None and self.process.poll() is not None


def end_with_parent() -> None:
    """Linux: be told to stop when `up` dies, even by kill -9, so that nothing is left behind."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def watch(
    children: Sequence[Child], *, until: Child | None = None, revive: Callable[[], None] = lambda: None
) -> None:
    """Start again whatever dies; Trouble when it keeps dying. Returns when `until` has ended, else never.

    `revive` does the same for the servers, and comes first: a child may have died for want of them.
    """
    while until is None or not until.ended():
        revive()
        for child in children:
            if child.ended():
                if len(child.starts) >= RESTARTS:
                    raise Trouble(
                        f"The {child.name} process keeps stopping.",
                        f"Read the end of {child.log}, then start again.",
                    )
                child.start()
                say(f"  The {child.name} process stopped and is started again; see {child.log}")
        time.sleep(0.2)


def stop(children: Sequence[Child]) -> None:
    """Ask all to finish, wait, and end what does not; a second Ctrl-C ends them at once."""
    try:
        for child in children:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(_gone(child) for child in children):
            time.sleep(0.05)
    finally:
        for child in children:
            _signal(child, signal.SIGKILL)
            if child.process:
                child.process.wait()


def _gone(child: Child) -> bool:
    return child.process is None or child.process.poll() is not None


def _signal(child: Child, number: signal.Signals) -> None:
    """SIGTERM goes to the process, SIGKILL to all of its session."""
    if child.process is None or _gone(child) and number != signal.SIGKILL:
        return
    try:
        if number == signal.SIGKILL:
            os.killpg(child.process.pid, number)
        else:
            child.process.send_signal(number)
    except ProcessLookupError:
        pass

"""Starts the confined program (ADR 0028), waits for it, and says what came of it.

with confined("words", {"kind": "pdf"}, {"file": path}) as done:
    done.answer   # JSON;  done.made is the one file it may have written, until the block ends
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Timer
from typing import IO, Any, NamedTuple, cast

from nexus.confined.program import MADE

CHECKOUT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from nexus.confined.program import main; main()"
# All that the program is told of the environment, which holds our secrets; some Pythons do not start without it.
NEEDED = ("LD_LIBRARY_PATH", "SYSTEMROOT")
AT_ONCE = 2  # programs of one process: pages have threads left
WAITS = 10  # seconds for one of them to end
MOST_TOLD = 4_000_000  # bytes of an answer: the longest text, each letter written as JSON may write it
MOST_COMPLAINED = 4096  # bytes of what it says as it breaks off
free = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Limits:
    """Of one file: seconds of processor time, memory, how many bytes may be written, and seconds by the clock."""

    seconds: int = 10
    megabytes: int = 300
    written: int = 50_000_000
    patience: int = 20  # by the clock, waiting for the processor included; its computing ends earlier


USUAL = Limits()

# Why a file could not be opened, as a clause after "because".
FAULTS = {
    "damaged": "it is damaged or not what its name says",
    "password": "it is locked with a password",
    "long": "it is too long",
    "large": "it unpacks to too much",
    "pages": "it has more than {most:,} pages",
    "pixels": "it is a picture of more than {most:,} million pixels",
    "kind": "files of this kind are not shown",
    "slow": "opening it takes too long",
    "memory": "opening it takes too much memory",
    "crash": "the program that opens it breaks off",
    "busy": "too many files are being opened at this moment",
    "holds": "it holds words that are redacted; redact the file itself and add it again",
    "together": "the bundle would have more than {most:,} pages",
    "redacted": "{left} of the redacted words could still be read in it",
}


class Spent(NamedTuple):
    """What the program took; no memory where it broke off before it could say."""

    seconds: float
    megabytes: float


NOTHING = Spent(0, 0)


class Failed(Exception):
    """The file was not opened to its end; `fault` is a word of FAULTS, and the message its clause."""

    def __init__(self, fault: str, *, spent: Spent = NOTHING, **more: Any) -> None:
        super().__init__(FAULTS.get(fault, FAULTS["damaged"]).format(**more))
        self.fault, self.more, self.spent = fault, more, spent


@dataclass(frozen=True)
class Done:
    """What the program answered, the file it made, what of its limits holds here, and what it took."""

    answer: Any
    made: Path
    held: list[str]
    spent: Spent


@contextmanager
def confined(
    job: str, given: Mapping[str, Any], files: Mapping[str, Path], *, limits: Limits = USUAL
) -> Iterator[Done]:
    """Have `job` done with copies of `files`, which it finds by their keys. Raises Failed."""
    with TemporaryDirectory(prefix="nexus-confined-") as place:
        folder = Path(place)
        for name, path in files.items():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        (folder / MADE).touch(mode=0o600)
        bounds = asdict(limits)
        patience = bounds.pop("patience")
        task = json.dumps({"job": job, "given": given, "limits": bounds})
        if not free.acquire(timeout=WAITS):
            raise Failed("busy")
        try:
            told, spent = _told(folder, task, patience)
        finally:
            free.release()
        if "fault" in told:
            raise Failed(told["fault"], spent=spent, **told.get("more", {}))
        yield Done(told["answer"], folder / MADE, told["held"], spent)


def _told(folder: Path, task: str, patience: float) -> tuple[dict[str, Any], Spent]:
    """What the program answers, and what it took. It and all it started end with this call."""
    with (folder / ".complaint").open("w+b") as complaint, (folder / ".task").open("w+b") as asked:
        asked.write(task.encode())
        asked.seek(0)
        program = subprocess.Popen(
            [sys.executable, "-I", "-c", START, str(CHECKOUT)],
            cwd=folder,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=complaint,
            env={
                **{name: os.environ[name] for name in NEEDED if name in os.environ},
                "RAYON_NUM_THREADS": "1",
            },
            start_new_session=True,
        )
        ended_by_us: list[bool] = []
        alarm = Timer(patience, lambda: ended_by_us.append(_end(program)))
        alarm.start()
        out = cast(IO[bytes], program.stdout)
        try:
            output = out.read(MOST_TOLD + 1)
        finally:
            out.close()  # what it still wants to write ends it
            seconds = _over(program, alarm)
        complaint.seek(0)
        fault = _fault_of(program.returncode, complaint.read(MOST_COMPLAINED), late=bool(ended_by_us))
    if len(output) > MOST_TOLD:
        fault = "long"
    if fault:
        raise Failed(fault, spent=Spent(seconds, 0))
    told = json.loads(output)
    return told, Spent(seconds, told["megabytes"])


def _over(program: "subprocess.Popen[bytes]", alarm: Timer) -> float:
    """Wait for its end and end its group; the processor time it took, which `wait` would not say."""
    if not hasattr(os, "waitid"):
        program.wait()
        alarm.cancel()
        return 0
    os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)  # its number stays its own until it is reaped
    alarm.cancel()
    _end(program)
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def _end(program: "subprocess.Popen[bytes]") -> bool:
    """End the program's whole group, if there is anything left of it."""
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        return False
    return True


def _fault_of(code: int, complaint: bytes, *, late: bool) -> str:
    """A word of FAULTS for how it ended; none when it ended well."""
    if code == 0:
        return ""
    if late or code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "slow"
    if b"memory allocation of" in complaint or b"MemoryError" in complaint:
        return "memory"
    return "crash"

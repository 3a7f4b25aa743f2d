"""Starting, recognising and stopping a server process."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


def launch(argv: Sequence[str], *, log: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """Start a daemon that keeps nothing of ours: no pipe, no terminal, no working folder.

    A pipe inherited by a daemon keeps `manage.py test | tee` (and every CI) waiting for ever.
    """
    with open(log, "ab", opener=private) as out:
        return subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            start_new_session=True,
            umask=0o077,
            env=_clean_environment(),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def private(path: str, flags: int) -> int:
    """An opener for files that only their owner may read."""
    return os.open(path, flags, 0o600)


def run_as(argv: Sequence[str], *, account: pwd.struct_passwd | None) -> subprocess.CompletedProcess[str]:
    """Run a short command as `account` and return it with its output."""
    return subprocess.run(
        list(argv),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        umask=0o077,
        check=False,
        env=_clean_environment(),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def command_line(pid: int) -> str:
    """The command line of a living process, or "" for a dead one, a zombie or nobody.

    A pid alone proves nothing: after a crash it may belong to any other program.
    """
    proc = Path("/proc") / str(pid)
    if Path("/proc/self/cmdline").exists():
        try:
            return proc.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    answer = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def stop(pid: int, *, mark: str, politely: signal.Signals, patience: float) -> bool:
    """Ask the process to end, wait, and say whether it is gone; only if its command line holds `mark`."""
    if mark not in command_line(pid):
        return True
    os.kill(pid, politely)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        _reap(pid)
        if mark not in command_line(pid):
            return True
        time.sleep(0.02)
    return False


def last_words(log: Path, lines: int = 1, only: tuple[str, ...] = ()) -> str:
    """The last lines of a log (those holding one of `only`, if given), for an error message."""
    try:
        text = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    wanted = [line for line in text if not only or any(word in line for word in only)]
    return " ".join(wanted[-lines:]).strip()


def _clean_environment() -> dict[str, str]:
    """What a server needs to know: no secret of ours, no PG* variable of the user's."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass

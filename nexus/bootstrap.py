"""From a bare Python to the virtual environment with everything in the lock.

Only the standard library and nexus.progress may be imported here: nothing else is installed yet.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nexus.progress import say, step

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
LOCK = CHECKOUT / "requirements-dev.txt"  # one lock for running and for testing
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "nexus-lock.txt"
LOG = VENV / "nexus-install.log"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)\s*(;?)", re.MULTILINE)
NO_NETWORK = (
    "NewConnectionError", "ConnectTimeout", "ReadTimeout", "NameResolutionError", "ProxyError",
    "Temporary failure in name resolution", "Network is unreachable", "Connection refused",
    "SSLError", "Could not fetch URL", "ConnectionError",
)  # fmt: skip

NO_VENV = (
    "This Python cannot make virtual environments, because its venv module is not installed.\n"
    "Install it (Debian and Ubuntu: apt-get install python3-venv) and run the same command again."
)

# Run by the virtual environment's own Python: exits 0 when it holds every version of the lock.
HOLDS_THE_LOCK = """
import sys
from importlib.metadata import PackageNotFoundError, version
for pin in sys.argv[1:]:
    name, wanted, optional = pin.split("=")
    try:
        if version(name) not in wanted.split(","):
            sys.exit(1)
    except PackageNotFoundError:
        if not optional:
            sys.exit(1)
"""


class CannotPrepare(Exception):
    """What happened, then what to do, for the person at the keyboard."""


def enter_environment(argv: list[str]) -> None:
    """Return inside .venv with every locked package installed, or exit with one clear sentence.

    An image that brings the packages itself sets NEXUS_VENV=off.
    """
    if os.environ.get("NEXUS_VENV") == "off":
        return
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    try:
        if not up_to_date(inside):
            with only_one():
                if not up_to_date(inside):
                    build()
                    inside = False
    except CannotPrepare as trouble:
        say(f"\n{trouble}")
        sys.exit(1)
    except PermissionError as error:
        say(f"\nYou may not write to {error.filename}.\nRun Nexus as the owner of this checkout.")
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nStopped. The next start continues where this one left off.")
        sys.exit(130)
    if not inside:
        os.execv(PYTHON, [str(PYTHON), str(CHECKOUT / "manage.py"), *argv[1:]])


def up_to_date(inside: bool) -> bool:
    """True when .venv was completed from today's lock and by the Python it still has."""
    if not runs(PYTHON):
        return False
    try:
        lock, version = STAMP.read_text().split()
    except (OSError, ValueError):
        return False
    return lock == fingerprint() and (not inside or version == python_version())


def fingerprint() -> str:
    """Changes with the lock."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def python_version() -> str:
    """Packages belong to one minor version of Python."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def runs(python: Path) -> bool:
    """True when the file is there and may be run; a link to a removed Python is not."""
    return os.access(python, os.X_OK)


@contextmanager
def only_one() -> Iterator[None]:
    """Two commands started at once on a bare checkout: the second waits for the first."""
    folder = os.open(CHECKOUT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another command that is preparing this checkout"):
                fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def build() -> None:
    """Make .venv if need be, install the lock into it, and stamp it."""
    if not usable():
        with step("Making the virtual environment .venv"):
            make()
    if not holds_the_lock():
        install()
    version = output(PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(f"{fingerprint()} {version.strip()}\n")
    unfinished.rename(STAMP)


def usable() -> bool:
    """True when .venv has a Python that starts, is new enough and finds its own packages' folder."""
    check = "import sys; sys.exit(not (sys.version_info >= (3, 11) and sys.prefix != sys.base_prefix))"
    if not runs(PYTHON) or fails("-c", check):
        return False
    version = output(PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    return (VENV / "lib" / f"python{version}").is_dir()


def make() -> None:
    """Make .venv with this Python; CannotPrepare when it lacks the venv module."""
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run(
        [base, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        return
    if "ensurepip" in made.stdout + made.stderr or "No module named venv" in made.stderr:
        raise CannotPrepare(NO_VENV)
    raise CannotPrepare(
        f"The virtual environment {VENV} could not be made: {last_line(made.stderr or made.stdout)}\n"
        "Check that the disk is not full and that you may write there, then run the same command again."
    )


def pins(lock: Path | None = None) -> list[str]:
    """The lock's packages as "name=version,version=mark"; a mark where a platform may do without."""
    versions: dict[str, list[str]] = {}
    conditional: dict[str, bool] = {}
    for name, version, marker in PINNED.findall((lock or LOCK).read_text()):
        versions.setdefault(name, []).append(version)
        conditional[name] = bool(marker)
    return [f"{n}={','.join(found)}={'optional' if conditional[n] else ''}" for n, found in versions.items()]


def holds_the_lock(lock: Path | None = None) -> bool:
    """True when the installed versions are the lock's, whoever installed them."""
    return not fails("-c", HOLDS_THE_LOCK, *pins(lock))


def bring(lock: Path) -> None:
    """Put what only one command needs into .venv as well; CannotPrepare says why not."""
    with only_one():
        if not holds_the_lock(lock):
            install(lock)


def install(lock: Path | None = None) -> None:
    """Install the lock, checked against its hashes; CannotPrepare says why not."""
    # Without pip it was made by uv, or by a Debian Python that lacks python3-venv and cannot be helped here.
    if fails("-m", "pip", "--version") and fails("-m", "ensurepip"):
        raise CannotPrepare(NO_VENV)
    command = [
        str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:",
        "--no-input", "--disable-pip-version-check", "--progress-bar=off", "--retries=3",
        "--requirement", str(lock or LOCK),
    ]  # fmt: skip
    settings = {key: value for key, value in os.environ.items() if key not in {"PIP_TARGET", "PIP_PREFIX"}}
    settings |= {"PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore", "PYTHONUNBUFFERED": "1"}
    total = len(pins(lock))
    with step(f"Installing {total} packages, a few minutes the first time") as so_far, LOG.open("w") as log:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings
        )
        seen = 0
        for line in pip.stdout or ():
            log.write(line)
            if line.startswith("Collecting "):
                seen += 1
                so_far(f"{seen} of {total} downloaded")
            if line.startswith("Installing collected"):
                so_far("unpacking")
        failed = pip.wait()
    if failed:
        raise CannotPrepare(explain(LOG.read_text()))


def explain(log: str) -> str:
    """One sentence for why pip failed, and what to do."""
    again = f"Run the same command again; pip's own words are in {LOG}."
    if "No space left" in log:
        return f"The packages could not be installed: the disk is full.\nMake room (about 1 GB). {again}"
    if "DO NOT MATCH THE HASHES" in log:
        return (
            "A downloaded package is not the one in the lock, so nothing of it was installed.\n"
            f"Whatever stands between here and the package index may be altering files. {again}"
        )
    if any(sign in log for sign in NO_NETWORK):
        return (
            "The packages could not be downloaded: the package index cannot be reached.\n"
            f"Check the network connection (and the proxy, if you need one). {again}"
        )
    if "No matching distribution found" in log:
        return (
            f"Not every package is made for this Python ({python_version()}) on this machine.\n"
            f"Try with Python 3.11, 3.12 or 3.13: rm -r .venv, then python3.11 manage.py up. {again}"
        )
    return f"The packages could not be installed: {last_line(log)}\n{again}"


def fails(*arguments: str) -> bool:
    """True when the virtual environment's Python ends this with an error."""
    return subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode != 0


def output(*command: str | Path) -> str:
    """What a short command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def last_line(text: str) -> str:
    """The last line that says something."""
    return (text.strip().splitlines() or ["no reason was given"])[-1]

"""What the program that opens a file gives up before it looks at the file.

Everywhere: computing, memory, how much it writes, how many files it has open. On Linux also every file but its own
folder and the libraries it runs on (Landlock), every connection, and starting another program (seccomp).
`confine` answers with what really holds on this machine.
"""

import ctypes
import os
import platform
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

if sys.platform != "win32":  # there, the one who started it still ends it after its time
    import resource

MEGABYTE = 1_000_000
MOST_FILES = 64  # open at once: the libraries' own while they load, and fonts
LIBRARIES = 40  # megabytes that they take besides what they hold for the file
MAPPED = 3  # times the memory: what may be mapped besides, above all the libraries themselves
NICENESS = 10  # pages are answered first

COMPUTING, FILES, CONNECTIONS = "computing and memory", "files", "connections and programs"


def confine(folder: Path, *, seconds: int, megabytes: int, written: int, writable: str) -> list[str]:
    """Give up all that is not needed. In `folder` it reads, and writes `writable`. Answers with what holds."""
    os.nice(NICENESS)
    holds = [COMPUTING] if _bounded(seconds, megabytes, written) else []
    if sys.platform != "linux":
        return holds
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return holds
    if _only_files_below(libc, folder, writable):
        holds.append(FILES)
    if _no_connections(libc):
        holds.append(CONNECTIONS)
    return holds


def most_memory() -> float:
    """The megabytes this process held at most; 0 where the machine does not say."""
    try:
        lines = Path(OWN_STATUS).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:")), 0)


def _bounded(seconds: int, megabytes: int, written: int) -> bool:
    if sys.platform == "win32":
        return False
    bounds = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: written,
        resource.RLIMIT_NOFILE: MOST_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_DATA: (megabytes - LIBRARIES) * MEGABYTE,
        resource.RLIMIT_AS: MAPPED * megabytes * MEGABYTE,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))
    return True


# Landlock: the kernel's own words, linux/landlock.h. The numbers are the same on every processor.
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 38, 22
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_ONLY, BENEATH = 1, 1
WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
FILE_RIGHTS = ((1, (1 << 13) - 1), (2, 1 << 13), (3, TRUNCATE), (5, 1 << 15))  # (since which version, rights)
NET_RIGHTS, SCOPES = 3, 3  # bind and connect (version 4); abstract sockets and signals (version 6)
OWN_STATUS = "/proc/self/status"
SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/etc/fonts",
)


def _only_files_below(libc: ctypes.CDLL, folder: Path, writable: str) -> bool:
    version = libc.syscall(CREATE_RULESET, None, 0, VERSION_ONLY)
    if version < 1:
        return False
    handled = sum(rights for since, rights in FILE_RIGHTS if version >= since)
    asked = struct.pack(
        "QQQ", handled, NET_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0
    )[: 24 if version >= 6 else 16 if version >= 4 else 8]  # fmt: skip
    ruleset = libc.syscall(CREATE_RULESET, asked, len(asked), 0)
    if ruleset < 0:
        return False
    for place in {*_libraries(), str(folder)}:
        _allow(libc, ruleset, place, READ_FILE | READ_DIR)
    _allow(libc, ruleset, OWN_STATUS, READ_FILE)
    _allow(libc, ruleset, str(folder / writable), (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    return libc.syscall(RESTRICT_SELF, ruleset, 0) == 0


def _libraries() -> Iterable[str]:
    """Where Python, the libraries and the fonts are: they are loaded as they are needed."""
    paths = sysconfig.get_paths()
    return {*(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")), *SYSTEM}


def _allow(libc: ctypes.CDLL, ruleset: int, place: str, rights: int) -> None:
    try:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it is not there, so it need not be allowed
    libc.syscall(ADD_RULE, ruleset, BENEATH, struct.pack("=Qi", rights, opened), 0)
    os.close(opened)


# seccomp: calls refused, by processor. clone is allowed for a thread of its own and for nothing else.
EPERM, ENOSYS = 1, 38
CALLS = {
    "x86_64": (0xC000003E, 56, 435, (
        29, 41, 42, 49, 53, 57, 58, 59, 62, 101, 165, 200, 250, 272, 298, 308, 310, 311, 319, 321, 322, 323, 425,
    )),
    "aarch64": (0xC00000B7, 220, 435, (
        40, 97, 117, 129, 130, 194, 198, 199, 200, 203, 219, 221, 241, 268, 270, 271, 279, 280, 281, 282, 425,
    )),
}  # fmt: skip
# In each: shared memory, sockets, new programs, signals to others, tracing, mounting, keys, namespaces, io_uring.
LOAD, EQUAL, ANY_OF, AT_LEAST, ANSWER = 0x20, 0x15, 0x45, 0x35, 0x06
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000
CLONE_THREAD, OTHER_TABLE = 0x10000, 0x40000000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _no_connections(libc: ctypes.CDLL) -> bool:
    if platform.machine() not in CALLS or sys.byteorder != "little":
        return False
    arch, clone, clone3, refused = CALLS[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),  # which processor's table
        (EQUAL, 1, 0, arch),
        (ANSWER, 0, 0, REFUSED | EPERM),
        (LOAD, 0, 0, 0),  # which call
        *_refusing(AT_LEAST, OTHER_TABLE, EPERM),
        *(step for call in refused for step in _refusing(EQUAL, call, EPERM)),
        *_refusing(EQUAL, clone3, ENOSYS),  # its flags cannot be read from here, and clone takes its place
        (EQUAL, 0, 3, clone),
        (LOAD, 0, 0, 16),  # its flags
        (ANY_OF, 1, 0, CLONE_THREAD),
        (ANSWER, 0, 0, REFUSED | EPERM),
        (ANSWER, 0, 0, ALLOWED),
    ]
    program = _Program(len(steps), b"".join(struct.pack("=HBBI", *step) for step in steps))
    return libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0) == 0


def _refusing(test: int, value: int, error: int) -> tuple[tuple[int, int, int, int], ...]:
    return (test, 0, 1, value), (ANSWER, 0, 0, REFUSED | error)

"""Counting the users of a server with file locks, so that the last to leave turns out the light."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold `lock` exclusively for the length of the block; waits for whoever holds it."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def shared(lock: Path, *, start: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Use a server together with others: the first starts it, the last stops it.

    The kernel drops the locks of a killed process, so nobody has to be counted by hand: a server
    left behind by a kill -9 is found running, used, and stopped by the next to leave.
    """
    door = lock.with_suffix(".door")
    users = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with alone(door):
            try:
                start()
            except BaseException:
                if nobody_uses(users):
                    stop()  # half a start is not left running
                raise
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with alone(door):
                fcntl.flock(users, fcntl.LOCK_UN)
                if nobody_uses(users):
                    stop()
    finally:
        os.close(users)


def nobody_uses(users: int) -> bool:
    """True when no process holds the shared lock behind this file descriptor."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

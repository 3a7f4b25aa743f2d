"""`python3 manage.py test -p tests.cost …` says what a run costs: processor time by file, and of all together.

Processor time is the measure that another process on the same machine does not change. A file's own holds the test's
process and what it started (workers, browsers); the total holds PostgreSQL, Valkey and all processes of `-n` too.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
MOST_SHOWN = 40
BY_FILE: dict[str, float] = {}  # seconds
STARTED: list[float] = []


def processor_seconds(root: int) -> float:
    """User and system time of this process, of everything below it, and of what has ended below it."""
    times: dict[int, float] = {}
    below: dict[int, list[int]] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            told = Path(f"/proc/{entry}/stat").read_text()
        except OSError:  # ended meanwhile
            continue
        fields = told[told.rindex(")") + 2 :].split()  # a program's name may hold spaces and brackets
        below.setdefault(int(fields[1]), []).append(int(entry))
        times[int(entry)] = sum(map(int, fields[11:15])) / TICKS
    found, waiting = 0.0, [root]
    while waiting:
        pid = waiting.pop()
        found += times.get(pid, 0.0)
        waiting += below.get(pid, [])
    return found


def pytest_sessionstart() -> None:
    STARTED.append(processor_seconds(os.getpid()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, Any, Any]:
    """Measured once a file: reading every process takes milliseconds."""
    done = yield
    file = item.nodeid.partition("::")[0]
    if nextitem is None or nextitem.nodeid.partition("::")[0] != file:
        now = processor_seconds(os.getpid())
        BY_FILE[file] = BY_FILE.get(file, 0.0) + now - STARTED.pop()
        STARTED.append(now)
    return done


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["cost"] = dict(BY_FILE)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """xdist: what a process of `-n` has measured."""
    for file, seconds in getattr(node, "workeroutput", {}).get("cost", {}).items():
        BY_FILE[file] = BY_FILE.get(file, 0.0) + seconds


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.section("processor seconds")
    for file, seconds in sorted(BY_FILE.items(), key=lambda each: -each[1])[:MOST_SHOWN]:
        terminalreporter.line(f"{seconds:8.1f}  {file}")
    terminalreporter.line(f"{processor_seconds(os.getpid()):8.1f}  all together")

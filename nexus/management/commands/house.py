"""`manage.py house`: how often the house says the same thing, counted in the source as it stands, beside what is wanted."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nexus.bootstrap import CHECKOUT

DOORS = ("views", "forms", "api", "verbs", "urls", "administration")
ROW_CLASS = re.compile(r"^class (Act|Deed|Decision|Verb)\b(?!\(StateModel)", re.MULTILINE)
BY_HAND = re.compile(r"^@require_http_methods\(\[\"GET\", \"POST\"\]\)", re.MULTILINE)
BUTTON = re.compile(r"^@require_POST", re.MULTILINE)
REFUSED = re.compile(r"except Refused\b")
NAMED = re.compile(r"^def (lock|visible|viewed)\(", re.MULTILINE)
JOIN = re.compile(r"^NEXUS_ON_\w+ = (\([^)]*\)|\"[^\"]*\")", re.MULTILINE)
REQUEST_ID = re.compile(r"request_id=request\.id")
# One template says that a page is refused; with which statuses it is sent is counted.
ANSWERED = re.compile(r"\"nexus/ui/409\.html\", \w+, status=(\d+)\)")
# Names of settings that a clone must not take over from whoever starts it.
OURS = ("NEXUS_", "DATABASE_", "REDIS_", "SECRET_KEY", "DJANGO_", "VIRTUAL_ENV")
STATED = re.compile(r"\bVerb\(")


def sources() -> Iterator[tuple[Path, str]]:
    """Each module of the three storeys, without migrations and the demonstration, and its text."""
    for storey in ("nexus", "referrals", "casework"):
        for path in sorted((CHECKOUT / storey).rglob("*.py")):
            if not {"migrations", "demonstration"} & set(path.parts):
                yield path.relative_to(CHECKOUT), path.read_text()


def is_door(path: Path) -> bool:
    """Whether people or programs come in here: views, forms, endpoints and their addresses."""
    return path != Path("nexus/verbs.py") and any(part.removesuffix(".py") in DOORS for part in path.parts)


def counts() -> dict[str, int]:
    """What is counted, by its name in words."""
    modules = list(sources())
    doors = [(path, text) for path, text in modules if is_door(path)]
    endpoints = [(path, text) for path, text in modules if "api" in path.parts]
    settings = (CHECKOUT / "nexus" / "settings.py").read_text()
    joins = sum(named.count('"') // 2 for named in JOIN.findall(settings))
    migrations = [
        path
        for app in ("nexus", "referrals", "casework")
        for path in (CHECKOUT / app).rglob("migrations/0*.py")
    ]

    def found(pattern: re.Pattern[str], among: list[tuple[Path, str]]) -> int:
        return sum(len(pattern.findall(text)) for _, text in among)

    return {
        "row classes for a verb beside nexus/verbs.py": found(ROW_CLASS, doors),
        "views with a form, by hand": found(BY_HAND, doors),
        "views of one button, by hand": found(BUTTON, doors),
        "verbs that endpoints state again": found(STATED, endpoints),
        "except Refused in doors": found(REFUSED, doors),
        "answers by which a page is refused": len(
            {code for _, text in modules for code in ANSWERED.findall(text)}
        ),
        "lines in doors": sum(text.count("\n") for _, text in doors),
        "functions called lock, visible or viewed": found(NAMED, modules),
        "request ids handed on by doors": found(REQUEST_ID, doors),
        "joins named by a string in the settings": joins,
        "migrations": len(migrations),
        "lines in migrations": sum(path.read_text().count("\n") for path in migrations),
    }


@dataclass(frozen=True)
class Wanted:
    """What a count was when the house was looked at as a whole, and the most it should be."""

    was: int
    most: int


# Counted on 30 November 2026, before every verb stood once.
WANTED = {
    "row classes for a verb beside nexus/verbs.py": Wanted(6, 0),
    "views with a form, by hand": Wanted(62, 24),  # what truly differs: docs/tour.md lists it
    "views of one button, by hand": Wanted(24, 4),
    "verbs that endpoints state again": Wanted(61, 0),
    "except Refused in doors": Wanted(85, 15),
    "answers by which a page is refused": Wanted(2, 1),
    "lines in doors": Wanted(20_500, 17_000),
    "functions called lock, visible or viewed": Wanted(44, 3),
    "request ids handed on by doors": Wanted(97, 0),
    "joins named by a string in the settings": Wanted(34, 4),
    "migrations": Wanted(54, 25),  # one an app
    "lines in migrations": Wanted(6_600, 6_600),
}
# What a first start says of its steps (nexus/progress.py), in its order.
INSTALLING = "Installing"
SERVED = "Nexus is ready"
FILLED = "Filling the demonstration in"
FIRST_START_SECONDS = 900


class Command(BaseCommand):
    """Prints the table, each count beside what is wanted; with `--start`, the seconds of a first start as well."""

    help = "Counts how often the same idea stands in the source, and times a first start."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The second part takes minutes and installs everything anew."""
        parser.add_argument("--start", action="store_true", help="also time a first start in a fresh clone")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a count."""
        for words, number in counts().items():
            wanted = WANTED[words]
            met = "" if number <= wanted.most else "  falls short"
            self.stdout.write(f"{number:>7,}  (was {wanted.was:,}, wanted {wanted.most:,})  {words}{met}")
        if options["start"]:
            for line in told(first_start()):
                self.stdout.write(line)


def first_start() -> list[tuple[float, str]]:
    """Each line that `manage.py up` says in a fresh clone of what is committed, and after how many seconds.

    Raises CommandError where it does not serve, or does not end, within the quarter of an hour.
    """
    with tempfile.TemporaryDirectory(prefix="nexus-first-start-") as folder:
        subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), folder], check=True)  # noqa: S607
        up = subprocess.Popen(
            [sys.executable, "manage.py", "up", f"--port={free_port()}"],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
            stderr=subprocess.PIPE,
            text=True,
        )
        stop = Timer(FIRST_START_SECONDS, up.terminate)
        stop.start()
        try:
            return list(said_until_filled(up))
        finally:
            stop.cancel()
            up.send_signal(signal.SIGINT)
            up.communicate()


def said_until_filled(up: "subprocess.Popen[str]") -> Iterator[tuple[float, str]]:
    """Lines with their seconds; the last says how long the demonstration took."""
    began = time.monotonic()
    for line in cast(TextIO, up.stderr):
        yield time.monotonic() - began, line.strip()
        if line.strip().startswith(FILLED) and "done" in line:
            return
    raise CommandError("The first start ended before its demonstration was complete.")


def told(lines: list[tuple[float, str]]) -> Iterator[str]:
    """Installing, serving and the whole, in seconds, and how often the own work is what installing takes."""
    installed = max(at for at, line in lines if line.startswith(INSTALLING))
    served = next(at for at, line in lines if line.startswith(SERVED))
    complete = lines[-1][0]
    yield f"{installed:>7.0f}  seconds until everything is installed"
    yield f"{served - installed:>7.0f}  more until a person can sign in (was 117)"
    own = (complete - installed) / installed
    yield f"{complete - installed:>7.0f}  more until the demonstration is complete: {own:.1f} x installing (wanted 2)"


def free_port() -> int:
    """One that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

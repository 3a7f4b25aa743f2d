"""Which locked packages have a published advisory, asked of the OSV database in one question.

NEXUS_ADVISORIES names another of its kind, such as a mirror; NEXUS_REQUIRE_ADVISORIES=1 makes a failure of nobody
answering, which is otherwise said plainly and not counted as passed.
"""

import json
import os
import urllib.error
import urllib.request
from typing import Any

from nexus.supply_chain import LOCKS, npm_packages, pins

OSV = "https://api.osv.dev/v1/querybatch"
SECONDS = 10
# Advisories that do not reach us, each with the reason and who says so.
DOES_NOT_REACH_US: dict[str, str] = {}


class NotReached(Exception):
    """Nobody could be asked."""


def asked() -> list[tuple[str, str, str]]:
    """What is asked about: ecosystem, name and version."""
    python = {("PyPI", name, version) for lock in LOCKS for name, version, _ in pins(lock)}
    return sorted(python | {("npm", name, row["version"]) for name, row in npm_packages().items()})


def found(source: str) -> list[str]:
    """A line for each package with advisories. Raises NotReached."""
    packages = asked()
    queries = [{"package": {"ecosystem": e, "name": n}, "version": v} for e, n, v in packages]
    answers = answer(source, {"queries": queries}).get("results")
    if not isinstance(answers, list) or len(answers) != len(packages):
        raise NotReached("the answer was not one for each package")
    lines = []
    for (_, name, version), one in zip(packages, answers, strict=True):
        ids = sorted({each["id"] for each in one.get("vulns", [])} - DOES_NOT_REACH_US.keys())
        if ids:
            lines.append(f"{name} {version}: {', '.join(ids)}")
    return lines


def answer(source: str, question: dict[str, Any]) -> dict[str, Any]:
    if not source.startswith(("https://", "http://127.0.0.1:")):
        raise NotReached(f"{source} is no https address")
    request = urllib.request.Request(  # noqa: S310  (the line above)
        source, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as line:  # noqa: S310
            return dict(json.load(line))
    except (OSError, ValueError) as error:
        raise NotReached(str(getattr(error, "reason", error))) from error


def source() -> str:
    return os.environ.get("NEXUS_ADVISORIES") or OSV


def required() -> bool:
    return os.environ.get("NEXUS_REQUIRE_ADVISORIES") == "1"

"""Asking the proofs: what was run, what it measured, and which promises hold."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nexus.walls.promises import Promise

GROUP = re.compile(r"@\w+$")  # what the run on several processors puts behind the name of a test of a group


@dataclass(frozen=True)
class Finding:
    """What came of asking one promise: its figures in words, and the reasons why it is not held."""

    promise: Promise
    figures: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


def read(collected: Path) -> list[dict[str, object]]:
    """The lines that the tests wrote, in order; none where no test ran."""
    return [json.loads(line) for line in collected.read_text().splitlines()] if collected.exists() else []


def finding(promise: Promise, lines: Iterable[dict[str, object]]) -> Finding:
    """Judge one promise by the lines of a run: each proof ran and passed, and a figure was said and reached."""
    lines = list(lines)
    figures = [line for line in lines if line.get("promise") == promise.number]
    reasons = [promise.falls_short] if promise.falls_short else []
    if not promise.proofs:
        reasons.append("Nothing proves it.")
    elif not promise.sabotage:
        reasons.append("No sabotage test shows that the proof can fail.")
    for test in promise.tests:
        ended = [line["ended"] for line in lines if "ended" in line and belongs(str(line["test"]), test)]
        if not ended:
            reasons.append(f"{test} did not run.")
        elif set(ended) != {"passed"}:
            reasons.append(f"{test} did not pass.")
    if promise.proofs and not figures:
        reasons.append("No figure was measured.")
    reasons += [f"{line['words']}." for line in figures if not line["holds"]]
    return Finding(promise, tuple(str(line["words"]) for line in figures), tuple(reasons))


def belongs(test: str, wanted: str) -> bool:
    """Whether a test that ran is the one named, one of its parameters, or one of the named file's."""
    test = GROUP.sub("", test)
    return test == wanted or test.startswith((f"{wanted}::", f"{wanted}["))

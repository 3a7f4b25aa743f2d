"""What was read and answered before, with what changed since: for whoever reads next, who is told no less."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

# A text as its parts: what each is called, and its words.
Words = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """One part that reads otherwise now."""

    what: str
    before: str
    after: str

    @property
    def words(self) -> list[tuple[str, str]]:
        """Both texts as one: each run of words, and whether it is the same, gone or added."""
        return word_by_word(self.before, self.after)


@dataclass(frozen=True)
class EarlierReading:
    """One answer that was given before: what it was, by whom, why, and what changed in the text since."""

    title: str
    by: str
    at: datetime
    reasons: str
    changes: list[Difference]
    since: list[str] = field(default_factory=list)  # what else has happened since, in words
    notes: list[Any] = field(default_factory=list)  # dissents and notes about it
    href: str = ""  # where the text of then can be read

    def as_told(self) -> dict[str, Any]:
        """For the interface: what, by whom, when, why, and what changed since."""
        told = {
            "title": self.title,
            "by": self.by,
            "at": self.at,
            "reasons": self.reasons,
            "since": self.since,
        }
        return {**told, "changes": [asdict(change) for change in self.changes]}


def differences(before: Words, after: Words) -> list[Difference]:
    """Part by part, in the order of the later text; what is gone stands last. Empty is empty on either side."""
    then, now = dict(before), dict(after)
    parts = [*now, *(part for part in then if part not in now)]
    return [
        Difference(part, then.get(part, ""), now.get(part, ""))
        for part in parts
        if then.get(part, "").strip() != now.get(part, "").strip()
    ]


WORD = re.compile(r"\s+|[^\s]+")


def word_by_word(before: str, after: str) -> list[tuple[str, str]]:
    """Runs of words in the order of the later text: ("same" | "gone" | "added", words)."""
    then, now = WORD.findall(before), WORD.findall(after)
    runs: list[tuple[str, str]] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(a=then, b=now, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(now[j:j_end])))
            continue
        runs += [
            (how, "".join(words))
            for how, words in (("gone", then[i:i_end]), ("added", now[j:j_end]))
            if words
        ]
    return runs

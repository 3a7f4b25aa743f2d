"""What a bundle is made of, as data: its sections, the reasons of a redaction, the names of its files. Plain Python."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Section:
    """One section of a bundle: its letter and what stands over it."""

    letter: str
    title: str


# The order in which a tribunal reads; entries are ordered within their section.
SECTIONS: dict[str, Section] = {
    "decision": Section("A", "Decision, notice and service"),
    "grounds": Section("B", "Grounds, and what the appellant has said"),
    "convictions": Section("C", "Conviction record"),
    "statements": Section("D", "Statements and exhibits"),
    "human_rights": Section("E", "Human-rights evidence"),
    "chronology": Section("F", "Chronology"),
    "authorities": Section("G", "Authorities"),
}


class Because(StrEnum):
    """Why words are redacted."""

    THIRD_PARTY = "third_party"
    ADDRESS = "address"
    INTELLIGENCE = "intelligence"

    @property
    def label(self) -> str:
        return {
            "third_party": "It names or identifies a third party",
            "address": "It is an address or a way to reach somebody",
            "intelligence": "It shows intelligence, or how it was come by",
        }[self.value]


SHORTEST = 2  # letters of a redaction: a single one would be found everywhere
LONGEST = 200


def reasons_not_to_redact(passage: str) -> list[str]:
    """Why this cannot be redacted throughout."""
    if len(re.findall(r"\w", passage)) < SHORTEST:
        return ["Select at least two letters or digits to redact."]
    if len(passage) > LONGEST:
        return [f"Select at most {LONGEST} characters. Leave a longer passage out by its paragraph."]
    return []


def file_name(reference: str, supplement: int, day: date, *, is_draft: bool) -> str:
    """What the file is called: no name of a person, and of a supplementary bundle its number and date."""
    what = f"supplementary-bundle-{supplement}" if supplement else "respondents-bundle"
    case = re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")
    return f"{case}-{what}-{day:%Y-%m-%d}{'-draft' if is_draft else ''}.pdf"


def changes_between(before: Sequence[Mapping[str, str]], now: Sequence[Mapping[str, str]]) -> list[str]:
    """What one version holds and the other does not, in sentences: entries as {source, number, title, sha256}."""
    old = {each["source"]: each for each in before}
    new = {each["source"]: each for each in now}
    found = [f"Added: {each['number']} {each['title']}" for source, each in new.items() if source not in old]
    found += [
        f"Removed: {each['title']} ({each['number']} before)"
        for source, each in old.items()
        if source not in new
    ]
    for source, each in new.items():
        if source in old:
            found += _changed(old[source], each)
    return found


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[str]:
    if old["sha256"] != new["sha256"]:
        yield f"Changed: {new['number']} {new['title']}"
    elif old["title"] != new["title"]:
        yield f"Described anew: {new['number']} {new['title']}"
    if old["number"] != new["number"]:
        yield f"Moved: {new['title']}, from {old['number']} to {new['number']}"

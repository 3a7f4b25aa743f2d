"""What Nexus material must be, in the guidance's words, and the rules of its text. Plain Python.

"The structure and content of the material must be specific to the case and only information pertinent to
the case should be included." (p. 7) "Disclosable police material must be drafted to an agreed format suitable
for use in immigration casework decisions which can also be used in public appeal proceedings" (p. 10)
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nexus.confined.redacting import without

MOST_PARAGRAPHS = 200
LONGEST_PARAGRAPH = 6000  # characters


@dataclass(frozen=True)
class Point:
    """One point of the agreed format: the question of the check, what the force is told, and when it fails."""

    question: str
    instruction: str
    failed: str


# The agreed format itself is not public: these points are the guidance's and the brief's sentences.
CHECKLIST: dict[str, Point] = {
    "structure": Point(
        "Is it structured as agreed: who speaks, what happened, when, where, and how it is known?",
        "Say who makes the statement, then each incident by itself: what happened, when, where, how it is known",
        "It is not structured as agreed.",
    ),
    "case_specific": Point(
        "Is it specific to this case?",
        "Keep it specific to this case",
        "It is not specific to this case.",
    ),
    "pertinent": Point(
        "Does it hold pertinent information only?",
        "Include only information pertinent to the case",
        "It holds information that is not pertinent to the case.",
    ),
    "disclosable": Point(
        "May it be disclosed, apart from what is left out or redacted?",
        "Write only what may be disclosed to the subject and in public",
        "It may not be disclosed.",
    ),
    "graded": Point(
        "Are the sources of intelligence graded?",
        "Grade the source of each piece of intelligence",
        "Its sources are not graded.",
    ),
    "records": Point(
        "Are the underlying police records attached?",
        "Attach the underlying police records",
        "The underlying police records are not attached.",
    ),
    "public": Point(
        "Can it be used in public appeal proceedings?",
        "Write it so that it can be used in public appeal proceedings",
        "It cannot be used in public appeal proceedings.",
    ),
    "no_victim": Point(
        "Is it free of events in which the subject was victim or witness, put as their conduct?",
        "Leave out events in which the subject was a victim or a witness: they never count as conduct",
        "It puts an event in which the subject was victim or witness as their conduct.",
    ),
}


class Disclosable(StrEnum):
    """Whether one paragraph may be disclosed."""

    YES = "yes"
    NO = "no"
    REDACTED = "redacted"

    @property
    def label(self) -> str:
        return {"yes": "Yes", "no": "No", "redacted": "With redaction"}[self.value]


NONE_ATTACHED = (
    "You answered that the underlying police records are attached, but there are none. Answer No, or return the "
    "statement and ask for them."
)
NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s+")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a typed or pasted text: blank lines part them, numbers before them are dropped.

    A line that begins with a number of its own begins a paragraph too, so that a numbered list pasted
    without blank lines comes out as it was.
    """
    found: list[list[str]] = []
    fresh = True
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            fresh = True
            continue
        if fresh or NUMBERED.match(line):
            found.append([])
        found[-1].append(NUMBERED.sub("", line).strip())
        fresh = False
    return ["\n".join(lines) for lines in found]


def reasons_not_this_text(paragraphs: Sequence[str]) -> list[str]:
    """Why this cannot be sent as a text."""
    if not any(paragraph.strip() for paragraph in paragraphs):
        return ["Write the text before you send it."]
    if len(paragraphs) > MOST_PARAGRAPHS:
        return [f"The text has {len(paragraphs)} paragraphs. Send at most {MOST_PARAGRAPHS}."]
    return [
        f"Paragraph {number} is longer than {LONGEST_PARAGRAPH} characters. Divide it."
        for number, paragraph in enumerate(paragraphs, start=1)
        if len(paragraph) > LONGEST_PARAGRAPH
    ]


def digest(
    *,
    author: str,
    paragraphs: Sequence[str],
    records: Iterable[tuple[str, str]],
    original: tuple[str, str] | None = None,
) -> str:
    """The SHA-256 that locks a version: its author, every paragraph in order, and each file by its own hash.

    `records` and `original`, the file the text came from, are (name, SHA-256 of the bytes).
    """
    locked: dict[str, object] = {"author": author, "paragraphs": list(paragraphs)}
    locked["records"] = sorted(map(list, records))
    if original:
        locked["original"] = list(original)
    return hashlib.sha256(json.dumps(locked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def passages(text: str) -> list[str]:
    """The passages to redact, one a line."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def redacted(paragraph: str, to_redact: str) -> str:
    """The paragraph without the passages, however they are written in it."""
    return without(paragraph, passages(to_redact))


def reasons_not_to_judge(number: int, paragraph: str, disclosable: str, to_redact: str) -> list[str]:
    """Why this answer about one paragraph is not complete."""
    if disclosable not in list(Disclosable):
        return [f"Select whether paragraph {number} may be disclosed."]
    wanted = passages(to_redact)
    if disclosable != Disclosable.REDACTED:
        return [f"Paragraph {number} has words to redact: select “With redaction”."] if wanted else []
    if not wanted:
        return [f"Enter the words to redact in paragraph {number}."]
    return [
        f"“{passage}” is not in paragraph {number}. Copy the words exactly."
        for passage in wanted
        if passage not in paragraph
    ]


def reasons_none_attached(answered: bool | None, attached: int) -> list[str]:
    """“Are the underlying police records attached?” is not Yes where none is."""
    return [NONE_ATTACHED] if answered and not attached else []


@dataclass(frozen=True)
class Judged:
    """One paragraph of a text, and what a check says of it."""

    text: str
    disclosable: str
    to_redact: str = ""


def protections_undone(before: Iterable[Judged], now: Sequence[Judged]) -> list[str]:
    """What an earlier check kept from disclosure and this one would let out, in sentences; `now` is every paragraph."""
    found = []
    for earlier in before:
        for number, paragraph in enumerate(now, start=1):
            if earlier.disclosable == Disclosable.NO and paragraph.text == earlier.text:
                if paragraph.disclosable != Disclosable.NO:
                    found.append(f"Paragraph {number} was not to be disclosed.")
            elif paragraph.disclosable != Disclosable.NO:
                left = redacted(paragraph.text, paragraph.to_redact)
                found += [
                    f"“{passage}” in paragraph {number} was to be redacted."
                    for passage in passages(earlier.to_redact)
                    if passage in left
                ]
    return list(dict.fromkeys(found))


def points_failed(answers: Mapping[str, bool]) -> list[str]:
    """A sentence for each point of the format that the check found not met."""
    return [point.failed for code, point in CHECKLIST.items() if not answers[code]]


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph, and whether this version alone has them."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Pair:
    """Two paragraphs side by side; a number of nought says that there is none on that side."""

    kind: str  # same, changed, added, removed
    old_number: int = 0
    old: tuple[Piece, ...] = ()
    new_number: int = 0
    new: tuple[Piece, ...] = ()


WORD = re.compile(r"\s+|[^\s]+")


def compare(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Two versions paragraph by paragraph; within a changed one, word by word."""
    pairs: list[Pair] = []
    matcher = difflib.SequenceMatcher(a=list(old), b=list(new), autojunk=False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        for offset in range(max(a_end - a, b_end - b)):
            left = a + offset if a + offset < a_end else None
            right = b + offset if b + offset < b_end else None
            pairs.append(_pair(kind, old, left, new, right))
    return pairs


def _pair(kind: str, old: Sequence[str], left: int | None, new: Sequence[str], right: int | None) -> Pair:
    if left is None:
        right = right or 0
        return Pair("added", new_number=right + 1, new=(Piece(new[right], True),))
    if right is None:
        return Pair("removed", old_number=left + 1, old=(Piece(old[left], True),))
    if kind == "equal":
        same = (Piece(old[left], False),)
        return Pair("same", left + 1, same, right + 1, same)
    before, after = _words(old[left], new[right])
    return Pair("changed", left + 1, before, right + 1, after)


def _words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    a, b = WORD.findall(old), WORD.findall(new)
    before: list[Piece] = []
    after: list[Piece] = []
    for kind, i, i_end, j, j_end in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if i < i_end:
            before.append(Piece("".join(a[i:i_end]), kind != "equal"))
        if j < j_end:
            after.append(Piece("".join(b[j:j_end]), kind != "equal"))
    return tuple(before), tuple(after)

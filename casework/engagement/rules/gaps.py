"""What a request still lacks before it can be sent, or a verbal authorisation before it is in writing.

One list: the page shows it with links, the task list counts it, and the action refuses with the same sentences.
Legal power, address, timing, trafficking, adults-at-risk, children and medical answers are all needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.engagement.rules.authorising import reasons_not_in_window
from casework.engagement.rules.powers import reasons_not_this_power
from casework.engagement.rules.risks import NO, YES, Question, Risks, adult_at_risk
from nexus.refusals import says_something

COMPLETING = (
    "request",
    "write_up",
)  # the verbs that need everything answered; what is missing stands on their pages
RISKS, DETAILS, ISSUE = "save_risks", "save_details", "settle_issue"  # the pages, named after their verbs


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and the field of which page it is missing from."""

    sentence: str
    page: str
    field: str
    issue: int = 0


@dataclass(frozen=True)
class Written:
    """A request as plain values. `issues` are those still open: their number and text."""

    kind: str
    legal_power: str
    address: str
    starts: datetime | None
    ends: datetime | None
    asked: str
    why: str
    risks: Risks
    at_risk_level: str
    issues: Sequence[tuple[int, str]] = ()


def gaps(written: Written, *, now: datetime, over: bool = False) -> list[Gap]:
    """Every gap, in the order of the pages. `over`: it has happened already, so the time may be past."""
    found = [*risk_gaps(written.risks, at_risk_level=written.at_risk_level), *_details(written, now, over)]
    return found + [
        Gap(f"Record how this issue was settled: {text}", ISSUE, "reply", number)
        for number, text in written.issues
    ]


def risk_gaps(risks: Risks, *, at_risk_level: str) -> Iterator[Gap]:
    """ "Not known" is an answer, blank is not; yes and not known need words."""
    for question in Question:
        given = risks.get(question)
        if given is None:
            yield Gap(f"Answer: {question.label}", RISKS, question.value)
        elif given.answer != NO and not says_something(given.words):
            yield Gap(words_missing(question), RISKS, f"{question.value}_words")
    if adult_at_risk(risks) == YES and not at_risk_level:
        yield Gap("Select the level of evidence that the person is an adult at risk.", RISKS, "at_risk_level")


def words_missing(question: Question) -> str:
    return f"Enter what is known, or whom you asked: {question.label}"


# What is asked, and the sentence where it says nothing: refused when it is saved, and again when it is sent.
TEXTS = {
    "address": "Enter the address.",
    "asked": "Enter what is asked of the force.",
    "why": "Enter why it is necessary.",
}


def _details(written: Written, now: datetime, over: bool) -> Iterator[Gap]:
    for sentence in reasons_not_this_power(written.kind, written.legal_power):
        yield Gap(sentence, DETAILS, "legal_power")
    yield from _text("address", written.address)
    for sentence in reasons_not_in_window(written.starts, written.ends, now=None if over else now):
        yield Gap(sentence, DETAILS, "window_starts_on-day")
    yield from _text("asked", written.asked)
    yield from _text("why", written.why)


def _text(name: str, text: str) -> Iterator[Gap]:
    if not says_something(text):
        yield Gap(TEXTS[name], DETAILS, name)

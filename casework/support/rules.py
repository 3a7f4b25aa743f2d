"""What may be asked of a force, under which commitment, and how each thing asked was kept.

Plain Python, to be read beside pages 11 to 13 of the guidance. It counts and informs; whether to help is for
the force, whether to go on asking for the case-owner.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.engagement.rules.powers import HELD_IN, SERVED_IN
from referrals.rules.terms import Term

COMMITMENT_TEXT = (
    "each referral is recognised as a commitment from police partners that they will pro-actively engage with "
    "Immigration Enforcement activity. This includes providing as necessary additional information; assistance "
    "in tracing absconders; giving evidence in person at Immigration Tribunal appeal hearings; providing "
    "resources to serve papers or arrest and detain foreign nationals under immigration powers"
)  # p. 11
ELIGIBLE_TEXT = (
    "All cases with an existing Nexus High Harm flag are eligible for police support although staff should note "
    "that availability of resource will be a factor and early engagement with Nexus is advisable."
)  # p. 13
VALUE_ADDED_TEXT = (
    "where staff working within Criminal Casework believe police support would benefit their case then they can "
    "submit a request to certain police forces for police support. Such requests will be assessed by police "
    "partners who will contact the case-owner required where they can assist."
)  # p. 13


class Kind(Term):
    """What a force can be asked for."""

    INFORMATION = "information", "Additional information"
    TRACING = "tracing", "Tracing an absconder"
    TRIBUNAL = "tribunal", "Attendance at tribunal"
    PAPERS = "papers", "Serving papers"
    ARREST = "arrest", "Arrest, detention or escort"
    INTELLIGENCE = "intelligence", "Disclosable intelligence"


# What police officers do to the person themselves, and the kinds of operation in which they may: in no other way, and
# nothing of it while trafficking stops it.
DONE_IN: dict[Kind, tuple[str, ...]] = {Kind.PAPERS: SERVED_IN, Kind.ARREST: HELD_IN}
TOUCHES_THE_PERSON = tuple(DONE_IN)


class Commitment(Term):
    """The four commitments of every referral (p. 11), and what is asked beyond them (p. 13)."""

    INFORMATION = "information", "Additional information"
    TRACING = "tracing", "Assistance in tracing absconders"
    EVIDENCE = "evidence", "Evidence in person at tribunal"
    RESOURCES = "resources", "Resources to serve papers, or arrest and detain"
    VALUE_ADDED = "value_added", "Value added activity, without a commitment"


COMMITMENT_OF: dict[Kind, Commitment] = {
    Kind.INFORMATION: Commitment.INFORMATION,
    Kind.INTELLIGENCE: Commitment.INFORMATION,
    Kind.TRACING: Commitment.TRACING,
    Kind.TRIBUNAL: Commitment.EVIDENCE,
    Kind.PAPERS: Commitment.RESOURCES,
    Kind.ARREST: Commitment.RESOURCES,
}


def commitment_of(kind: str, *, has_referral: bool) -> Commitment:
    """Under which commitment a request stands: a case without a referral has none."""
    return COMMITMENT_OF[Kind(kind)] if has_referral else Commitment.VALUE_ADDED


class DeclineReason(Term):
    """Why a force cannot help. "Availability of resource will be a factor" (p. 13)."""

    RESOURCE = "resource", "No resource is available"
    NOT_OURS = "not_ours", "It is not a matter for this force"
    POWERS = "powers", "The police have no power to do it"
    OTHER = "other", "Another reason"


class Standing(Term):
    """How the force stands to one thing it was asked."""

    KEPT = "kept", "Kept"
    KEPT_LATE = "kept_late", "Kept late"
    OPEN = "open", "Open"
    OVERDUE = "overdue", "Overdue"
    NO_RESOURCE = "no_resource", "Declined: no resource"
    DECLINED = "declined", "Declined"


@dataclass(frozen=True)
class Asked:
    """One thing asked of a force, as it stands today. What was withdrawn or cancelled is not among them.

    `what` in words, of which referral (empty: value added activity), by when, when it was given, its row, and
    the day it was recorded where that was another day.
    """

    commitment: Commitment
    standing: Standing
    what: str = ""
    reference: str = ""
    due_on: date | None = None
    done_on: date | None = None
    row: tuple[str, int] = ("", 0)
    recorded_on: date | None = None


def standing(*, due_on: date, done_on: date | None, today: date, declined: str = "") -> Standing:
    """The day itself is not yet late. `declined` is the force's reason where it declined.

    Declining for want of resource is no breach: "availability of resource will be a factor" (p. 13).
    """
    if declined:
        return Standing.NO_RESOURCE if declined == DeclineReason.RESOURCE else Standing.DECLINED
    if done_on:
        return Standing.KEPT if done_on <= due_on else Standing.KEPT_LATE
    return Standing.OVERDUE if today > due_on else Standing.OPEN


@dataclass(frozen=True)
class Tally:
    """How many things asked under one commitment stand how."""

    by_standing: Counter[Standing]

    def count(self, standing: Standing) -> int:
        return self.by_standing[standing]

    @property
    def asked(self) -> int:
        return self.by_standing.total()

    @property
    def kept(self) -> int:
        return self.count(Standing.KEPT) + self.count(Standing.KEPT_LATE)


Ledger = dict[Commitment, Tally]


def counted(things: Iterable[Asked], *, commitment: str = "", standing: str = "") -> list[Asked]:
    """What a number of the ledger counts, the latest day first; an empty word stands for any."""
    found = [
        thing
        for thing in things
        if thing.commitment.value == (commitment or thing.commitment.value)
        and thing.standing.value == (standing or thing.standing.value)
    ]
    return sorted(found, key=lambda thing: thing.due_on or date.min, reverse=True)


def ledger(things: Iterable[Asked]) -> Ledger:
    """Every commitment with its tally, also those under which nothing was asked."""
    found: Ledger = {commitment: Tally(Counter()) for commitment in Commitment}
    for thing in things:
        found[thing.commitment].by_standing[thing.standing] += 1
    return found


def total(tallies: Ledger) -> Tally:
    return Tally(sum((tally.by_standing for tally in tallies.values()), Counter()))


def finding(tally: Tally) -> str:
    """The tally in a sentence: 7 things asked: 4 kept, 1 overdue, 2 declined because no resource was available."""
    if not tally.asked:
        return "There are no requests yet."
    parts = [
        (tally.count(Standing.KEPT), "kept in time"),
        (tally.count(Standing.KEPT_LATE), "kept late"),
        (tally.count(Standing.OPEN), "open"),
        (tally.count(Standing.OVERDUE), "overdue"),
        (tally.count(Standing.NO_RESOURCE), "declined because no resource was available"),
        (tally.count(Standing.DECLINED), "declined for another reason"),
    ]
    things = "1 thing" if tally.asked == 1 else f"{tally.asked} things"
    return f"{things} asked: {', '.join(f'{number} {words}' for number, words in parts if number)}."


def reasons_not_eligible(*, flagged: bool) -> list[str]:
    """ "All cases with an existing Nexus High Harm flag are eligible for police support" (p. 13)"""
    if flagged:
        return []
    return [
        "The Nexus High Harm flag has been removed, so this case is no longer eligible for police support."
    ]


def reasons_force_does_not_take_part(*, force: str, engaged: bool, takes_part: bool) -> list[str]:
    """ "they can submit a request to certain police forces for police support" (p. 13)"""
    if engaged and takes_part:
        return []
    return [f"{force} does not take part in value added activity. Ask the Duty Desk which forces do."]

"""The dashboard's numbers: how far referrals come, where each one is now, and how long each stage takes.

Outcomes are counted whole: refusals, withdrawals and lost appeals stand beside removals, and every
referral that was made is in exactly one place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.models import CaseChange, CaseOutcome
from casework.reports.periods import Period
from casework.states import NOT_CLOSED, OVER
from casework.states import STATES as CASE_STATES
from casework.states import Phase as CasePhase
from casework.states import State as CaseState
from nexus.accounts.models import Force
from referrals.models import Allocation, Referral, SpecialConditionsFlag, TriageDecision
from referrals.states import UNDECIDED, State

# What was counted (casework/reports/counting.py): by its name, and for a spell by its working days.
Found = Mapping[tuple[str, int | None], int]


@dataclass(frozen=True)
class Cohort:
    """The referrals that were made in a time by a force; None leaves a side open."""

    force: Force | None = None
    first: date | None = None
    last: date | None = None

    def referrals(self) -> QuerySet[Referral]:
        """Sent to the Referrals Office: drafts were never made."""
        found = Referral.objects.filter(submitted_at__isnull=False).order_by()
        if self.force:
            found = found.filter(force=self.force)
        if self.first:
            found = found.filter(submitted_at__gte=Period(self.first, self.first).start)
        if self.last:
            found = found.filter(submitted_at__lt=Period(self.last, self.last).end)
        return found


def reached(state: CaseState) -> Exists:
    """Whether the referral's case was ever in this state."""
    return Exists(CaseChange.objects.filter(case__referral=OuterRef("pk"), to_state=state))


def has(rows: QuerySet) -> Exists:
    return Exists(rows.filter(referral=OuterRef("pk")))


# Key: (words, how a referral gets there). The first ones narrow step by step, the last ones leave the way.
STEPS: dict[str, tuple[str, Any]] = {
    "made": ("Made", Q(submitted_at__isnull=False)),
    "decided": ("Decided", has(TriageDecision.objects.filter(superseded_at=None))),
    "accepted": ("Accepted", Q(state=State.ACCEPTED)),
    "flagged": ("Flagged", has(SpecialConditionsFlag.objects.all())),
    "allocated": ("Allocated to Liverpool", has(Allocation.objects.all())),
    "assigned": ("Assigned to a case-owner", reached(CaseState.ASSIGNED)),
    "case_decided": ("Case decided", reached(CaseState.DECIDED)),
    "served": ("Decision served", reached(CaseState.SERVED)),
    "outcome": ("Outcome recorded", reached(CaseState.OUTCOME)),
    "closed": ("Case closed", Q(case__state=CaseState.CLOSED)),
    "not_accepted": ("Not accepted", Q(state=State.NOT_ACCEPTED)),
    "redirected": ("Redirected", Q(state=State.REDIRECTED)),
    "withdrawn": ("Withdrawn by the force", Q(state=State.WITHDRAWN)),
    "challenged": ("Challenged", reached(CaseState.CHALLENGED)),
}
LEAVING = ("not_accepted", "redirected", "withdrawn", "challenged")


def step(key: str) -> str:
    """What a `Figure` calls the number of those who ever got to this step."""
    return f"step {key}"


def place(state: str, case_state: str | None, outcome: str | None) -> str:
    """What a `Figure` calls the number of those that are now in this state, the case's state and outcome included."""
    return f"place {state} {case_state or ''} {outcome or ''}".rstrip()


def spell(whose: str, state: str) -> str:
    """What a `Figure` calls the number of times a referral or a case left this state; it says after how many days."""
    return f"spell {whose} {state}"


def parts_of_place(what: str) -> tuple[str, str | None, str]:
    """(state, the case's state, its outcome) of a name made by `place`."""
    _, state, case_state, outcome, *_ = [*what.split(" "), "", "", ""]
    return state, case_state or None, outcome


def steps(found: Found) -> dict[str, int]:
    """How many ever got to each step."""
    return {key: found[step(key), None] for key in STEPS}


# Label: (what its list is called in an address, which referrals are there).
PLACES: dict[str, tuple[str, Q]] = {
    **{
        state.label: (f"in-{state}", Q(state=state, case=None))
        for state in State
        if state not in (State.DRAFT, State.ACCEPTED)
    },
    **{
        f"Case: {state.label}": (f"case-{state}", Q(case__state=state))
        for state in CaseState
        if state not in OVER
    },
    **{
        f"Outcome, case open: {outcome.label}": (
            f"open-{outcome}",
            Q(case__state=CaseState.OUTCOME, case__outcome=outcome),
        )
        for outcome in CaseOutcome
    },
    **{
        f"Closed: {outcome.label}": (
            f"closed-{outcome}",
            Q(case__state=CaseState.CLOSED, case__outcome=outcome),
        )
        for outcome in CaseOutcome
    },
}


def place_of(state: str, case_state: str | None, outcome: str | None) -> str:
    """The one place a referral is in now; a place that is not in PLACES is a mistake."""
    if case_state is None:
        return State(state).label
    case_state = CaseState(case_state)
    if case_state not in OVER:
        return f"Case: {case_state.label}"
    ended = "Closed" if case_state == CaseState.CLOSED else "Outcome, case open"
    return f"{ended}: {CaseOutcome(outcome or '').label}"


# Every number of the dashboard that counts referrals, as its list is called: (in words, which referrals).
NUMBERS: dict[str, tuple[str, Any]] = {
    **STEPS,
    **{key: (label, there) for label, (key, there) in PLACES.items()},
    **{f"outcome-{outcome}": (outcome.label, Q(case__outcome=outcome)) for outcome in CaseOutcome},
    f"case-{CaseState.OUTCOME}": (
        f"Case: {CaseState.OUTCOME.label}",
        Q(case__state=CaseState.OUTCOME),
    ),
}


def places(found: Found) -> dict[str, int]:
    """Where every referral is now. The numbers add up to the referrals made."""
    numbers = dict.fromkeys(PLACES, 0)
    for what, number in places_found(found):
        numbers[place_of(*parts_of_place(what))] += number
    return numbers


def places_found(found: Found) -> Iterator[tuple[str, int]]:
    """(its name, how many are there) of each place that somebody is in."""
    for (what, _), number in found.items():
        if what.startswith("place ") and number:
            yield what, number


def outcomes(found: Found) -> dict[CaseOutcome, int]:
    """Outcomes by kind, the unwelcome ones too."""
    numbers = dict.fromkeys(CaseOutcome, 0)
    for what, number in places_found(found):
        _, _, outcome = parts_of_place(what)
        if outcome:
            numbers[CaseOutcome(outcome)] += number
    return numbers


def number_of(found: Found, key: str) -> int:
    """How many are counted under a key of NUMBERS."""
    if key in STEPS:
        return found[step(key), None]
    return sum(number for what, number in places_found(found) if key in keys_of_place(what))


def keys_of_place(what: str) -> set[str]:
    """The keys of NUMBERS, other than of steps, that count who is in a place."""
    state, case_state, outcome = parts_of_place(what)
    found = {PLACES[place_of(state, case_state, outcome)][0], f"outcome-{outcome}"}
    return found | ({f"case-{case_state}"} if case_state == CaseState.OUTCOME else set())


@dataclass(frozen=True)
class Stage:
    """How long a stage took where it has ended, in working days, and how many are in it now, listed as `key`."""

    name: str
    key: str
    ended: int
    now: int
    lower: float | None
    median: float | None
    upper: float | None


# Stages in which a referral or a case waits for something to be done.
CASE_STAGES = tuple(state for state in NOT_CLOSED if CASE_STATES[state].phase is not CasePhase.FLAGGED)


def stages(found: Found) -> list[Stage]:
    """Each stage in order, from the recorded moves."""
    now: Counter[str] = Counter()
    for what, number in places_found(found):
        state, case_state, _ = parts_of_place(what)
        now[spell("case", case_state) if case_state else spell("referral", state)] += number
    ended: dict[str, Counter[int]] = defaultdict(Counter)
    for (what, days), number in found.items():
        if days is not None:
            ended[what][days] += number
    stages_in_order = [
        *((State(state).label, f"in-{state}", spell("referral", state)) for state in UNDECIDED),
        *((CaseState(state).label, f"case-{state}", spell("case", state)) for state in CASE_STAGES),
    ]
    return [
        Stage(label, key, ended[what].total(), now[what], *quartiles(ended[what]))
        for label, key, what in stages_in_order
    ]


def quartiles(spells: Counter[int]) -> tuple[float | None, float | None, float | None]:
    """Lower quartile, median, upper quartile of spells counted by their days, as PERCENTILE_CONT; nothing of none."""
    if not spells.total():
        return None, None, None
    lower, median, upper = (percentile(spells, part) for part in (0.25, 0.5, 0.75))
    return lower, median, upper


def percentile(spells: Counter[int], part: float) -> float:
    """The value below which this part of them lies; between two values, in proportion."""
    place_in_order = part * (spells.total() - 1)
    below = int(place_in_order)
    lower, upper = nth(spells, below), nth(spells, min(below + 1, spells.total() - 1))
    return lower + (upper - lower) * (place_in_order - below)


def nth(spells: Counter[int], number: int) -> int:
    """The value at this place, counted from 0, of all in order."""
    days = 0
    for days in sorted(spells):
        number -= spells[days]
        if number < 0:
            break
    return days

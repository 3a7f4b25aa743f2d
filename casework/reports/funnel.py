"""The dashboard's numbers: how far referrals come, where each one is now, and how long each stage takes.

Outcomes are counted whole: refusals, withdrawals and lost appeals stand beside removals, and every
referral that was made is in exactly one place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from statistics import quantiles
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.models import CaseChange, CaseOutcome
from casework.reports.periods import Period
from casework.states import NOT_CLOSED, OVER
from casework.states import STATES as CASE_STATES
from casework.states import Phase as CasePhase
from casework.states import State as CaseState
from nexus.accounts.models import Force
from nexus.working_days import is_working_day
from referrals.models import Allocation, Referral, ReferralChange, SpecialConditionsFlag, TriageDecision
from referrals.states import UNDECIDED, State


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


def steps(cohort: Cohort) -> dict[str, int]:
    """How many of the cohort ever got to each step, in one query."""
    counts = {key: Count("pk", filter=test) for key, (_, test) in STEPS.items()}
    return cohort.referrals().aggregate(**counts)


PLACES: tuple[str, ...] = (
    *(State(state).label for state in State if state not in (State.DRAFT, State.ACCEPTED)),
    *(f"Case: {CaseState(state).label}" for state in CaseState if state not in OVER),
    *(f"Outcome, case open: {CaseOutcome(outcome).label}" for outcome in CaseOutcome),
    *(f"Closed: {CaseOutcome(outcome).label}" for outcome in CaseOutcome),
)


def place_of(state: str, case_state: str | None, outcome: str | None) -> str:
    """The one place a referral is in now; a place that is not in PLACES is a mistake."""
    if case_state is None:
        return State(state).label
    case_state = CaseState(case_state)
    if case_state not in OVER:
        return f"Case: {case_state.label}"
    ended = "Closed" if case_state == CaseState.CLOSED else "Outcome, case open"
    return f"{ended}: {CaseOutcome(outcome or '').label}"


def places(cohort: Cohort) -> dict[str, int]:
    """Where every referral of the cohort is now. The numbers add up to the referrals made."""
    found = dict.fromkeys(PLACES, 0)
    rows = (
        cohort.referrals().values_list("state", "case__state", "case__outcome").annotate(number=Count("pk"))
    )
    for state, case_state, outcome, number in rows:
        found[place_of(state, case_state, outcome)] += number
    return found


def outcomes(cohort: Cohort) -> dict[str, int]:
    """Outcomes by kind, the unwelcome ones too."""
    rows = dict(
        cohort.referrals().exclude(case__outcome="").exclude(case=None)
        .values_list("case__outcome").annotate(number=Count("pk"))
    )  # fmt: skip
    return {CaseOutcome(outcome).label: rows.get(outcome, 0) for outcome in CaseOutcome}


def made_by_force(cohort: Cohort) -> list[tuple[int, str, int]]:
    """(force, its name, referrals made), most first."""
    rows = cohort.referrals().values_list("force_id", "force__name").annotate(number=Count("pk"))
    return list(rows.order_by("-number", "force__name"))


@dataclass(frozen=True)
class Stage:
    """How long a stage took where it has ended, in working days, and how many are in it now."""

    name: str
    ended: int
    now: int
    lower: float | None
    median: float | None
    upper: float | None


# Stages in which a referral or a case waits for something to be done.
CASE_STAGES = tuple(state for state in NOT_CLOSED if CASE_STATES[state].phase is not CasePhase.FLAGGED)


def stages(cohort: Cohort) -> list[Stage]:
    """Each stage in order, from the recorded moves; two queries."""
    ids = cohort.referrals().values("pk")
    referral_moves = ReferralChange.objects.filter(referral__in=ids).order_by("referral", "at", "pk")
    case_moves = CaseChange.objects.filter(case__referral__in=ids).order_by("case", "at", "pk")
    days = WorkingDays()
    return [
        *_measured(referral_moves.values_list("referral", "to_state", "at"), UNDECIDED, days),
        *_measured(case_moves.values_list("case", "to_state", "at"), CASE_STAGES, days),
    ]


def _measured(
    moves: Iterable[tuple[int, str, datetime]], order: Iterable[Any], days: "WorkingDays"
) -> Iterator[Stage]:
    ended: dict[str, list[int]] = defaultdict(list)
    now: dict[str, int] = defaultdict(int)
    for _, rows in groupby(moves, key=lambda move: move[0]):
        spells = list(rows)
        for (_, state, since), (_, _, until) in pairwise(spells):
            ended[state].append(days.between(since, until))
        now[spells[-1][1]] += 1
    for state in order:
        yield Stage(state.label, len(ended[state]), now[state], *quartiles(ended[state]))


def quartiles(values: list[int]) -> tuple[float | None, float | None, float | None]:
    """Lower quartile, median, upper quartile; nothing when there are no values."""
    if not values:
        return None, None, None
    lower, median, upper = quantiles(values * 2 if len(values) == 1 else values, n=4, method="inclusive")
    return lower, median, upper


class WorkingDays:
    """Working days between moments, each day looked at once however many moments there are."""

    def __init__(self) -> None:
        self.numbers: dict[date, int] = {}
        self.first = self.last = date.min

    def between(self, since: datetime, until: datetime) -> int:
        """As `nexus.working_days.working_days_between`: the first day never counts."""
        return max(0, self.number(timezone.localdate(until)) - self.number(timezone.localdate(since)))

    def number(self, day: date) -> int:
        """How many working days there are from some fixed day up to this one."""
        if not self.numbers:
            self.numbers[day], self.first, self.last = 0, day, day
        while self.last < day:
            before = self.numbers[self.last]
            self.last += timedelta(days=1)
            self.numbers[self.last] = before + is_working_day(self.last)
        while self.first > day:
            after = self.numbers[self.first] - is_working_day(self.first)
            self.first -= timedelta(days=1)
            self.numbers[self.first] = after
        return self.numbers[day]

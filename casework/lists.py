"""Lists of cases: which, found by what, in which order; and who has how many. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from casework.models import Barrier, Case, CaseTask
from casework.rules.planning import when
from casework.states import WORKED, State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.working_days import first_day_within, working_days_between
from referrals.duty_desk.queries import standing_against_removal
from referrals.models import Referral
from referrals.queue import search as search_referrals
from referrals.queue import start_of
from referrals.rules.terms import Term

# Local target, not the guidance's: a case without progress for more working days than this is stalled.
STALLED_AFTER = 15

NOBODY = "nobody"

# What a list of cases can be sorted by.
SORTS = {
    "next": ["next_action_on", "referral__surname"],
    "name": ["referral__surname", "referral__forenames"],
    "owner": ["case_owner__full_name", "next_action_on"],
    "progress": ["last_progress_at"],
    "opened": ["opened_at"],
}


class Due(Term):
    """When the next action is due."""

    OVERDUE = "overdue", "Overdue"
    TODAY = "today", "Today"
    WEEK = "week", "In the next 7 days"


def cases(among: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with what a line of a list needs: three queries, however many lines."""
    standing, litigation = Barrier.objects.filter(lifted_at=None), standing_against_removal()
    return among.select_related(
        "referral__force", "referral__flag", "case_owner", "next_action_by"
    ).prefetch_related(
        Prefetch("barriers", queryset=standing, to_attr="standing_barriers"),
        Prefetch("referral__pending_matters", queryset=litigation, to_attr="standing_litigation"),
    )


def standing_in_the_way(case: Case) -> list[str]:
    """The barriers of a case of `cases()` in words, each once: those recorded, and litigation."""
    standing = [*case.standing_barriers, *case.referral.standing_litigation]  # type: ignore[attr-defined]
    return list(dict.fromkeys(each.get_kind_display() for each in standing))


def filtered(among: QuerySet[Case], wanted: Mapping[str, Any], *, now: datetime) -> QuerySet[Case]:
    """The cases asked for; those not closed where no state is.

    `wanted` may hold state (a list), route, case_owner (nobody or a person's number), force (a Force),
    due (a `Due` value) and stalled (true).
    """
    chosen = wanted.get("state")
    among = among.filter(state__in=chosen) if chosen else among.exclude(state=State.CLOSED)
    if wanted.get("route"):
        among = among.filter(route=wanted["route"])
    if wanted.get("case_owner"):
        owner = wanted["case_owner"]
        among = among.filter(case_owner=None if owner == NOBODY else int(owner))
    if wanted.get("force"):
        among = among.filter(referral__force=wanted["force"])
    if wanted.get("due"):
        among = among.filter(is_due(Due(wanted["due"]), timezone.localdate(now)))
    if wanted.get("stalled"):
        among = among.filter(is_stalled(now))
    return among


def is_due(due: Due, today: date) -> Q:
    week = Q(next_action_on__gte=today, next_action_on__lte=today + timedelta(days=7))
    found = {Due.OVERDUE: Q(next_action_on__lt=today), Due.TODAY: Q(next_action_on=today), Due.WEEK: week}
    return found[due] & ~Q(state=State.CLOSED)


def is_stalled(now: datetime) -> Q:
    """At work, and without progress for more than STALLED_AFTER working days."""
    midnight = start_of(first_day_within(STALLED_AFTER, now))
    return Q(state__in=WORKED, last_progress_at__lt=midnight)


def search(among: QuerySet[Case], words: str, *, now: datetime) -> QuerySet[Case]:
    """By the subject's name, other names included, by reference or by identifier."""
    return among.filter(referral__in=search_referrals(Referral.objects.all(), words, now=now))


def of(person: User) -> Q:
    """A person's own cases, and those whose next action is theirs."""
    return (Q(case_owner=person) | Q(next_action_by=person)) & ~Q(state=State.CLOSED)


def waiting() -> Q:
    """Liverpool's cases without a case-owner."""
    return Q(state=State.ALLOCATED)


@dataclass(frozen=True)
class Line:
    """One line of a list of cases."""

    case: Case
    when: str
    overdue: bool
    quiet_days: int
    stalled: bool
    barriers: list[str]


def line(case: Case, *, now: datetime) -> Line:
    """`case` is of `cases()`."""
    today = timezone.localdate(now)
    closed = case.state == State.CLOSED
    quiet = working_days_between(case.last_progress_at, now)
    return Line(
        case,
        when="" if closed else when(case.next_action_on, today=today),
        overdue=not closed and case.next_action_on < today,
        quiet_days=quiet,
        stalled=case.state in WORKED and quiet > STALLED_AFTER,
        barriers=standing_in_the_way(case),
    )


def due_counts(among: QuerySet[Case], *, now: datetime) -> dict[str, int]:
    """How many are overdue, due today and stalled, in one query."""
    today = timezone.localdate(now)
    return among.aggregate(
        overdue=Count("pk", filter=is_due(Due.OVERDUE, today)),
        today=Count("pk", filter=is_due(Due.TODAY, today)),
        stalled=Count("pk", filter=is_stalled(now)),
    )


def open_tasks_of(person: User) -> QuerySet[CaseTask]:
    return CaseTask.objects.filter(owner=person, done_at=None).select_related("case__referral__force")


# The stages of the workload board: the columns, in the order of a case's life.
STAGES = (*WORKED, State.OUTCOME)


@dataclass(frozen=True)
class Load:
    """What one case-owner has: cases by stage, and what calls for attention."""

    person: User
    stages: dict[str, int]
    total: int
    overdue: int
    stalled: int
    last_progress_at: datetime | None


def workload(among: QuerySet[Case], *, now: datetime) -> list[Load]:
    """A line for every case-owner, also for those who have nothing, and for whoever left cases behind.

    Two queries. The busiest first.
    """
    counted = {row["case_owner"]: row for row in _counts(among, now)}
    people = User.objects.filter(Q(pk__in=counted) | Q(role=Role.CASE_OWNER, is_active=True))
    loads = [_load(person, counted.get(person.pk, {})) for person in people]
    return sorted(loads, key=lambda load: (-load.total, load.person.full_name))


def _counts(among: QuerySet[Case], now: datetime) -> Iterable[Mapping[str, Any]]:
    stages = {f"in_{stage}": Count("pk", filter=Q(state=stage)) for stage in STAGES}
    return (
        among.filter(case_owner__isnull=False)
        .exclude(state=State.CLOSED)
        .order_by()
        .values("case_owner")
        .annotate(
            total=Count("pk"),
            overdue=Count("pk", filter=is_due(Due.OVERDUE, timezone.localdate(now))),
            stalled=Count("pk", filter=is_stalled(now)),
            last=Min("last_progress_at"),
            **stages,
        )
    )


def _load(person: User, row: Mapping[str, Any]) -> Load:
    return Load(
        person,
        stages={stage.value: row.get(f"in_{stage}", 0) for stage in STAGES},
        total=row.get("total", 0),
        overdue=row.get("overdue", 0),
        stalled=row.get("stalled", 0),
        last_progress_at=row.get("last"),
    )

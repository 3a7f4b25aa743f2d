"""Lists of cases: which, found by what, in which order; and who has how many. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case as CaseWhen
from django.db.models import Count, IntegerField, Min, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from casework.models import Absence, Barrier, Case, CaseTask
from casework.permissions import ABSENCES, WHO_MAY
from casework.rules.planning import when
from casework.rules.words import written
from casework.states import STATES, WORKED, Phase, State
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.rows import Rows
from nexus.states import in_phase
from nexus.working_days import first_day_within, working_days_between
from referrals.duty_desk.queries import standing_against_removal
from referrals.finding import search as search_referrals
from referrals.models import Referral
from referrals.queue import start_of
from referrals.rules.terms import Term

# Local target, not the guidance's: a case without progress for more working days than this is stalled.
STALLED_AFTER = 15

NOBODY = "nobody"

# What a list of cases can be sorted by.
SORTS = {
    "next": ["-stalled_now", "next_action_on"],
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
    """Cases with what a line of a list needs: five queries, however many lines.
    `stalled_now` lets those without progress rise to the top of a list by themselves."""
    standing, litigation = Barrier.objects.filter(lifted_at=None), standing_against_removal()
    stalled = When(is_stalled(timezone.now()), then=Value(1))
    return (
        among.annotate(stalled_now=CaseWhen(stalled, default=Value(0), output_field=IntegerField()))
        .select_related("referral__force", "case_owner", "next_action_by")
        .prefetch_related(
            "referral__flags",
            "referral__nationalities",
            Prefetch("barriers", queryset=standing, to_attr="standing_barriers"),
            Prefetch("referral__pending_matters", queryset=litigation, to_attr="standing_litigation"),
        )
    )


# Cases as people meet them: an address names the reference of the referral.
CASES = Rows(
    noun="case",
    seen=lambda by: cases(Case.objects.visible_to(by)),
    who_may=WHO_MAY,
    lookups={"reference": "referral__reference"},
)
ABSENCE_ROWS = Rows(
    noun="absence", seen=lambda by: Absence.objects.select_related("person"), who_may=ABSENCES
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


def owned_by(person: User) -> Q:
    """A person's own cases, and those whose next action is theirs."""
    return (Q(case_owner=person) | Q(next_action_by=person)) & ~Q(state=State.CLOSED)


def without_case_owner() -> Q:
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
    return (
        CaseTask.objects.filter(owner=person, done_at=None)
        .select_related("case__referral__force")
        .prefetch_related("case__referral__nationalities")
    )


# The stages of the workload board: the columns, in the order of a case's life.
STAGES = in_phase(STATES, Phase.PREPARED, Phase.DECIDED, Phase.ENDED)


def points_of(stage: str) -> int:
    """What a case weighs in this stage, by the local weights."""
    return int(settings.NEXUS_STAGE_POINTS.get(stage, STATES[State(stage)].points))


@dataclass(frozen=True)
class Load:
    """What one case-owner has: cases by stage, and what calls for attention."""

    person: User
    stages: dict[str, int]
    total: int
    overdue: int
    stalled: int
    last_progress_at: datetime | None
    away_until: date | None = None

    @property
    def points(self) -> int:
        """The load by the local weights of the stages."""
        return sum(number * points_of(stage) for stage, number in self.stages.items())


@dataclass(frozen=True)
class TeamLoad:
    """The case-owners of one team, and what they have together."""

    team: str
    loads: list[Load]

    @property
    def total(self) -> int:
        return sum(load.total for load in self.loads)

    @property
    def points(self) -> int:
        return sum(load.points for load in self.loads)


def board(among: QuerySet[Case], *, now: datetime) -> list[TeamLoad]:
    """The workload team by team, the most points first."""
    teams: dict[str, list[Load]] = {}
    for load in workload(among, now=now):
        teams.setdefault(str(load.person.team or "No team"), []).append(load)
    found = [
        TeamLoad(name, sorted(loads, key=lambda each: (-each.points, each.person.full_name)))
        for name, loads in teams.items()
    ]
    return sorted(found, key=lambda team: (-team.points, team.team))


def away(*, day: date) -> dict[int, date]:
    """Who is away on this day, by their keys, and their last day away."""
    rows = Absence.objects.filter(first_day__lte=day, last_day__gte=day, cancelled_at=None)
    return dict(rows.values_list("person_id", "last_day"))


@dataclass(frozen=True)
class Work:
    """What one person has that another could do."""

    person: User
    cases: list[Case]
    next_actions: list[Case]
    tasks: list[CaseTask]

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """For the form that moves it: by key, in words."""
        return {
            "cases": [(str(case.pk), case_words(case)) for case in self.cases],
            "next_actions": [(str(case.pk), case_words(case)) for case in self.next_actions],
            "tasks": [(str(task.pk), task_words(task)) for task in self.tasks],
        }


def case_words(case: Case) -> str:
    by_when = f"{case.next_action}, by {written(case.next_action_on)}"
    return f"{case.referral.identity}: {by_when}"


def task_words(task: CaseTask) -> str:
    return f"{task.title}, by {written(task.due_on)}: {task.case.referral.identity}"


def work_of(person: User, *, by: User) -> Work:
    """Three queries; the nearest dates first."""
    seen = Case.objects.visible_to(by).exclude(state=State.CLOSED).select_related("referral")
    seen = seen.prefetch_related("referral__nationalities")
    seen = seen.order_by("next_action_on", "pk")
    return Work(
        person,
        cases=list(seen.filter(case_owner=person)),
        next_actions=list(seen.filter(next_action_by=person).exclude(case_owner=person)),
        tasks=list(open_tasks_of(person).order_by("due_on", "pk")),
    )


def workload(among: QuerySet[Case], *, now: datetime) -> list[Load]:
    """A line for every case-owner, also for those who have nothing, and for whoever left cases behind.

    Three queries. The busiest first.
    """
    counted = {row["case_owner"]: row for row in _counts(among, now)}
    people = User.objects.filter(Q(pk__in=counted) | Q(role=Role.CASE_OWNER, is_active=True))
    absent = away(day=timezone.localdate(now))
    loads = [
        _load(person, counted.get(person.pk, {}), absent.get(person.pk))
        for person in people.select_related("team")
    ]
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


def _load(person: User, row: Mapping[str, Any], away_until: date | None) -> Load:
    return Load(
        person,
        stages={stage.value: row.get(f"in_{stage}", 0) for stage in STAGES},
        total=row.get("total", 0),
        overdue=row.get("overdue", 0),
        stalled=row.get("stalled", 0),
        last_progress_at=row.get("last"),
        away_until=away_until,
    )

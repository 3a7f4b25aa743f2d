"""Lists of engagements: which, in which order, and what waits for whom. Reads only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from casework.engagement.models import Authorisation, Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.queries import risks_of, standing_authorisation
from casework.engagement.rules.risks import Question, known_as_yes, not_known
from casework.engagement.states import DECIDED_ON, LIVE, PENDING, State
from casework.models import Barrier
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.waiting import Waiting

SORTS = {
    "when": ["window_starts_at", "started_at"],
    "force": ["force__name", "window_starts_at"],
    "name": ["case__referral__surname", "case__referral__forenames"],
}


def engagements(among: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Operations with what a line of a list needs: four queries, however many lines."""
    standing = Barrier.objects.filter(lifted_at=None)
    return among.select_related(
        "case__referral__force", "case__case_owner", "force", "requested_by"
    ).prefetch_related(
        "risks",
        Prefetch("authorisations", queryset=Authorisation.objects.select_related("authorised_by")),
        Prefetch("case__barriers", queryset=standing, to_attr="standing_barriers"),
    )


def to_write_up(**when: Any) -> Q:
    return Q(verbal=True, written_up_at=None, **when)


@dataclass(frozen=True)
class Line:
    """One line of a list of engagements."""

    engagement: Engagement
    authorisation: Authorisation | None
    risks: list[str]
    not_known: list[str]
    unanswered: bool
    barriers: list[str]
    write_up_overdue: bool
    has_expired: bool


def line(engagement: Engagement, *, now: datetime) -> Line:
    """`engagement` is of `engagements()`."""
    standing = standing_authorisation(engagement)
    due = engagement.write_up_due_at
    risks = risks_of(engagement)
    return Line(
        engagement,
        authorisation=standing,
        risks=known_as_yes(risks),
        not_known=not_known(risks),
        unanswered=len(risks) < len(Question),
        barriers=[str(barrier) for barrier in engagement.case.standing_barriers],  # type: ignore[attr-defined]
        write_up_overdue=bool(engagement.to_write_up and due and due <= now),
        has_expired=bool(standing and engagement.state in LIVE and standing.expires_at <= now),
    )


def filtered(among: QuerySet[Engagement], wanted: Mapping[str, Any], *, by: User) -> QuerySet[Engagement]:
    """Those asked for; what is pending or still to be written up where no state is."""
    chosen = wanted.get("state")
    if wanted.get("mine"):
        among = among.filter(case__case_owner=by)
    if wanted.get("blocked"):
        blocked = Engagement.objects.filter(is_blocked(), state__in=DECIDED_ON)
        among = among.filter(pk__in=blocked.values("pk"))
    among = among.filter(state__in=chosen) if chosen else among.filter(Q(state__in=PENDING) | to_write_up())
    if wanted.get("kind"):
        among = among.filter(kind=wanted["kind"])
    if wanted.get("force"):
        among = among.filter(force=wanted["force"])
    return among


def for_discussion(among: QuerySet[Engagement], *, now: datetime) -> list[tuple[Force, list[Line]]]:
    """Everything pending by force, the nearest time first: what the tasking meeting goes through.

    Forces have no regions here, so the force stands for its region.
    """
    pending = engagements(among.filter(state__in=PENDING)).order_by("force__name", "window_starts_at", "pk")
    lines = [line(engagement, now=now) for engagement in pending]
    grouped = groupby(lines, key=lambda each: each.engagement.force)
    return [(force, list(rows)) for force, rows in grouped]


def verbal_ones(among: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Every verbal authorisation, in writing or not."""
    return engagements(among.filter(verbal=True))


# For each role: what waits, in which states, and whether only on one's own cases.
DECIDES = (
    ("Requests to quality-assure", State.REQUESTED),
    ("Requests to risk-assess", State.QUALITY_ASSURED),
    ("Requests to authorise", State.RISK_ASSESSED),
    ("Authorised operations to task", State.AUTHORISED),
    ("Operations a force has declined", State.DECLINED),
)
ASKS = (
    ("Operations returned to you", State.RETURNED),
    ("Operations to be sent", State.DRAFT),
    ("Authorised operations to task", State.AUTHORISED),
    ("Operations a force has declined", State.DECLINED),
)
ACTS = (
    ("Operations to accept or decline", State.TASKED),
    ("Operations to record as carried out", State.ACCEPTED),
    ("Operations whose outcome is to be recorded", State.EXECUTED),
)


def waiting(*, user: User, now: datetime) -> Iterator[Waiting]:
    """What waits for this person among engagements. One query, and one for verbal authorisations."""
    seen = Engagement.objects.visible_to(user).order_by()
    if user.role in FORCE:
        yield from lines_of(ACTS, seen)
    elif user.role == Role.CIO_HMI:
        yield from lines_of(DECIDES, seen)
        yield unwritten(seen, now)
    elif user.role == Role.CASE_OWNER:
        yield from lines_of(ASKS, seen.filter(case__case_owner=user), mine=True)
    elif user.role == Role.SENIOR_CASEWORKER:
        blocked = seen.filter(is_blocked(), state__in=DECIDED_ON).distinct().count()
        yield Waiting("Trafficking outcomes to record", blocked, reverse("engagement:list") + "?blocked=on")


def lines_of(
    told: tuple[tuple[str, State], ...], among: QuerySet[Engagement], *, mine: bool = False
) -> Iterator[Waiting]:
    counts = dict(among.values_list("state").annotate(number=Count("pk")))
    own = "&mine=on" if mine else ""
    for words, state in told:
        path = f"{reverse('engagement:list')}?state={state.value}{own}"
        yield Waiting(words, counts.get(state.value, 0), path)


def unwritten(among: QuerySet[Engagement], now: datetime) -> Waiting:
    found = among.filter(to_write_up()).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(write_up_due_at__lte=now))
    )
    path = reverse("engagement:verbal")
    return Waiting("Verbal authorisations to write up", found["all"], path, overdue=found["late"])


def is_blocked() -> Q:
    """A trafficking indicator shows, and nobody has recorded its outcome yet."""
    shown = (
        Q(risks__question="trafficking", risks__answer="yes")
        | Q(case__referral__trafficking_indicator="yes")
        | Q(case__barriers__kind="trafficking", case__barriers__lifted_at=None)
    )
    return shown & Q(trafficking_reviews=None)

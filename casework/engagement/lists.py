"""Lists of engagements: which, in which order, and what waits for whom. Reads only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from casework.engagement.exact_text import risks_of
from casework.engagement.models import (
    Authorisation,
    DeclineKind,
    Engagement,
    EngagementChange,
    RiskAnswer,
    TraffickingReview,
)
from casework.engagement.permissions import FORCE, WHO_MAY, recipient_of
from casework.engagement.queries import reasons_not_authorised, standing_authorisation
from casework.engagement.rules.risks import YES, Question, known_as_yes, not_known
from casework.engagement.states import DECIDED_ON, LIVE, PENDING, State
from casework.models import Barrier, BarrierKind
from casework.rules.trafficking import ENDING
from nexus.accounts.models import Force, User
from nexus.accounts.regions import Region
from nexus.accounts.roles import Role
from nexus.parts import WorkWaiting
from nexus.rows import Rows
from referrals.models import Referral
from referrals.queue import start_of

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
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
        "case__referral__nationalities",
        Prefetch("authorisations", queryset=Authorisation.objects.select_related("authorised_by")),
        Prefetch("case__barriers", queryset=standing, to_attr="standing_barriers"),
    )


OPERATIONS = Rows(
    noun="engagement",
    seen=lambda by: engagements(Engagement.objects.visible_to(by)).select_related("tasked_by", "answered_by"),
    who_may=WHO_MAY,
    recipient=recipient_of,
)


def to_write_up(**when: Any) -> Q:
    return Q(verbal=True, written_up_at=None, **when)


@dataclass(frozen=True)
class Line:
    """One line of a list of engagements. `stopped`: it could be acted on, had it a live authorisation now."""

    engagement: Engagement
    authorisation: Authorisation | None
    risks: list[str]
    not_known: list[str]
    unanswered: bool
    barriers: list[str]
    write_up_overdue: bool
    has_expired: bool
    stopped: bool


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
        stopped=is_stopped(engagement, at=now),
    )


def is_stopped(engagement: Engagement, *, at: datetime) -> bool:
    """Whether nobody may act on it though its state would allow it: `engagement` is of `engagements()`."""
    if engagement.state == State.STOPPED:
        return True
    return engagement.state in LIVE and bool(reasons_not_authorised(engagement, at=at))


def filtered(among: QuerySet[Engagement], wanted: Mapping[str, Any], *, by: User) -> QuerySet[Engagement]:
    """Those asked for; what is pending or still to be written up where no state is."""
    chosen = wanted.get("state")
    if wanted.get("mine"):
        among = among.filter(case__case_owner=by)
    if wanted.get("blocked"):
        among = among.filter(pk__in=blocked(Engagement.objects.all()).values("pk"))
    among = among.filter(state__in=chosen) if chosen else among.filter(Q(state__in=PENDING) | to_write_up())
    if wanted.get("kind"):
        among = among.filter(kind=wanted["kind"])
    if wanted.get("force"):
        among = among.filter(force=wanted["force"])
    if wanted.get("region"):
        among = among.filter(force__region=wanted["region"])
    return among


def for_discussion(
    among: QuerySet[Engagement], wanted: Mapping[str, Any], *, now: datetime
) -> list[tuple[str, list[Line]]]:
    """Everything pending by region and date, the nearest time first: what the tasking meeting goes through.

    `wanted` may hold region ("none" for forces of no region), starts_on and ends_on: what falls between these
    days. What has no time yet belongs to every day.
    """
    pending = engagements(among.filter(Q(state__in=PENDING), between(wanted)))
    if wanted.get("region"):
        pending = pending.filter(force__region="" if wanted["region"] == "none" else wanted["region"])
    regions = {region: place for place, region in enumerate([*Region.values, ""])}
    found = [
        line(each, now=now) for each in pending.order_by(F("window_starts_at").asc(nulls_last=True), "pk")
    ]
    found.sort(key=lambda each: regions[each.engagement.force.region])
    grouped = groupby(found, key=lambda each: each.engagement.force.in_region)
    return [(region, list(rows)) for region, rows in grouped]


def between(wanted: Mapping[str, Any]) -> Q:
    """Those whose time touches the days asked for, and those whose time nobody has said yet."""
    starts_on, ends_on = wanted.get("starts_on"), wanted.get("ends_on")
    during = Q()
    if starts_on:
        during &= Q(window_ends_at__gte=start_of(starts_on))
    if ends_on:
        during &= Q(window_starts_at__lt=start_of(ends_on + timedelta(days=1)))
    return during | Q(window_starts_at=None) if during else Q()


def verbal_ones(among: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Every verbal authorisation, in writing or not."""
    return engagements(among.filter(verbal=True))


# For each role: what waits, in which states, and whether only on one's own cases.
DECIDES = (
    ("Requests to quality-assure", State.REQUESTED),
    ("Requests to risk-assess", State.QUALITY_ASSURED),
    ("Requests to authorise", State.RISK_ASSESSED),
    ("Authorised operations to task", State.AUTHORISED),
    ("Operations that are stopped", State.STOPPED),
    ("Operations a force has declined", State.DECLINED),
)
ASKS = (
    ("Operations returned to you", State.RETURNED),
    ("Operations to send", State.DRAFT),
    ("Authorised operations to task", State.AUTHORISED),
    ("Operations that are stopped", State.STOPPED),
    ("Operations a force has declined", State.DECLINED),
)
# What the force does next: of one operation, of several, and in which states.
ACTS: tuple[tuple[str, str, *tuple[State, ...]], ...] = (
    ("Accept or decline the operation", "Operations to accept or decline", State.TASKED),
    ("Carry the operation out and record it", "Operations to record as carried out", State.ACCEPTED),
    (
        "Record the outcome of the operation",
        "Operations that need an outcome",
        State.EXECUTED,
        State.ABORTED,
    ),
    ("Stop: do not carry the operation out", "Operations that you must not carry out", State.STOPPED),
)


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """What waits for this person among engagements. One query, and one for verbal authorisations."""
    seen = Engagement.objects.visible_to(user).order_by()
    if user.role in FORCE:
        yield from lines_of([act[1:] for act in ACTS], seen)
    elif user.role == Role.CIO_HMI:
        yield from lines_of(DECIDES, seen)
        yield unwritten(seen, now)
    elif user.role == Role.CASE_OWNER:
        yield from lines_of(ASKS, seen.filter(case__case_owner=user), mine=True)
    elif user.role == Role.SENIOR_CASEWORKER:
        yield of_blocked("Operations that trafficking blocks", seen, (*DECIDED_ON, State.STOPPED))


def lines_of(
    told: Iterable[tuple[str, *tuple[State, ...]]], among: QuerySet[Engagement], *, mine: bool = False
) -> Iterator[WorkWaiting]:
    counts = dict(among.values_list("state").annotate(number=Count("pk")))
    own = "&mine=on" if mine else ""
    for words, *states in told:
        query = "&".join(f"state={state}" for state in states)
        number = sum(counts.get(state, 0) for state in states)
        yield WorkWaiting(words, number, f"{reverse('engagement:list')}?{query}{own}")


def of_blocked(words: str, among: QuerySet[Engagement], states: Iterable[State]) -> WorkWaiting:
    query = "&".join(f"state={state.value}" for state in states)
    found = blocked(among.filter(state__in=states))
    return WorkWaiting(words, found, f"{reverse('engagement:list')}?blocked=on&{query}")


def unwritten(among: QuerySet[Engagement], now: datetime) -> WorkWaiting:
    found, path = among.filter(to_write_up()), reverse("engagement:verbal")
    late = found.filter(write_up_due_at__lte=now)
    return WorkWaiting("Verbal authorisations to write up", found, path, overdue=late)


def blocked(among: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Those with a trafficking indicator of which nobody has recorded anything since it was known: neither what was
    decided about it, nor whether this operation may go ahead."""
    reviews = TraffickingReview.objects.filter(engagement=OuterRef("pk")).order_by("-at", "-pk")
    barriers = Barrier.objects.filter(case=OuterRef("case"), kind=BarrierKind.TRAFFICKING)
    ended = barriers.filter(outcome__in=ENDING).order_by("-lifted_at")
    seen_at = Coalesce(
        Greatest(Subquery(reviews.values("at")[:1]), Subquery(ended.values("lifted_at")[:1])),
        Value(LONG_AGO, output_field=DateTimeField()),
    )
    answers = RiskAnswer.objects.filter(
        engagement__case=OuterRef("case"),
        question=Question.TRAFFICKING,
        answer=YES,
        answered_at__gt=OuterRef("seen_at"),
    )
    referrals = Referral.objects.filter(
        Q(pk=OuterRef("case__referral")) | Q(follows=OuterRef("case__referral")), trafficking_indicator=YES
    )
    new_barriers = barriers.filter(lifted_at=None, recorded_at__gt=OuterRef("seen_at"))
    return among.annotate(seen_at=seen_at).filter(
        Exists(answers) | Exists(new_barriers) | Q(Exists(referrals), case__opened_at__gt=F("seen_at"))
    )


def operations_of_force(
    *, force: Force, referral: Referral | None, reader: User
) -> list[tuple[str, int, str]]:
    """What the force did of the operations it was tasked with: in words, how often, and where they stand."""
    seen = Engagement.objects.visible_to(reader).filter(force=force).order_by()
    path = f"{reverse('engagement:list')}?force={force.code}"
    if referral:
        seen = seen.filter(case__referral=referral)
        path = reverse("engagement:case", args=[referral.reference]) + "?"
    counts = seen.aggregate(
        carried_out=Count("pk", filter=went("execute")),
        broken_off=Count("pk", filter=went("abort")),
        no_resource=Count("pk", filter=Q(state=State.DECLINED, decline_kind=DeclineKind.RESOURCE)),
    )
    ended = f"&state={State.CONCLUDED}"
    return [
        ("Operations carried out", counts["carried_out"], f"{path}&state={State.EXECUTED}{ended}"),
        ("Operations aborted", counts["broken_off"], f"{path}&state={State.ABORTED}{ended}"),
        ("Operations declined: no resource", counts["no_resource"], f"{path}&state={State.DECLINED}"),
    ]


def went(verb: str) -> Q:
    """Those that once were carried out, or aborted: with an outcome the state no longer says which."""
    return Q(Exists(EngagementChange.objects.filter(engagement=OuterRef("pk"), verb=verb)))

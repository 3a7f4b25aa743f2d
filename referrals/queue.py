"""The triage queue: which referrals, found by what, in which order. Reads only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from nexus.accounts.models import User
from nexus.working_days import first_day_within, working_days_between
from referrals.models import Alias, Channel, Referral, TriageDecision
from referrals.queries import facts_of
from referrals.rules.assessment import assess
from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.terms import Route, Term
from referrals.states import UNDECIDED, State

NOBODY, ME = "nobody", "me"
MAX_WORDS = 8  # of a search; more than any name here has, and few enough for one query

# What the queue can be sorted by. Upwards means nearest deadline, youngest, A to Z.
SORTS = {
    "clock": ["live_rank", "custody_clock_started_at", "submitted_at"],
    "age": ["-submitted_at"],
    "force": ["force__name", "submitted_at"],
    "name": ["surname", "forenames"],
}

# Which outcome of the matrix points to which route: M1 to M3 of the brief.
ROUTE_OF = {
    MatrixOutcome.M1: Route.ADMINISTRATIVE_REMOVAL,
    MatrixOutcome.M2: Route.CONVICTION_LED,
    MatrixOutcome.M3: Route.INTELLIGENCE_LED,
}


class Age(Term):
    """How long a referral has been here, in working days. The bands are local, not the guidance's."""

    UP_TO_2 = "0-2", "2 working days or less"
    UP_TO_5 = "3-5", "3 to 5 working days"
    UP_TO_10 = "6-10", "6 to 10 working days"
    OVER_10 = "11-", "More than 10 working days"

    @property
    def days(self) -> tuple[int, int | None]:
        least, _, most = self.value.partition("-")
        return int(least), int(most) if most else None


def queue(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with what a line of the queue needs: live-time undecided ones have `live_rank` 0."""
    decided_at = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None)
    return referrals.select_related("force", "claimed_by").annotate(
        live_rank=Case(
            When(channel=Channel.LIVE_TIME, state__in=UNDECIDED, then=0),
            default=1,
            output_field=IntegerField(),
        ),
        decided_at=Subquery(decided_at.values("decided_at")[:1]),
    )


def filtered(
    referrals: QuerySet[Referral], wanted: Mapping[str, Any], *, by: User, now: datetime
) -> QuerySet[Referral]:
    """The referrals asked for; those undecided where no state is.

    `wanted` may hold state and channel (lists), force (a Force), age (an `Age` value), held_by
    (nobody, me or a person's number) and route.
    """
    referrals = referrals.filter(state__in=wanted.get("state") or UNDECIDED)
    if wanted.get("channel"):
        referrals = referrals.filter(channel__in=wanted["channel"])
    if wanted.get("force"):
        referrals = referrals.filter(force=wanted["force"])
    if wanted.get("age"):
        referrals = referrals.filter(of_age(Age(wanted["age"]), now))
    if wanted.get("held_by"):
        referrals = referrals.filter(holder(wanted["held_by"], by))
    if wanted.get("route"):
        referrals = referrals.filter(on_route(Route(wanted["route"]), referrals))
    return referrals


def of_age(age: Age, now: datetime) -> Q:
    """Submitted so many working days before `now`."""
    least, most = age.days
    found = Q()
    if most is not None:
        found &= Q(submitted_at__gte=start_of(first_day_within(most, now)))
    if least:
        found &= Q(submitted_at__lt=start_of(first_day_within(least - 1, now)))
    return found


def start_of(day: date) -> datetime:
    """Midnight in London."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def holder(held_by: str, by: User) -> Q:
    if held_by == NOBODY:
        return Q(claimed_by=None)
    return Q(claimed_by=by.pk if held_by == ME else int(held_by))


def on_route(route: Route, among: QuerySet[Referral]) -> Q:
    """Decided for this route; or undecided, and the matrix points to it.

    The rules stay in one place: they are asked about each undecided referral, in three queries.
    """
    undecided = among.filter(state__in=UNDECIDED).select_related("force")
    undecided = undecided.prefetch_related("conduct", "nationalities")
    pointed = [referral.pk for referral in undecided if indicated_route(referral) is route]
    decided = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None, route=route)
    return Q(pk__in=pointed) | (Q(Exists(decided)) & ~Q(state__in=UNDECIDED))


def indicated_route(referral: Referral) -> Route | None:
    """The route the matrix points to, if any. It informs; an officer decides."""
    facts = facts_of(referral)
    return ROUTE_OF.get(outcome_of(facts, assess(facts)))


def search(referrals: QuerySet[Referral], words: str, *, now: datetime) -> QuerySet[Referral]:
    """By name (any order, other names too, without regard to case and accents), reference or identifier."""
    return referrals.alias(folded_name=folded(Concat("surname", Value(" "), "forenames"))).filter(
        by_name(words) | by_number(words, this_year=timezone.localdate(now).year)
    )


def folded(text: Any) -> Func:
    """Lower case without accents, with spaces for hyphens and apostrophes."""
    plain = Lower(Func(text, function="unaccent", output_field=CharField()))
    return Func(plain, Value("-‐'’."), Value("     "), function="translate", output_field=CharField())


def by_name(words: str) -> Q:
    """Every word of the search is somewhere in the name or in another name."""
    tokens = re.split(r"[\s,\-‐'’.]+", words.strip(" ,-‐'’."))[:MAX_WORDS]

    def has(token: str) -> Q:
        other = Alias.objects.filter(referral=OuterRef("pk")).alias(folded_name=folded(F("name")))
        wanted = folded(Value(token))
        return Q(folded_name__contains=wanted) | Q(Exists(other.filter(folded_name__contains=wanted)))

    return reduce(and_, (has(token) for token in tokens if token), Q()) or Q(pk__in=())


def by_number(words: str, *, this_year: int) -> Q:
    """The reference or a part of it, or a whole identifier; PNC and CRO in any of their spellings."""
    squeezed = re.sub(r"\s", "", words)
    found = Q(pk__in=())
    if len(squeezed) >= 3 and any(character.isdigit() for character in squeezed):
        found |= Q(reference__icontains=squeezed)
    for field in ("home_office_reference", "cid_person_id", "prison_number", "passport_number"):
        found |= (Q(**{f"{field}__iexact": words}) | Q(**{f"{field}__iexact": squeezed})) & ~Q(**{field: ""})
    try:
        found |= Q(pnc_id=normal_pnc(words, this_year=this_year))
    except ValueError:
        pass  # not a PNC ID: it may be something else
    try:
        found |= Q(cro_number=normal_cro(words))
    except ValueError:
        pass
    return found


@dataclass(frozen=True)
class Clock:
    """A detention clock: when it runs out, and how long that is from now, or was ago."""

    ends_at: datetime
    passed: bool
    time: timedelta


def custody_clock(referral: Referral, now: datetime) -> Clock | None:
    """The clock of an undecided referral whose subject is in custody; it never pauses."""
    ends_at = referral.custody_ends_at
    if ends_at is None or not referral.in_custody or referral.state not in UNDECIDED:
        return None
    return Clock(ends_at, passed=ends_at <= now, time=abs(ends_at - now))


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    referral: Referral
    clock: Clock | None
    age: int
    claimable: bool


def line(referral: Referral, *, by: User, now: datetime) -> Line:
    """`referral` is of `queue()`. The age stops at the decision or the withdrawal."""
    ended = referral.decided_at or referral.withdrawn_at or now  # type: ignore[attr-defined]
    submitted = referral.submitted_at or now  # the queue holds what the force has sent
    return Line(
        referral,
        custody_clock(referral, now),
        age=working_days_between(submitted, ended),
        claimable=referral.state == State.SUBMITTED and referral.created_by_id != by.pk,
    )

"""Which referrals of the queue are asked for: by state, age, clock, holder, person and route."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.parts import the_one
from nexus.working_days import add_working_days, first_day_within, last_working_day
from referrals.models import Referral, TriageDecision
from referrals.parts import referral_parts
from referrals.rules.routes import ROUTE_OF
from referrals.rules.terms import Route, Term
from referrals.states import UNDECIDED

NOBODY, ME = "nobody", "me"


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


class Due(Term):
    """How a referral stands to its clocks."""

    PASSED = "passed", "Local target passed"
    SOON = "soon", "Local target today or tomorrow"
    CUSTODY = "custody", "In custody now"

    def rows(self, now: datetime) -> Q:
        """By the day kept on the row: what is decided has none."""
        today = last_working_day(now)
        if self is Due.PASSED:
            return Q(queue_target_on__lt=today)
        if self is Due.SOON:
            return Q(queue_target_on__range=(today, add_working_days(today, 1)))
        return Q(in_custody=True, custody_clock_started_at__isnull=False, state__in=UNDECIDED)


class SamePerson(Term):
    """What is known of other referrals of the same person, and of the register."""

    TO_JUDGE = "to_judge", "Possibly the same person, not judged yet"
    LEADS = "leads", "Merged: leads others"
    FOLLOWS = "follows", "Merged: follows another"

    @property
    def rows(self) -> Q:
        if self is SamePerson.TO_JUDGE:
            has_pairs = the_one(part.has_pairs_to_judge for part in referral_parts())
            return has_pairs(referral=OuterRef("pk")) & Q(state__in=UNDECIDED)
        followers = Referral.objects.filter(follows__isnull=False)
        return Q(pk__in=followers.values("follows")) if self is SamePerson.LEADS else Q(follows__isnull=False)


def filtered(
    referrals: QuerySet[Referral], wanted: Mapping[str, Any], *, by: User, now: datetime
) -> QuerySet[Referral]:
    """The referrals asked for; those undecided where no state is.

    `wanted` may hold state and channel (lists), force (a Force), age (an `Age` value), clock (a `Due`
    value), held_by (nobody, me or a person's number), same_person (a `SamePerson` value) and route.
    """
    return referrals.filter(asked_for(wanted, by=by, now=now))


def asked_for(wanted: Mapping[str, Any], *, by: User, now: datetime) -> Q:
    """What `wanted` of `filtered` asks for."""
    states = wanted.get("state") or UNDECIDED
    found = Q(state__in=states)
    same = SamePerson(wanted["same_person"]) if wanted.get("same_person") else None
    found &= same.rows if same else Q()
    if same is not SamePerson.FOLLOWS:
        found &= Q(follows__isnull=True)  # nobody triages a follower on its own
    if wanted.get("channel"):
        found &= Q(channel__in=wanted["channel"])
    if wanted.get("force"):
        found &= Q(force=wanted["force"])
    if wanted.get("age"):
        found &= of_age(Age(wanted["age"]), now)
    if wanted.get("clock"):
        found &= Due(wanted["clock"]).rows(now)
    if wanted.get("held_by"):
        found &= holder(wanted["held_by"], by)
    if wanted.get("route"):
        found &= on_route(Route(wanted["route"]), states)
    return found


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


def on_route(route: Route, states: Collection[str]) -> Q:
    """Of these states: decided for this route; or undecided, and the matrix points to it."""
    outcomes = [outcome for outcome, towards in ROUTE_OF.items() if towards is route]
    indicated = reduce(or_, (Q(matrix_outcome=outcome) for outcome in outcomes))
    decision = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None, route=route)
    if set(states) <= set(UNDECIDED):
        return indicated
    return (indicated & Q(state__in=UNDECIDED)) | (Exists(decision) & ~Q(state__in=UNDECIDED))

"""The triage queue: which referrals, found by what, in which order. Reads only."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from hashlib import sha256
from operator import and_
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils import timezone
from django.utils.module_loading import import_string

from nexus.accounts.models import User
from nexus.working_days import (
    bank_holidays,
    first_day_within,
    is_working_day,
    local_day,
    working_days_between,
)
from referrals.models import (
    Alias,
    Channel,
    InformationRequest,
    Proposal,
    Referral,
    ReferralChange,
    TriageDecision,
)
from referrals.queries import facts_of
from referrals.rules.assessment import assess
from referrals.rules.clocks import Pause, TargetClock, target_clock
from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.questions import Standing, standing
from referrals.rules.terms import MaterialLevel, Route, Status, Term
from referrals.states import UNDECIDED, State

NOBODY, ME = "nobody", "me"
MAX_WORDS = 8  # of a search; more than any name here has, and few enough for one query

# What the queue can be sorted by. Upwards means nearest deadline, youngest, A to Z.
SORTS = {
    "clock": ["live_rank", "custody_clock_started_at", "clock_left", "submitted_at"],
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


class Due(Term):
    """How a referral stands to its clocks."""

    PASSED = "passed", "Local target passed"
    SOON = "soon", "Local target today or tomorrow"
    CUSTODY = "custody", "In custody now"

    @property
    def rows(self) -> Q:
        if self is Due.PASSED:
            return Q(clock_left__lt=0)
        if self is Due.SOON:
            return Q(clock_left__in=[0, 1])
        return Q(in_custody=True, custody_clock_started_at__isnull=False, state__in=UNDECIDED)


class SamePerson(Term):
    """What is known of other referrals of the same person, and of the register."""

    TO_JUDGE = "to_judge", "Possibly the same person, not judged yet"
    LEADS = "leads", "Merged: leads others"
    FOLLOWS = "follows", "Merged: follows another"

    @property
    def rows(self) -> Q:
        if self is SamePerson.TO_JUDGE:
            return Q(pairs_to_judge__gt=0, state__in=UNDECIDED)
        return Q(followers_count__gt=0) if self is SamePerson.LEADS else Q(follows__isnull=False)


def queue(referrals: QuerySet[Referral], now: datetime) -> QuerySet[Referral]:
    """Referrals with what a line of the queue needs, and what it is sorted by.

    Live-time undecided ones have `live_rank` 0; `clock_left` is what `target_of` finds, reckoned in SQL.
    """
    decided_at = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None)
    return (
        referrals.select_related("force", "claimed_by", "follows")
        .prefetch_related("information_requests__questions")
        .annotate(
            live_rank=Case(
                When(channel=Channel.LIVE_TIME, state__in=UNDECIDED, then=0),
                default=1,
                output_field=IntegerField(),
            ),
            decided_at=Subquery(decided_at.values("decided_at")[:1]),
            read_twice=Exists(Proposal.objects.standing().filter(referral=OuterRef("pk"))),
            reopened_at=Subquery(reopenings(OuterRef("pk")).values("at")[:1]),
            clock_from=Coalesce("reopened_at", "submitted_at"),
            pairs_to_judge=import_string(settings.NEXUS_PAIRS_TO_JUDGE)(OuterRef("pk")),
            followers_count=counted_of(Referral.objects.filter(follows=OuterRef("pk"))),
        )
        .annotate(clock_left=clock_left(now))
    )


def counted_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a subquery finds."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Coalesce(Subquery(one.values("number")), 0)


def in_order(referrals: QuerySet[Referral], order: Sequence[str]) -> QuerySet[Referral]:
    """Sorted as a page of the queue is: empty values last in both directions, the number settles ties."""
    terms = [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)
        for name in order
    ]
    return referrals.order_by(*terms, "pk")


def reopenings(referral: Any) -> QuerySet[ReferralChange]:
    """Newest first. A reopened referral's target begins anew."""
    return ReferralChange.objects.filter(referral=referral, verb="reopen").order_by("-at")


def clock_left(now: datetime) -> Case:
    """Working days left to the local target of the referral's stage; empty once it is decided."""
    asked = InformationRequest.objects.filter(referral=OuterRef("pk"), asked_at__gte=OuterRef("clock_from"))
    waited = (
        asked.order_by()
        .values("referral")
        .annotate(
            days=Sum(
                working_day_number(Coalesce("closed_at", Value(now))) - working_day_number(F("asked_at"))
            )
        )
    )
    counted = (
        working_day_number(Value(now))
        - working_day_number(F("clock_from"))
        - Coalesce(Subquery(waited.values("days")), 0)
    )
    return Case(
        *(
            When(state=state, then=Value(days) - counted)
            for state, days in settings.NEXUS_LOCAL_TARGETS.items()
        ),
        output_field=IntegerField(),
    )


def working_day_number(moment: Any) -> Func:
    """Working days from a Monday long ago to a moment's day in London, so that differences count them."""
    return Func(
        moment,
        template=(
            "(SELECT n / 7 * 5 + LEAST(MOD(n, 7) + 1, 5) - WIDTH_BUCKET(day, '{%(holidays)s}'::date[])"
            " FROM (SELECT day, day - DATE '2001-01-01' AS n"
            " FROM (SELECT (%(expressions)s AT TIME ZONE 'Europe/London')::date AS day) AS one) AS counted)"
        ),
        holidays=",".join(str(day) for day in bank_holidays() if day.weekday() < 5),
        output_field=IntegerField(),
    )


def filtered(
    referrals: QuerySet[Referral], wanted: Mapping[str, Any], *, by: User, now: datetime
) -> QuerySet[Referral]:
    """The referrals asked for; those undecided where no state is.

    `wanted` may hold state and channel (lists), force (a Force), age (an `Age` value), clock (a `Due`
    value), held_by (nobody, me or a person's number), same_person (a `SamePerson` value) and route. `referrals` are of `queue()`.
    """
    referrals = referrals.filter(asked_for(wanted, by=by, now=now))
    if wanted.get("route"):
        pointed = routes_indicated(referrals)
        referrals = referrals.filter(on_route(Route(wanted["route"]), pointed))
    return referrals


def asked_for(wanted: Mapping[str, Any], *, by: User, now: datetime) -> Q:
    """Everything of `filtered` but the route, which the rules must be asked about."""
    found = Q(state__in=wanted.get("state") or UNDECIDED)
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
        found &= Due(wanted["clock"]).rows
    if wanted.get("held_by"):
        found &= holder(wanted["held_by"], by)
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


def routes_indicated(among: QuerySet[Referral]) -> dict[int, Route | None]:
    """Where the matrix points for each undecided referral, in three queries: the rules stay in one place."""
    undecided = among.filter(state__in=UNDECIDED).order_by().values("pk")
    referrals = Referral.objects.filter(pk__in=undecided).select_related("force").order_by()
    referrals = referrals.prefetch_related("conduct", "nationalities")
    return {referral.pk: indicated_route(referral) for referral in referrals}


def on_route(route: Route, pointed: Mapping[int, Route | None]) -> Q:
    """Decided for this route; or undecided, and the matrix points to it."""
    indicated = [pk for pk, towards in pointed.items() if towards is route]
    decided = TriageDecision.objects.filter(superseded_at=None, route=route).order_by()
    return Q(pk__in=indicated) | (Q(pk__in=decided.values("referral")) & ~Q(state__in=UNDECIDED))


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


def custody_clock(referral: Referral, now: datetime, states: Collection[str] = UNDECIDED) -> Clock | None:
    """The clock of a subject in custody while the referral is in one of `states`; it never pauses."""
    ends_at = referral.custody_ends_at
    if ends_at is None or not referral.in_custody or referral.state not in states:
        return None
    return Clock(ends_at, passed=ends_at <= now, time=abs(ends_at - now))


def target_of(referral: Referral, now: datetime, reopened_at: datetime | None) -> TargetClock | None:
    """The local target of the stage an undecided referral is in. Only questions to the force pause it."""
    target = settings.NEXUS_LOCAL_TARGETS.get(referral.state)
    if target is None or referral.submitted_at is None:
        return None
    start = reopened_at or referral.submitted_at
    return target_clock(
        local_day(start),
        local_day(now),
        target=target,
        pauses=[pause_of(asked) for asked in referral.information_requests.all() if asked.asked_at >= start],
        worked=is_working_day,
    )


def pause_of(asked: InformationRequest) -> Pause:
    return Pause(local_day(asked.asked_at), local_day(asked.closed_at) if asked.closed_at else None)


@dataclass(frozen=True)
class Waiting:
    """What the open request of a referral waits for: its worst question, and how many are answered of how many."""

    standing: Standing
    due_on: date
    answered: int
    asked: int

    @property
    def words(self) -> str:
        """answer from the force, due 3 November · answers from the force, 1 of 3, overdue since 3 November"""
        what = (
            "answer from the force"
            if self.asked == 1
            else f"answers from the force, {self.answered} of {self.asked}"
        )
        since = "was due" if self.standing is Standing.OVERDUE else "due"
        return f"{what}, {since} {self.due_on:%-d %B}"


def waiting_for(referral: Referral, today: date) -> Waiting | None:
    """Read from what `queue` has fetched. A withdrawn question is not counted."""
    for asked in referral.information_requests.all():
        questions = [each for each in asked.questions.all() if not each.withdrawn_at]
        unanswered = [each.due_on for each in questions if not each.answered_at]
        if asked.closed_at is None and unanswered:
            due_on = min(unanswered)
            answered = len(questions) - len(unanswered)
            return Waiting(standing_on(due_on, today), due_on, answered, len(questions))
    return None


def standing_on(due_on: date, today: date) -> Standing:
    """How a question due on this day stands today."""
    soon_from = first_day_within(settings.NEXUS_REMIND_BEFORE_DAYS, due_on)
    return standing(due_on, today, soon_from=soon_from)


def missing(referral: Referral, today: date) -> list[str]:
    """What triage waits for or will have to find out, in a few words each."""
    waiting = waiting_for(referral, today)
    found = [waiting.words] if waiting else []
    if referral.immigration_status in ("", Status.UNKNOWN):
        found.append("immigration status")
    if referral.no_identifiers_known:
        found.append("identifiers")
    if referral.date_of_birth is None:
        found.append("date of birth")
    if "not_known" in (referral.may_be_british, referral.may_be_irish, referral.right_of_abode):
        found.append("scope check")
    if referral.material_level == MaterialLevel.NONE:
        found.append("disclosable material")
    return found


@dataclass(frozen=True)
class Line:
    """One line of the queue. `age` in working days; `target` the local one, with what was counted."""

    referral: Referral
    clock: Clock | None
    target: TargetClock | None
    age: int
    missing: list[str]
    waiting: Waiting | None
    claimable: bool
    stamp: str

    @property
    def to_judge(self) -> int:
        """How many may be the same person and were not judged yet; once it is decided nobody asks."""
        pairs: int = self.referral.pairs_to_judge  # type: ignore[attr-defined]
        return pairs if self.referral.state in UNDECIDED else 0

    @property
    def same_person(self) -> str:
        """In words: 2 to judge; leads 1 · follows NHH-2026-000123"""
        leads: int = self.referral.followers_count  # type: ignore[attr-defined]
        follows = self.referral.follows
        said = [f"{self.to_judge} to judge" if self.to_judge else "", f"leads {leads}" if leads else ""]
        return "; ".join(each for each in (*said, f"follows {follows}" if follows else "") if each)


def stamp(referral: Referral) -> str:
    """What of a referral a deed on many must find unchanged: its state, who holds it, what it says."""
    told = (referral.state, referral.claimed_by_id, referral.claimed_at, referral.changed_at)
    return sha256(repr(told).encode()).hexdigest()[:12]


def line(referral: Referral, *, by: User, now: datetime) -> Line:
    """`referral` is of `queue()`. The age stops at the decision or the withdrawal."""
    ended = referral.decided_at or referral.withdrawn_at or now  # type: ignore[attr-defined]
    submitted = referral.submitted_at or now  # the queue holds what the force has sent
    undecided = referral.state in UNDECIDED
    return Line(
        referral,
        custody_clock(referral, now),
        target=target_of(referral, now, referral.reopened_at),  # type: ignore[attr-defined]
        age=working_days_between(submitted, ended),
        missing=missing(referral, local_day(now)) if undecided else [],
        waiting=waiting_for(referral, local_day(now)) if undecided else None,
        stamp=stamp(referral),
        claimable=referral.state == State.SUBMITTED
        and not referral.follows_id
        and referral.created_by_id != by.pk,
    )

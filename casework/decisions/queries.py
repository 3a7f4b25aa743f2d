"""Queries about decisions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.decisions.models import (
    Challenge,
    ChallengeKind,
    Claim,
    ClaimEnd,
    Decision,
    Finding,
    Hearing,
    ServedHow,
)
from casework.decisions.permissions import WHO_MAY
from casework.decisions.person import known_person
from casework.decisions.rules.appeal_rights import (
    AppealRights,
    Certificate,
    Decided,
    appeal_rights,
    right_of,
)
from casework.decisions.rules.findings import NEVER_AGAINST, UNPROVEN, weight_of
from casework.decisions.rules.gaps import ClaimFacts, Facts, FindingFacts, Gap, gaps
from casework.decisions.rules.law import QUESTIONS, is_asked
from casework.decisions.rules.second_person import reasons_for_two
from casework.decisions.rules.time_limits import Place, last_day, permission_until, review_until, time_limit
from casework.decisions.states import REVIEW, STANDING, ChallengeState, State
from casework.material.queries import approved_for, no_statement_needed, statement_indicated
from casework.models import Case, Clarification, OpenQuestion
from casework.parts import Unfinished
from casework.rules.words import written
from casework.support.states import State as SupportState
from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import WorkWaiting
from nexus.ui.formatting import weekday
from nexus.working_days import add_working_days, is_working_day
from referrals.models import ConductEvent, Standing
from referrals.queries import facts_of
from referrals.queries import standing_decision as decision_of
from referrals.risks import unknown_risks
from referrals.rules.routes import departures
from referrals.rules.terms import CONVICTIONS, Part, Route, StatementNeed

# Local target, not the guidance's: a draft is reviewed within this many working days.
# Days: so far ahead a hearing stands among what waits for its case-owner. Local.
HEARINGS_AHEAD = 14
# Days: so near a hearing, the force must have answered whether its witnesses come. Local.
ANSWER_BEFORE = 3


DISMISSED = ChallengeState.DISMISSED


def standing_decision(case: Case) -> Decision | None:
    """The case's decision, draft or made; None where there is none, or where it was superseded."""
    people = ("drafted_by", "reviewed_by", "decided_by", "served_by")
    return case.decisions.exclude(state=State.SUPERSEDED).select_related(*people).first()


def findings_of(decision: Decision) -> list[Finding]:
    return list(decision.findings.select_related("event"))


def events_to_find_on(decision: Decision) -> QuerySet[ConductEvent]:
    """The referral's conduct events that may still become findings; a victim's or witness's never may."""
    referral = decision.case.referral
    taken = decision.findings.filter(event__isnull=False).values("event")
    return referral.conduct.exclude(part__in=NEVER_AGAINST).exclude(pk__in=taken)


def weight_of_event(event: ConductEvent | None) -> str:
    """What the event behind a finding may be used for; nothing where the allegation was written."""
    return weight_of(event.kind, stands=event.standing == Standing.STANDS) if event else ""


def is_conviction(event: ConductEvent | None) -> bool:
    """Whether the event behind a finding is a conviction that stands."""
    return (
        event is not None
        and event.kind in CONVICTIONS
        and event.part == Part.CONVICTED
        and event.standing == Standing.STANDS
    )


def unproven_offence(event: ConductEvent | None) -> str:
    """The offence of an event of which no court has convicted the subject, or whose conviction was quashed."""
    if event is None or not (event.kind in UNPROVEN or event.standing == Standing.QUASHED):
        return ""
    return event.offence


def departures_of(decision: Decision) -> list[str]:
    """Where the draft's route, and doing without material, depart from what the rules indicate."""
    route = decision.answer_to("route")
    if route not in Route.values():
        return []
    triage = decision_of(decision.case.referral)
    significant = triage.significant_conviction if triage else None
    facts = facts_of(decision.case.referral, significant_conviction=significant)
    return departures(facts, Route(route), _statement_used(decision))


def _statement_used(decision: Decision) -> StatementNeed:
    """Whether the draft uses a police statement, as triage would have said it; more than is needed departs from
    nothing."""
    indicated = statement_indicated(decision.case)
    if decision.answer_to("material") != "yes":
        return StatementNeed.NOT_NECESSARILY
    return StatementNeed.REQUIRED if indicated == StatementNeed.UNDETERMINED else indicated


def as_facts(decision: Decision, *, now: datetime) -> Facts:
    """The draft, and what the case has recorded, as the rules see them."""
    facts = [
        FindingFacts(
            number,
            each.allegation,
            each.evidence,
            each.proved,
            each.reasons,
            each.pk,
            is_conviction=is_conviction(each.event),
            unproven=unproven_offence(each.event),
        )
        for number, each in enumerate(findings_of(decision), start=1)
    ]
    approved = set(approved_for(decision.case).values_list("pk", flat=True))
    material = [pk in approved for pk in decision.material.values_list("pk", flat=True)]
    case = decision.case
    return Facts(
        decision.answers,
        facts,
        case.route,
        timezone.localdate(now),
        material,
        statement=statement_indicated(case),
        none_needed=no_statement_needed(case) is not None,
        unknown=unknown_risks(case.referral),
        status=case.referral.immigration_status,
        departures=departures_of(decision),
        person=known_person(case),
        trafficking=trafficking_of(case).sentences,
        claims=claim_facts(decision),
    )


def claims_of(case: Case) -> QuerySet[Claim]:
    """Everything the subject has claimed, the earliest first."""
    return Claim.objects.filter(case=case).select_related("recorded_by", "ended_by")


def claims_answered(case: Case) -> list[Claim]:
    """The same, each with `is_refused`."""
    refusing = Decision.objects.filter(claims=OuterRef("pk"), state__in=STANDING)
    return list(claims_of(case).annotate(is_refused=Exists(refusing)))


def is_refused(claim: Claim) -> bool:
    """Whether a decision that is made and stands refuses it."""
    return claim.decisions.filter(state__in=STANDING).exists()


def claim_facts(decision: Decision) -> list[ClaimFacts]:
    """Every claim on the case, as this draft answers it."""
    chosen = set(decision.claims.values_list("pk", flat=True))
    return [
        ClaimFacts(
            f"{claim.get_kind_display().lower()} of {written(claim.made_on)}",
            claim.kind,
            is_open=not claim.end,
            refused=claim.pk in chosen,
        )
        for claim in claims_of(decision.case)
        if claim.end != ClaimEnd.MISTAKE or claim.pk in chosen
    ]


def decided_of(decision: Decision, *, place: str = "") -> Decided:
    """What the rule on the right of appeal asks, from the decision itself; the place, until it is served, is here."""
    asked = is_asked(QUESTIONS["certified"], decision.answers)
    return Decided(
        decides=decision.answer_to("appealable"),
        claims=tuple(decision.claims.values_list("kind", flat=True)),
        certificate=decision.answer_to("certified") if asked else Certificate.NONE,
        place=place or decision.served_place or Place.IN_UK,
        sent_on=decision.served_on,
        posted=decision.served_how == ServedHow.POST,
    )


def appeal_rights_of(decision: Decision, *, place: str = "") -> AppealRights | None:
    """The right of appeal this decision carries, in words; None where its answers do not say."""
    return appeal_rights(decided_of(decision, place=place), is_working_day=is_working_day)


def right_carried(decision: Decision, typed: str = "") -> str:
    """Which right of appeal it carries: worked out; only of a decision that was never asked is it what was typed."""
    found = right_of(decided_of(decision))
    return found.value if found else typed


def gaps_of(decision: Decision, *, now: datetime) -> list[Gap]:
    """What the draft lacks."""
    return gaps(as_facts(decision, now=now))


def reasons_for_two_of(decision: Decision, *, now: datetime) -> list[str]:
    """Why a second person is needed before the decision is made."""
    return reasons_for_two(as_facts(decision, now=now))


def given_answers(decision: Decision) -> dict[str, dict[str, str]]:
    """The answers to what was asked; an answer to a question that is no longer asked counts for nothing."""
    return {
        name: given
        for name, given in decision.answers.items()
        if name in QUESTIONS and is_asked(QUESTIONS[name], decision.answers)
    }


def challenges_to(decision: Decision) -> list[Challenge]:
    """With their hearings and what the force says of its witnesses, the newest first."""
    hearings = Hearing.objects.select_related("attendance", "recorded_by")
    found = decision.challenges.select_related("concluded_by", "matter")
    return list(found.prefetch_related(Prefetch("hearings", hearings)))


def open_challenges(case: Case) -> QuerySet[Challenge]:
    return Challenge.objects.filter(decision__case=case, state=ChallengeState.OPEN)


def served_on(*, case: Case) -> date | None:
    """For casework/readiness.py: the day on which the standing decision was served."""
    return case.decisions.filter(state=State.SERVED).values_list("served_on", flat=True).first()


def challenges_against_removal(*, case: Case, today: date) -> list[str]:
    """An open challenge, and the time in which an appeal can still come.

    Of open challenges all but litigation of which somebody has judged that it does not suspend removal. "Nexus
    case-owners are non-suspensive appeal (NSA) accredited caseworkers" (p. 6): such an appeal does not hold it up.
    """
    open_ones = open_challenges(case).exclude(matter__suspends_removal=False).exists()
    reasons = ["The decision is under challenge."] if open_ones else []
    decision = case.decisions.filter(state=State.SERVED).first()
    if decision is None:
        return reasons
    return reasons + reasons_still_appealable(decision, today) + reasons_still_reviewable(decision, today)


def still_goes_on(*, case: Case) -> list[Unfinished]:
    """Open challenges, each with the hearings that nobody has recorded the result of."""
    rows = open_challenges(case).prefetch_related(Prefetch("hearings", Hearing.objects.filter(result="")))
    return [
        Unfinished(
            f"challenge_{row.pk}",
            f"{row.get_kind_display()} of {written(row.lodged_on)} is open{days_of(row)}. Record how it ended.",
        )
        for row in rows.order_by("pk")
    ]


def days_of(challenge: Challenge) -> str:
    """Its hearings to come, in the middle of a sentence."""
    days = [written(hearing.on) for hearing in challenge.hearings.all()]
    return f", with hearings to record: {', '.join(days)}" if days else ""


def reasons_still_appealable(decision: Decision, today: date) -> list[str]:
    """An appeal can be brought in time, or nobody has recorded whether it can. Once one was brought it speaks itself."""
    appeals = decision.challenges.filter(kind=ChallengeKind.APPEAL).values_list("state", "outcome_on")
    if appeals:
        return reasons_still_permitted(
            decision, [on for state, on in appeals if state == DISMISSED and on], today
        )
    if not (decision.served_place and decision.appeal_right):
        return ["Nobody has recorded where the subject is, and which right of appeal the decision carries."]
    if decision.appeal_until and today <= decision.appeal_until:
        return [f"An appeal can be brought in time until {written(decision.appeal_until)}."]
    return []


def reasons_still_reviewable(decision: Decision, today: date) -> list[str]:
    """Judicial review can be claimed in time, or is threatened. A claim that was lodged speaks for itself; and a Senior
    Caseworker may have recorded, of this very service, that none is threatened."""
    if decision.served_on is None or decision.challenges.filter(kind=ChallengeKind.JUDICIAL_REVIEW).exists():
        return []
    about = decision.case.clarifications.filter(
        about=OpenQuestion.JUDICIAL_REVIEW, at__gte=decision.served_at
    )
    answer = about.order_by("-at", "-pk").first()
    if answer is not None and not answer.found:
        return []
    if answer is not None:
        return [
            f"A judicial review is threatened or likely, as {answer.by} recorded on {written_day(answer)}."
        ]
    until = review_until(decision.served_on)
    if today > until:
        return []
    return [
        f"Judicial review can be claimed in time until {written(until)}. "
        "A Senior Caseworker may record that none is threatened or likely."
    ]


def written_day(answer: Clarification) -> str:
    return written(timezone.localdate(answer.at))


def reasons_still_permitted(decision: Decision, dismissed: Sequence[date], today: date) -> list[str]:
    """After the Tribunal dismissed an appeal permission to appeal further can be asked for."""
    place = decision.served_place
    days = [permission_until(place, day, is_working_day=is_working_day) for day in dismissed]
    return [
        f"Permission to appeal further can be asked for in time until {written(day)}."
        for day in days
        if today <= day
    ]


def appeal_until(*, place: str, right: str, served_on: date, how: str) -> date | None:
    """The last day of an appeal in time, from service; None where there is none or it begins with the departure."""
    limit = time_limit(right, place)
    posted = how == ServedHow.POST
    return last_day(limit, served_on, posted=posted, is_working_day=is_working_day) if limit else None


def to_review(user: User) -> QuerySet[Decision]:
    """Drafts that wait for a Senior Caseworker other than their drafter."""
    found = Decision.objects.visible_to(user).filter(state=State.SUBMITTED, case__outcome="")
    found = found.exclude(drafted_by=user)
    found = found.prefetch_related("case__referral__nationalities")
    return found.select_related("case__referral__force", "case__case_owner", "drafted_by")


def hearings_to_come(user: User) -> QuerySet[Hearing]:
    """Days in court whose result is not recorded: a case-owner's own, for others those of every case they see.

    A hearing under an open challenge stands there whatever became of the case meanwhile.
    """
    found = Hearing.objects.filter(result="", challenge__state=ChallengeState.OPEN)
    found = found.filter(challenge__decision__in=Decision.objects.visible_to(user))
    if user.role == Role.CASE_OWNER:
        found = found.filter(challenge__decision__case__case_owner=user)
    case = "challenge__decision__case"
    found = found.prefetch_related(f"{case}__referral__nationalities")
    return found.select_related(f"{case}__referral__force", f"{case}__case_owner", "attendance")


def clashes_of(hearings: Sequence[Hearing]) -> dict[int, str]:
    """By hearing, why its case-owner cannot be at it as well as at another: one query for them all."""
    owners = {hearing.challenge.decision.case.case_owner_id for hearing in hearings}
    days = {hearing.on for hearing in hearings}
    case = "challenge__decision__case"
    found = Hearing.objects.filter(
        result="",
        challenge__state=ChallengeState.OPEN,
        on__in=days,
        **{f"{case}__case_owner__in": owners - {None}},
    ).select_related(f"{case}__referral")
    warnings: dict[int, str] = {}
    others = list(found.order_by("at_time", "pk"))
    for hearing in hearings:
        owner = hearing.challenge.decision.case.case_owner_id
        same_day = [
            other.challenge.decision.case.referral.reference
            for other in others
            if other.pk != hearing.pk
            and other.on == hearing.on
            and owner is not None
            and other.challenge.decision.case.case_owner_id == owner
        ]
        if same_day:
            warnings[hearing.pk] = f"On the same day for the same case-owner: {', '.join(same_day)}"
    return warnings


def weeks_of(hearings: Sequence[Hearing]) -> dict[int, date]:
    """By the first hearing of each week in a list in order, the Monday of that week."""
    weeks: dict[int, date] = {}
    for hearing in hearings:
        monday = hearing.on - timedelta(days=hearing.on.weekday())
        if monday not in weeks.values():
            weeks[hearing.pk] = monday
    return weeks


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """A case-owner's hearings, and decisions to review for Senior Caseworkers: one query each."""
    if user.role == Role.CASE_OWNER:
        yield from hearings_near(user, timezone.localdate(now))
    if WHO_MAY.may("view_reviews", user):
        submitted = list(to_review(user).values_list("submitted_at", flat=True))
        late = sum(1 for at in submitted if at and is_late(at, now))
        yield WorkWaiting("Decisions to review", len(submitted), reverse("decisions:reviews"), late)


def hearings_near(user: User, today: date) -> Iterator[WorkWaiting]:
    """All upcoming hearings once one is near, the next by its day, and of how many the force has not answered whether
    its witnesses come. Late is what was heard and is not recorded, and what is unanswered with the day so near."""
    found = list(hearings_to_come(user).order_by("on").values_list("on", "attendance__state"))
    if not found or found[0][0] > today + timedelta(days=HEARINGS_AHEAD):
        return
    ahead = [day for day, _ in found if day >= today]
    open_days = [day for day, state in found if day >= today and state in UNANSWERED]
    late = len(found) - len(ahead) + sum(1 for day in open_days if day <= answer_due(today))
    words = f"Hearings, the next on {weekday(ahead[0])}" if ahead else "Hearings that need a result"
    if open_days:
        words += f"; {len(open_days)} with no answer about witnesses"
    yield WorkWaiting(words, len(found), reverse("decisions:hearings"), late)


UNANSWERED = (SupportState.SUBMITTED, SupportState.WITH_FORCE)


def answer_due(today: date) -> date:
    """For hearings up to this day an answer of the force is late."""
    return today + timedelta(days=ANSWER_BEFORE)


def is_late(submitted_at: datetime, now: datetime) -> bool:
    return add_working_days(submitted_at, REVIEW.limit) < timezone.localdate(now)

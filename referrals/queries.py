"""Queries about referrals."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, OuterRef, Subquery, When
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.once import once_a_reading
from nexus.parts import RequestToForce, WorkWaiting
from referrals.models import ConductEvent, Proposal, Question, Referral, Standing, TriageDecision
from referrals.permissions import TRIAGES, ProposalQuerySet, QuestionQuerySet
from referrals.rules.assessment import Assessment, assess
from referrals.rules.checks import Contradiction, contradictions, entered_twice
from referrals.rules.facts import Conduct, Facts, Material
from referrals.rules.follow_ups import is_asked
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.policies import policy_on
from referrals.rules.policy import Policy
from referrals.rules.second_reading import Cause, cause_of
from referrals.rules.sections import Gap, gaps
from referrals.rules.terms import ConductKind, MaterialLevel, Part, SentenceType, Status
from referrals.states import State

# What was done to a flag, by whom, when and why.
FlagChange = tuple[str, User, datetime, str]


def flag_changes(referral: Referral) -> list[FlagChange]:
    """That the flag was removed and set again, oldest first. That it was set at first goes with the decision."""
    changes: list[FlagChange] = []
    for flag in referral.flags.select_related("removed_by", "set_by"):
        if flag.set_because:
            changes.append(("set again", flag.set_by, flag.set_at, flag.set_because))
        if flag.removed_by and flag.removed_at:
            changes.append(("removed", flag.removed_by, flag.removed_at, flag.removed_because))
    return changes


def contradictions_of(referral: Referral, on: date | None = None) -> list[Contradiction]:
    """What the answers say against each other, on that day; without one, on the referral's own reference date."""
    day = on or reference_date(referral)
    return contradictions(referral, referral.conduct.all(), day, policy_on(day))


def alerts_of(referral: Referral) -> list[Contradiction]:
    """What the answers say against each other, and what looks as if it was entered twice: for who decides."""
    return contradictions_of(referral) + entered_twice(referral.conduct.all())


def unanswered(referral: Referral, on: date | None = None) -> list[Contradiction]:
    """The contradictions that are to be corrected or explained before it is sent."""
    answered = set(referral.differences_answered) if referral.differences_explained else set()
    return [
        each
        for each in contradictions_of(referral, on)
        if not (each.may_be_explained and each.sentence in answered)
    ]


def own_reference_is_taken(referral: Referral, wanted: str) -> bool:
    """Whether another referral of the force has this reference of its own; a withdrawn one gives it free."""
    same = Referral.objects.filter(force=referral.force_id, own_reference=wanted).exclude(pk=referral.pk)
    return bool(wanted) and same.exclude(state=State.WITHDRAWN).exists()


def gaps_of(referral: Referral, on: date | None = None) -> list[Gap]:
    """What the form still lacks before it can be sent, and what in it does not agree."""
    referral.nationality_count = referral.nationalities.count()
    contradicted = [
        Gap(each.section, each.field, f"{each.sentence}: {what_to_do(each)}")
        for each in unanswered(referral, on)
    ]
    return gaps(referral) + contradicted


def what_to_do(found: Contradiction) -> str:
    return "correct it, or explain it" if found.may_be_explained else "correct it"


def yes_no_none(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)


def conduct_of(event: ConductEvent) -> Conduct:
    """A conduct event as the rules see it. One court on one day is one court occasion."""
    return Conduct(
        kind=ConductKind(event.kind),
        convicted_on=event.convicted_on,
        sentence_type=SentenceType(event.sentence_type) if event.sentence_type else None,
        sentence_months=event.sentence_months,
        part=Part(event.part),
        quashed=event.standing == Standing.QUASHED,
        court_occasion=f"{event.convicted_on} {event.court.casefold()}" if event.convicted_on else None,
    )


def material_of(referral: Referral) -> Material:
    """Where there is no material the form does not ask what threat it shows: it shows none."""
    if referral.material_level == MaterialLevel.NONE:
        return Material(MaterialLevel.NONE, threat_current=False, threat_ongoing=False)
    return Material(
        level=MaterialLevel(referral.material_level) if referral.material_level else None,
        threat_current=referral.threat_current,
        threat_ongoing=referral.threat_ongoing,
    )


def harms_wider_community(referral: Referral) -> bool | None:
    """Unanswered until the harm section says on whom the harm falls."""
    if not (referral.harm_to_individuals or referral.harm_to_community):
        return None
    return referral.harm_to_community


def leave_continues(referral: Referral) -> bool | None:
    """Whether leave runs on while an application is pending; asked of nothing else."""
    return yes_no_none(referral.leave_continues) if is_asked("leave_continues", referral) else None


def reference_date(referral: Referral) -> date:
    """The day the referral was submitted, in the UK; today for a draft."""
    return referral.reference_date


def policy_for(referral: Referral) -> Policy:
    """The policy of the referral's own reference date."""
    return referral.policy


def facts_of(
    referral: Referral, *, held_by: str | None = None, significant_conviction: bool | None = None
) -> Facts:
    """The referral as the rules see it.

    `held_by` (a team's code) and `significant_conviction` are the referrals officer's, not the force's.
    """
    return Facts(
        reference_date=reference_date(referral),
        metropolitan=referral.force.metropolitan,
        immigration_status=Status(referral.immigration_status or Status.UNKNOWN),
        leave_continues=leave_continues(referral),
        date_of_birth=referral.date_of_birth,
        nationalities=tuple(nationality.code for nationality in referral.nationalities.all()),
        right_of_abode=yes_no_none(referral.right_of_abode),
        held_by=held_by,
        active_police_interest=referral.active_police_interest,
        removal_priority=referral.removal_priority,
        harms_wider_community=harms_wider_community(referral),
        significant_conviction=significant_conviction,
        material=material_of(referral),
        conduct=tuple(conduct_of(event) for event in referral.conduct.all()),
    )


def assessment_of(
    referral: Referral,
    *,
    held_by: str | None = None,
    significant_conviction: bool | None = None,
) -> Assessment:
    """What the rules show of the referral under the policy of its reference date. It informs; it decides nothing."""
    facts = facts_of(referral, held_by=held_by, significant_conviction=significant_conviction)
    return assess(facts, policy_for(referral))


def outcome_for(
    referral: Referral, *, held_by: str | None = None, significant_conviction: bool | None = None
) -> MatrixOutcome:
    """What the matrix says of the referral, under the policy of its reference date."""
    facts = facts_of(referral, held_by=held_by, significant_conviction=significant_conviction)
    policy = policy_for(referral)
    return outcome_of(facts, assess(facts, policy), policy)


def open_questions(referral: Referral) -> QuestionQuerySet:
    """What the force has not answered yet, the earliest day first."""
    questions = Question.objects.open().filter(request__referral=referral)
    return questions.select_related("request", "owner").order_by("due_on", "number")


def people_to_ask(referral: Referral) -> list[User]:
    """Who may own a question: first who raised the referral, then the force's officers by name."""
    raised_by = referral.raised_by
    officers = User.objects.filter(role__in=POLICE_ROLES, force=referral.force_id, is_active=True)
    others = officers.exclude(pk=raised_by.pk).order_by("full_name", "pk")
    return [*([raised_by] if raised_by.is_active else []), *others]


@once_a_reading
def standing_decision(referral: Referral) -> TriageDecision | None:
    return referral.decisions.filter(superseded_at=None).first()


@once_a_reading
def standing_proposal(referral: Referral) -> Proposal | None:
    """The decision that waits for its second reader."""
    return referral.proposals.standing().select_related("proposed_by").first()


def to_read_twice(user: User) -> ProposalQuerySet:
    """What waits for a second reader and may be read by this person: never their own, nor on what they raised.

    `clock` is when the detention of a subject in custody began.
    """
    found = Proposal.objects.visible_to(user).standing() if user.role in TRIAGES else Proposal.objects.none()
    detained = When(referral__in_custody=True, then="referral__custody_clock_started_at")
    return found.exclude(proposed_by=user).exclude(referral__created_by=user).annotate(clock=Case(detained))


def proposed_by(user: User) -> ProposalQuerySet:
    """The last proposal on each referral that this person holds: it waits, or says why it did not come to be."""
    held = Proposal.objects.visible_to(user).filter(
        proposed_by=user, referral__state=State.IN_TRIAGE, referral__claimed_by=user
    )
    last = Proposal.objects.filter(referral=OuterRef("referral")).order_by("-pk").values("pk")[:1]
    found = (
        held.filter(pk=Subquery(last))
        .select_related("referral__force", "read_by")
        .prefetch_related("referral__nationalities")
    )
    return found.order_by("proposed_at", "pk")


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py: what a referrals officer may read a second time."""
    if user.role in TRIAGES:
        path = reverse("referrals:second_readings")
        yield WorkWaiting("Decisions to read a second time", to_read_twice(user), path)


def why_read_twice(referral: Referral, *, accepted: bool, **judged: Any) -> Cause | None:
    """Why a decision needs a second reader; None where it does not, or where the settings leave it to one.

    `judged` are held_by (a team's code) and significant_conviction, as of `facts_of`.
    """
    cause = cause_of(outcome_for(referral, **judged), accepted=accepted)
    return cause if cause in {Cause(each) for each in settings.NEXUS_SECOND_READING} else None


def requests_to_force(*, user: User) -> Iterator[RequestToForce]:
    """For nexus/requests_to_force.py: the questions of the Referrals Office that wait for an answer."""
    found = Question.objects.visible_to(user).open().select_related("request__referral", "owner")
    for question in found:
        referral = question.request.referral
        yield RequestToForce(
            act="Answer the Referrals Office",
            words=question.text,
            subject=referral.subject_name,
            reference=referral.reference,
            path=reverse("referrals:answer", args=[referral.reference, question.pk]),
            due_on=question.due_on,
            ends_at=question.due_at,
            row=referral,
            owner=question.owner,
        )

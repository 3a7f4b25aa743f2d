"""Who is told what happened to a referral, and where the message leads. Called inside the actions."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify
from nexus.ui.formatting import count
from referrals.models import (
    Correction,
    InformationRequest,
    Proposal,
    Question,
    Referral,
    SpecialConditionsFlag,
    TriageDecision,
)
from referrals.parts import referral_parts
from referrals.rules.questions import Standing
from referrals.states import SENT


def submitted(referral: Referral, *, now: datetime) -> None:
    """The Referrals Office hears of what arrives in one message an hour, which counts on and leads to the queue.

    A subject in custody waits for nobody: the desk's clocks tell of that (referrals/desk/telling.py).
    """
    hour = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    arrived = Referral.objects.filter(state__in=SENT, submitted_at__gte=hour, submitted_at__lte=now).count()
    notify(
        event_key=f"referrals:{hour:%Y-%m-%dT%H}",
        kind="referral_submitted",
        to=User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True),
        now=now,
        subject=referral,
        called=count(arrived, "referral") if arrived > 1 else "",
        url_name="desk:queue",
        renewed=True,
    )


def leads_of(referral: Referral) -> QuerySet[User]:
    return User.objects.filter(role=Role.FORCE_LEAD, force=referral.force, is_active=True)


def questions_asked(request: InformationRequest, owners: Iterable[User], *, now: datetime) -> None:
    """Who is asked, who raised the referral and the force lead hear that something is asked of the force."""
    referral = request.referral
    people = [referral.raised_by, *owners, *leads_of(referral)]
    tell(referral, "information_requested", people, key=f"request:{request.pk}:asked", now=now)


def answered(request: InformationRequest, *, now: datetime) -> None:
    """Who holds the referral hears that the force has answered everything."""
    referral = request.referral
    key = f"request:{request.pk}:answered"
    tell(referral, "information_answered", [referral.claimed_by], key=key, now=now)


def added(request: InformationRequest, *, now: datetime) -> None:
    """Whoever holds the referral, or its case, hears that the force has added to it without being asked."""
    referral = request.referral
    holders = [each for part in referral_parts() if part.held_by for each in part.held_by(referral=referral)]
    people: list[User | None] = [*holders] or [referral.claimed_by]
    tell(referral, "information_added", people, key=f"request:{request.pk}:added", now=now)


def corrected(made: Correction, *, now: datetime) -> None:
    """Who holds the referral or its case, who decided on it, and its force hear that a fact was wrong."""
    referral = made.referral
    holders = [each for part in referral_parts() if part.held_by for each in part.held_by(referral=referral)]
    deciders = [each.decided_by for each in referral.decisions.filter(superseded_at=None)]
    people = [referral.raised_by, *leads_of(referral), referral.claimed_by, *deciders, *holders]
    others = [person for person in people if person and person.pk != made.corrected_by_id]
    tell(referral, "referral_corrected", others, key=f"correction:{made.pk}", now=now)


def no_longer_asked(referral: Referral, questions: Iterable[Question], *, now: datetime) -> None:
    """The owners hear that they need not answer any more."""
    for question in questions:
        key = f"question:{question.pk}:withdrawn"
        tell(referral, "question_withdrawn", [question.owner], key=key, now=now)


def given(question: Question, before: User, *, by: User, now: datetime) -> None:
    """Who is now to answer a question hears, and who was until now; not who has just said so."""
    people = [person for person in (question.owner, before) if person.pk != by.pk]
    key = f"question:{question.pk}:given:{now.isoformat()}"
    tell(question.request.referral, "question_reassigned", people, key=key, now=now)


def unanswered(question: Question, standing: Standing, *, now: datetime) -> None:
    """Before the day its owner is reminded; after it the force lead and who holds the referral hear too.

    Where the owner has left, the force lead is told from the first.
    """
    referral = question.request.referral
    overdue = standing is Standing.OVERDUE
    people: list[User | None] = [question.owner]
    if overdue or not question.owner.is_active:
        people += leads_of(referral)
    if overdue:
        people.append(referral.claimed_by)
    kind = "question_overdue" if overdue else "question_due_soon"
    tell(referral, kind, people, key=f"question:{question.pk}:{standing.value}", now=now)


def decided(decision: TriageDecision, *, now: datetime) -> None:
    """Who raised the referral hears that it is decided; the decision itself stands on its page."""
    referral = decision.referral
    tell(referral, "referral_decided", [referral.raised_by], key=f"decision:{decision.pk}", now=now)
    for follower in referral.followers.all():
        carried_on(follower, now=now, key=f"decision:{decision.pk}:{follower.pk}")


def carried_on(follower: Referral, *, now: datetime, key: str) -> None:
    """Who raised a referral that follows an accepted one hears that theirs is decided with it."""
    tell(follower, "referral_decided", [follower.raised_by], key=key, now=now)


def flag_removed(flag: SpecialConditionsFlag, *, now: datetime) -> None:
    """Who raised the referral and the force lead hear that their subject is no longer flagged."""
    referral = flag.referral
    people = [referral.raised_by, *leads_of(referral)]
    tell(referral, "flag_removed", people, key=f"flag:{flag.pk}:removed", now=now)


def flag_set_again(flag: SpecialConditionsFlag, *, now: datetime) -> None:
    """The same people hear that it is flagged again."""
    referral = flag.referral
    people = [referral.raised_by, *leads_of(referral)]
    tell(referral, "flag_set_again", people, key=f"flag:{flag.pk}:set-again", now=now)


def to_be_read_twice(proposal: Proposal, *, now: datetime) -> None:
    """Every other referrals officer hears that a decision waits for its second reader."""
    referral = proposal.referral
    office = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True)
    others = office.exclude(pk__in=[proposal.proposed_by_id, referral.created_by_id])
    tell_of(proposal, "second_reading_waits", others, key=f"proposal:{proposal.pk}:made", now=now)


def proposal_ended(proposal: Proposal, *, now: datetime) -> None:
    """Its proposer hears what became of it."""
    key = f"proposal:{proposal.pk}:{proposal.state}"
    tell_of(proposal, f"proposal_{proposal.state}", [proposal.proposed_by], key=key, now=now)


def tell_of(proposal: Proposal, kind: str, to: Iterable[User], *, key: str, now: datetime) -> None:
    referral = proposal.referral
    notify(
        event_key=key,
        kind=kind,
        to=to,
        now=now,
        subject=referral,
        url_name="referrals:proposal",
        url_args=[referral.reference, proposal.pk],
    )


def tell(referral: Referral, kind: str, to: Iterable[User | None], *, key: str, now: datetime) -> None:
    notify(
        event_key=key,
        kind=kind,
        to=to,
        now=now,
        subject=referral,
        url_name="referrals:detail",
        url_args=[referral.reference],
    )

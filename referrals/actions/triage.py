"""Triage before the decision: who holds the referral."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if, wordless
from referrals.actions.lapse import lapse
from referrals.actions.steps import lock
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.queue import SORTS, in_order
from referrals.states import State


def reasons_not_to_claim(referral: Referral, by: User) -> list[str]:
    if referral.claimed_by_id and referral.claimed_by_id != by.pk:
        return [f"{referral.claimed_by} already holds this referral, since {claimed_since(referral)}."]
    if referral.created_by_id == by.pk:
        return ["You raised this referral, so somebody else must triage it."]
    return referral.reasons_not_to_move("claim")


def claimed_since(referral: Referral) -> str:
    from_when = timezone.localtime(referral.claimed_at)
    return f"{from_when:%-d %B %Y} at {from_when:%-I:%M}{from_when:%p}".replace("AM", "am").replace(
        "PM", "pm"
    )


@transaction.atomic
def claim(*, referral_id: int, by: User, now: datetime) -> Referral:
    """Take a waiting referral. Of two at once one wins, and the other is told who holds it (Refused).

    Pressed twice it is claimed once.
    """
    referral = lock(referral_id, by=by, verb="claim")
    if referral.state == State.IN_TRIAGE and referral.claimed_by_id == by.pk:
        return referral
    refuse_if(reasons_not_to_claim(referral, by))
    referral.move("claim", by=by, now=now)
    record(kind="referral.claimed", by=by, subject=referral, now=now)
    return referral


NOTHING_LEFT = "There is nothing to take: no referral is waiting to be claimed."


@transaction.atomic
def take_next(*, by: User, now: datetime) -> Referral:
    """Claim what is most urgent: live-time by the custody clock, then by the local target.

    Rows that others are claiming at this moment are passed over, never waited for: nobody is given the
    same one, and nobody queues. Raises Refused when nothing is left.
    """
    WHO_MAY.permit("take_next", by)
    waiting = Referral.objects.visible_to(by).filter(state=State.SUBMITTED, follows=None)
    unclaimed = in_order(waiting.exclude(created_by=by), SORTS["clock"])
    found = unclaimed.select_for_update(of=("self",), skip_locked=True).first()
    if found is None:
        raise Refused(NOTHING_LEFT)
    return claim(referral_id=found.pk, by=by, now=now)


def reasons_not_held_by(referral: Referral, by: User) -> list[str]:
    """Triage is personal: only who holds the referral goes on with it."""
    if referral.claimed_by_id is None:
        return ["Nobody holds this referral. Claim it first."]
    if referral.claimed_by_id != by.pk:
        return [f"{referral.claimed_by} holds this referral. Ask them, or a manager, to release it."]
    return []


def reasons_not_to_release(referral: Referral, by: User) -> list[str]:
    """The state, and for officers whose referral it is. A manager's reason is asked for besides."""
    reasons = referral.reasons_not_to_move("release")
    return reasons or ([] if by.role == Role.MANAGER else reasons_not_held_by(referral, by))


@transaction.atomic
def release(*, referral_id: int, by: User, now: datetime, reason: str = "") -> Referral:
    """Give a referral back to the queue. A manager may release anybody's, with a reason. Raises Refused."""
    referral = lock(referral_id, by=by, verb="release")
    own = by.role != Role.MANAGER
    why = wordless(reason, "Enter why you release another officer’s referral.", optional=own)
    refuse_if(reasons_not_to_release(referral, by) or why)
    held_by = referral.claimed_by_id
    lapse(referral=referral, by=by, now=now, verb="release")
    referral.move("release", by=by, now=now, reason=reason)
    record(
        kind="referral.released", by=by, subject=referral, now=now, reason=reason, detail={"held_by": held_by}
    )
    return referral


def reasons_not_to_hand_over(referral: Referral, by: User) -> list[str]:
    """A manager gives out what waits or is held; an officer gives on what they hold, open questions and all."""
    reasons = referral.reasons_not_to_move(verb_to_hand_over(referral))
    return reasons or ([] if by.role == Role.MANAGER else reasons_not_held_by(referral, by))


def verb_to_hand_over(referral: Referral) -> str:
    """While the force is asked the state stays; else the referral is in triage afterwards."""
    return "hand_over_asked" if referral.state == State.INFORMATION_REQUESTED else "hand_over"


def reasons_not_to_hand_to(referral: Referral, to: User) -> list[str]:
    if to.role != Role.REFERRALS_OFFICER or not to.is_active:
        return [f"{to} is not a current referrals officer."]
    if referral.created_by_id == to.pk:
        return [f"{to} raised this referral, so somebody else must triage it."]
    if referral.claimed_by_id == to.pk:
        return [f"{to} already holds this referral."]
    return []


@transaction.atomic
def hand_over(*, referral_id: int, by: User, now: datetime, to: User, reason: str = "") -> Referral:
    """Give a referral to a named officer. A manager says why. Raises Refused."""
    referral = lock(referral_id, by=by, verb="hand_over")
    own = by.role != Role.MANAGER
    why = wordless(reason, "Enter why you give the referral to this officer.", optional=own)
    refuse_if(reasons_not_to_hand_over(referral, by) or reasons_not_to_hand_to(referral, to) or why)
    held_by = referral.claimed_by_id
    lapse(referral=referral, by=by, now=now, verb="hand_over")
    referral.move(verb_to_hand_over(referral), by=by, now=now, reason=reason, to=to)
    detail = {"held_by": held_by, "to": to.pk}
    record(kind="referral.handed_over", by=by, subject=referral, now=now, reason=reason, detail=detail)
    return referral

"""Claims nobody works on go back to the queue by themselves."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from nexus.accounts.models import User
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.working_days import is_working_day
from referrals.desk.lists import untold_claims
from referrals.desk.models import EndedClaim
from referrals.models import Proposal, Referral, ReferralChange
from referrals.rules.clocks import worked_time
from referrals.states import State


def idle_limit() -> timedelta:
    return timedelta(hours=settings.NEXUS_CLAIM_IDLE_HOURS)


def idle_for(referral: Referral, now: datetime) -> timedelta:
    """The desk's hours since its holder last did anything with it: read it, asked, was answered, claimed it."""
    moved = ReferralChange.objects.filter(referral=referral)
    moments = [referral.claimed_at, moved.aggregate(last=Max("at"))["last"]]
    seen = AuditEvent.objects.filter(
        subject_type="referrals.referral", subject_id=str(referral.pk), by_id=referral.claimed_by_id
    )
    moments.append(seen.aggregate(last=Max("at"))["last"])
    return worked_time(max(moment for moment in moments if moment), now, worked=is_working_day)


def end_idle_claims(*, now: datetime) -> int:
    """Give back every claim that has been idle too long, each in a transaction of its own; how many.

    Running it twice, or twice at once, changes nothing more: the state moves once, and a row that somebody
    is working on at this moment is passed over.
    """
    limit = idle_limit()
    held = Referral.objects.filter(state=State.IN_TRIAGE, follows=None, claimed_at__lt=now - limit)
    held = held.exclude(pk__in=Proposal.objects.standing().values("referral"))  # it waits for somebody else
    return sum(end_if_idle(pk, limit, now) for pk in held.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def end_if_idle(referral_id: int, limit: timedelta, now: datetime) -> bool:
    claimed = Referral.objects.select_for_update(of=("self",), skip_locked=True)
    referral = claimed.filter(pk=referral_id, state=State.IN_TRIAGE, follows=None).first()
    if referral is None or idle_for(referral, now) < limit:
        return False
    held_by, claimed_at = referral.claimed_by_id, referral.claimed_at
    reason = f"Nobody worked on it for {settings.NEXUS_CLAIM_IDLE_HOURS} working hours."
    referral.move("release", by=None, now=now, reason=reason)
    EndedClaim.objects.create(referral=referral, officer_id=held_by, claimed_at=claimed_at, ended_at=now)
    detail = {"held_by": held_by}
    record(kind="referral.released", by=None, subject=referral, now=now, reason=reason, detail=detail)
    return True


@transaction.atomic
def tell_of_ended_claims(*, by: User, now: datetime) -> list[EndedClaim]:
    """The claims of this person that ended since they last looked; told once."""
    untold = untold_claims(by).select_for_update(of=("self",)).select_related("referral")
    found = list(untold)
    if found:
        EndedClaim.objects.filter(pk__in=[each.pk for each in found]).update(told_at=now)
    return found

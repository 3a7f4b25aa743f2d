"""Claims nobody works on go back to the queue by themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from nexus.accounts.models import User
from nexus.audit.recording import record_of_each
from nexus.working_days import is_working_day
from referrals.desk.actions.steps import in_steps
from referrals.desk.lists import untold_claims
from referrals.desk.models import EndedClaim
from referrals.models import Proposal, Referral
from referrals.rules.clocks import worked_time
from referrals.states import State


def idle_limit() -> timedelta:
    return timedelta(hours=settings.NEXUS_CLAIM_IDLE_HOURS)


def end_idle_claims(*, now: datetime) -> int:
    """Give back every claim that has been idle too long, some hundreds in a transaction; how many.

    Running it twice, or twice at once, changes nothing more: the state moves once, and a row that somebody
    is working on at this moment is passed over.
    """
    held = claims().filter(claimed_at__lt=now - idle_limit())
    held = held.exclude(pk__in=Proposal.objects.standing().values("referral"))  # it waits for somebody else
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    return sum(end_those_idle(some, now) for some in in_steps(keys))


def claims() -> QuerySet[Referral]:
    return Referral.objects.filter(state=State.IN_TRIAGE, follows=None)


@transaction.atomic
def end_those_idle(referral_ids: Sequence[int], now: datetime) -> int:
    """Look at them again under their locks, and give back those that are idle; how many, in constant statements."""
    unclaimed = claims().select_for_update(of=("self",), skip_locked=True)
    locked = list(
        unclaimed.filter(pk__in=referral_ids)
        .order_by("pk")
        .prefetch_related("information_requests", "claimed_by")
    )
    worked_on = last_worked_on([each.pk for each in locked])
    idle = [each for each in locked if idle_for(each, worked_on, now) >= idle_limit()]
    if idle:
        end(idle, now)
    return len(idle)


def last_worked_on(referral_ids: Sequence[int]) -> dict[int, datetime]:
    """When anybody moved each of them, or its holder did anything with it: read it, asked, wrote."""
    with connection.cursor() as ask:
        ask.execute(LAST_WORKED_ON, {"ids": list(referral_ids)})
        return dict(ask.fetchall())


def idle_for(referral: Referral, worked_on: Mapping[int, datetime], now: datetime) -> timedelta:
    """The desk's hours since its holder last did anything with it, or claimed it."""
    moments = [referral.claimed_at, worked_on.get(referral.pk)]
    return worked_time(max(moment for moment in moments if moment), now, worked=is_working_day)


def end(idle: Sequence[Referral], now: datetime) -> None:
    """Move them, and write down who held them since when."""
    ended = [
        EndedClaim(referral=each, officer=each.claimed_by, claimed_at=each.claimed_at, ended_at=now)
        for each in idle
        if each.claimed_by and each.claimed_at
    ]
    details = [{"held_by": each.claimed_by_id} for each in idle]
    reason = f"Nobody worked on it for {settings.NEXUS_CLAIM_IDLE_HOURS} working hours."
    Referral.move_all(idle, "release", by=None, now=now, reason=reason)
    EndedClaim.objects.bulk_create(ended)
    record_of_each(idle, kind="referral.released", now=now, reason=reason, details=details)


# A subject is found by its type and number: each row asks the index `audit_by_subject` for its own entries.
LAST_WORKED_ON = """
    SELECT referral.id, greatest(
        (SELECT max(moved.at) FROM referrals_referralchange moved WHERE moved.referral_id = referral.id),
        (SELECT max(seen.at) FROM audit_auditevent seen
            WHERE seen.subject_type = 'referrals.referral' AND seen.subject_id = referral.id::text
            AND seen.by_id = referral.claimed_by_id)
    ) FROM referrals_referral referral WHERE referral.id = ANY(%(ids)s)
"""


@transaction.atomic
def tell_of_ended_claims(*, by: User, now: datetime) -> list[EndedClaim]:
    """The claims of this person that ended since they last looked; told once."""
    untold = untold_claims(by).select_for_update(of=("self",)).select_related("referral")
    found = list(untold)
    if found:
        EndedClaim.objects.filter(pk__in=[each.pk for each in found]).update(told_at=now)
    return found

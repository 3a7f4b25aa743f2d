"""The force sends its referral, or takes it back before it is decided."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from referrals import telling
from referrals.actions.draft import reasons_not_to_start
from referrals.actions.lapse import lapse
from referrals.actions.steps import lock
from referrals.models import Referral
from referrals.queries import gaps_of, outcome_for


def reasons_not_to_submit(referral: Referral, on: date) -> list[str]:
    """Every gap of the form on that day, in its order; nothing when it may be sent."""
    return referral.reasons_not_to_move("submit") or reasons_not_to_start(referral.force) + [
        f"{gap.sentence}." for gap in gaps_of(referral, on)
    ]


@transaction.atomic
def submit(*, referral_id: int, by: User, now: datetime) -> Referral:
    """Send a complete draft to the Referrals Office. Raises Refused with every gap."""
    referral = lock(referral_id, by=by, verb="submit")
    refuse_if(reasons_not_to_submit(referral, timezone.localdate(now)))
    referral.changed_at = now
    referral.move("submit", by=by, now=now)
    referral.matrix_outcome = outcome_for(referral)
    referral.save(update_fields=["matrix_outcome"])
    record(kind="referral.submitted", by=by, subject=referral, now=now)
    for follows in settings.NEXUS_ON_SUBMISSION:
        import_string(follows)(referral=referral, by=by, now=now)
    telling.submitted(referral, now=now)
    return referral


@transaction.atomic
def withdraw(*, referral_id: int, by: User, now: datetime, reason: str) -> Referral:
    """The force takes its referral back, with a reason, before it is decided. Raises Refused."""
    referral = lock(referral_id, by=by, verb="withdraw")
    refuse_if(
        referral.reasons_not_to_move("withdraw") or wordless(reason, "Enter why the referral is withdrawn.")
    )
    referral.information_requests.filter(closed_at=None).update(closed_at=now)
    referral.changed_at = now
    for follows in settings.NEXUS_ON_WITHDRAWAL:
        import_string(follows)(referral=referral, by=by, now=now)
    lapse(referral=referral, by=by, now=now, verb="withdraw")
    referral.move("withdraw", by=by, now=now, reason=reason)
    record(kind="referral.withdrawn", by=by, subject=referral, now=now, reason=reason)
    return referral

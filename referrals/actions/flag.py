"""The flag is removed: an act of its own of a named referrals officer, never a part of another.

"The Nexus High Harm flag does not, in itself, render the case subject to allocation to the Nexus High Harm
team" (p. 11): so nobody's allocation changes with it, here or anywhere.
"""

from datetime import datetime
from typing import cast

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals import telling
from referrals.actions.steps import blank, lock
from referrals.models import Referral, SpecialConditionsFlag
from referrals.triage import flag_of


def reasons_not_to_remove_flag(flag: SpecialConditionsFlag | None) -> list[str]:
    if flag is None:
        return ["This referral has no flag: only an accepted referral is flagged."]
    if flag.removed_at:
        return [f"{flag.removed_by} has removed this flag already."]
    return []


@transaction.atomic
def remove_flag(*, referral_id: int, by: User, now: datetime, reason: str) -> SpecialConditionsFlag:
    """Remove the flag, with a reason the force will read; its case stays where it is. Raises Refused."""
    referral: Referral = lock(referral_id, by=by, verb="remove_flag")
    flag = flag_of(referral)
    refuse_if(reasons_not_to_remove_flag(flag) or blank(reason, "Enter why the flag is removed."))
    flag = cast(SpecialConditionsFlag, flag)  # a referral without one was refused
    flag.removed_by, flag.removed_at, flag.removed_because = by, now, reason
    flag.save()
    record(kind="flag.removed", by=by, subject=flag, now=now, reason=reason, detail={"referral": referral.pk})
    telling.flag_removed(flag, now=now)
    return flag

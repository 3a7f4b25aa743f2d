"""The flag is removed, and set again: each an act of its own of a named referrals officer, never a part of another.

"The Nexus High Harm flag does not, in itself, render the case subject to allocation to the Nexus High Harm
team" (p. 11): so nobody's allocation changes with it, here or anywhere.
"""

from datetime import datetime
from typing import cast

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from nexus.ui.formatting import date
from referrals import telling
from referrals.actions.steps import lock
from referrals.models import Referral, SpecialConditionsFlag
from referrals.rules.assessment import flag_for

NEVER_FLAGGED = "This referral has no flag: only an accepted referral is flagged."


def reasons_not_to_remove_flag(flag: SpecialConditionsFlag | None) -> list[str]:
    if flag is None:
        return [NEVER_FLAGGED]
    return [f"{flag.removed_by} has already removed this flag."] if flag.removed_at else []


@transaction.atomic
def remove_flag(*, referral_id: int, by: User, now: datetime, reason: str) -> SpecialConditionsFlag:
    """Remove the flag, with a reason the force will read; its case stays where it is. Raises Refused."""
    referral: Referral = lock(referral_id, by=by, verb="remove_flag")
    flag = referral.flag
    refuse_if(reasons_not_to_remove_flag(flag) or wordless(reason, "Enter why the flag is removed."))
    flag = cast(SpecialConditionsFlag, flag)  # a referral without one was refused
    flag.removed_by, flag.removed_at, flag.removed_because = by, now, reason
    flag.save(update_fields=["removed_by", "removed_at", "removed_because"])
    record(kind="flag.removed", by=by, subject=flag, now=now, reason=reason, detail={"referral": referral.pk})
    telling.flag_removed(flag, now=now)
    return flag


def reasons_not_to_set_flag_again(flag: SpecialConditionsFlag | None) -> list[str]:
    if flag is None:
        return [NEVER_FLAGGED]
    return [] if flag.removed_at else [f"{flag.set_by} set the flag on {date(flag.set_at)}, and it stands."]


@transaction.atomic
def set_flag_again(*, referral_id: int, by: User, now: datetime, reason: str) -> SpecialConditionsFlag:
    """Set a new flag after a removal, with a reason the force will read. Raises Refused.

    The removed flag stays on record as it was; the case stays where it is. The text is T6's: "Cases referred by
    the Metropolitan Police in London will be flagged as Nexus High Harm and cases referred by all other forces
    will be flagged as Nexus High Harm (Regional)" (p. 11).
    """
    referral: Referral = lock(referral_id, by=by, verb="set_flag_again")
    before = referral.flag
    refuse_if(reasons_not_to_set_flag_again(before) or wordless(reason, "Enter why the flag is set again."))
    flag = SpecialConditionsFlag.objects.create(
        referral=referral,
        decision=cast(SpecialConditionsFlag, before).decision,
        text=flag_for(referral.force.metropolitan),
        set_by=by,
        set_at=now,
        set_because=reason,
    )
    detail = {"referral": referral.pk}
    record(kind="flag.set_again", by=by, subject=flag, now=now, reason=reason, detail=detail)
    telling.flag_set_again(flag, now=now)
    return flag

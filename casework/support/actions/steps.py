"""The steps every action on a support request begins and ends with."""

from datetime import datetime
from typing import Any

from casework.actions.steps import reasons_not_theirs as reasons_not_their_case
from casework.support.models import SupportChange, SupportRequest
from casework.support.permissions import WHO_MAY
from casework.support.queries import case_of, is_flagged
from casework.support.rules import reasons_force_does_not_take_part, reasons_not_eligible
from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.steps import Lock
from referrals.models import Referral

lock = Lock(SupportRequest, WHO_MAY, join=("force", "asked_by", "referral__force"))


def reasons_not_theirs(request: SupportRequest, by: User) -> list[str]:
    """Whoever asked goes on with it; at Liverpool that is the case-owner of the day, or a Senior Caseworker."""
    if by.is_police or by.pk == request.asked_by_id:
        return []
    case = case_of(request.referral) if request.referral else None
    if request.from_criminal_casework or case is None:
        return [
            f"{request.asked_by} of Criminal Casework made this request, so only they can continue with it."
        ]
    return reasons_not_their_case(case, by)


def reasons_not_to_ask_of(force: Force, referral: Referral | None) -> list[str]:
    """A flag makes a case eligible; without a referral the force must take part in value added activity."""
    if referral:
        return reasons_not_eligible(flagged=is_flagged(referral))
    return reasons_force_does_not_take_part(
        force=force.name, engaged=force.engaged, takes_part=force.value_added_activity
    )


def move(
    request: SupportRequest,
    verb: str,
    *,
    done: str,
    by: User,
    now: datetime,
    reason: str = "",
    recipient: str = "",
    **values: Any,
) -> SupportChange:
    """Make the move, save, and write the audit entry `support.<done>`; returns the change, for the telling."""
    request.move(verb, by=by, now=now, reason=reason, **values)
    record(kind=f"support.{done}", by=by, subject=request, now=now, recipient=recipient)
    return SupportChange.objects.filter(support_request=request).latest("pk")

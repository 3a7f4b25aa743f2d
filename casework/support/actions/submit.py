"""From its writer to the force: submitted, looked at in Croydon where Criminal Casework asks, passed on; or cancelled.

"Should the CC case-owner … wants to request police support they should make contact with the Nexus High Harm
Referrals Office to discuss the matter" (p. 12): there a named officer passes it on or sends it back. "Nexus
case-owners are in daily contact with police partners" (p. 6): what they submit is with the force at once,
passed on by themselves.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework.material import actions as material_actions
from casework.rules.planning import reasons_not_to_plan_for
from casework.support import telling
from casework.support.actions.ask import reasons_not_to_ask_for
from casework.support.actions.steps import lock, move, reasons_not_theirs, reasons_not_to_ask_of
from casework.support.models import SupportRequest
from casework.support.queries import reasons_support_stops
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless


def reasons_not_to_submit(request: SupportRequest, by: User) -> list[str]:
    if reasons := request.reasons_not_to_move("submit") or reasons_not_theirs(request, by):
        return reasons
    if request.referral:
        return reasons_not_to_ask_for(request.referral, by) or reasons_support_stops(
            request.kind, request.referral, by
        )
    return reasons_not_to_ask_of(request.force, None)


@transaction.atomic
def submit(*, request_id: int, by: User, now: datetime) -> SupportRequest:
    """Send it on its way; from Liverpool to the force at once. Raises Refused."""
    request = lock(request_id, by=by, verb="submit")
    late = reasons_not_to_plan_for(request.due_on, today=timezone.localdate(now), what="request")
    refuse_if(reasons_not_to_submit(request, by) or late)
    submitted = move(request, "submit", done="submitted", by=by, now=now)
    if request.from_criminal_casework:
        telling.submitted(submitted)
    else:
        _pass_on(request, by=by, now=now)
    return request


def _pass_on(request: SupportRequest, *, by: User, now: datetime) -> None:
    recipient = request.force.name
    telling.passed_on(move(request, "pass_on", done="passed_on", by=by, now=now, recipient=recipient))


def reasons_not_to_pass_on(request: SupportRequest, by: User) -> list[str]:
    return (
        request.reasons_not_to_move("pass_on")
        or reasons_not_to_ask_of(request.force, request.referral)
        or reasons_support_stops(request.kind, request.referral, by)
    )


@transaction.atomic
def pass_on(*, request_id: int, by: User, now: datetime) -> SupportRequest:
    """The Referrals Office gives it to the force, which assesses it itself. Raises Refused."""
    request = lock(request_id, by=by, verb="pass_on")
    refuse_if(reasons_not_to_pass_on(request, by))
    _pass_on(request, by=by, now=now)
    return request


@transaction.atomic
def send_back(*, request_id: int, by: User, now: datetime, reason: str) -> SupportRequest:
    """Back to its writer as a draft, with what is to be changed or talked about first. Raises Refused."""
    request = lock(request_id, by=by, verb="send_back")
    refuse_if(request.reasons_not_to_move("send_back") or wordless(reason, "Enter why it is sent back."))
    telling.sent_back(move(request, "send_back", done="sent_back", by=by, now=now, reason=reason))
    return request


def reasons_not_to_cancel(request: SupportRequest, by: User) -> list[str]:
    return request.reasons_not_to_move("cancel") or reasons_not_theirs(request, by)


@transaction.atomic
def cancel(*, request_id: int, by: User, now: datetime, reason: str) -> SupportRequest:
    """Nothing is asked any more; the force reads why where it had it. Raises Refused."""
    request = lock(request_id, by=by, verb="cancel")
    refuse_if(reasons_not_to_cancel(request, by) or wordless(reason, "Enter why it is cancelled."))
    recipient = request.force.name if request.passed_on_at else ""
    if request.material:
        material_actions.end_with_support(material=request.material, by=by, now=now, reason=reason)
    telling.cancelled(
        move(request, "cancel", done="cancelled", by=by, now=now, reason=reason, recipient=recipient)
    )
    return request

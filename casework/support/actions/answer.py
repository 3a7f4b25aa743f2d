"""What the force says and does: it accepts, declines with a reason, or has done what was asked.

"Such requests will be assessed by police partners who will contact the case-owner required where they can
assist" (p. 13).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.engagement.models import Engagement
from casework.material import actions as material_actions
from casework.material.models import Material
from casework.support import telling
from casework.support.actions.steps import lock, move
from casework.support.models import SupportRequest
from casework.support.queries import (
    NO_OPERATION,
    case_of,
    contact_of,
    operations_for,
    reasons_not_authorised,
    reasons_not_sent,
    reasons_support_stops,
)
from casework.support.rules import DeclineReason
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_to_accept(request: SupportRequest, by: User) -> list[str]:
    return request.reasons_not_to_move("accept") or reasons_support_stops(request.kind, request.referral, by)


@transaction.atomic
def accept(*, request_id: int, by: User, now: datetime, answer: str) -> SupportRequest:
    """The force lead promises it, and says who will contact the case-owner. Raises Refused."""
    request = lock(request_id, by=by, verb="accept")
    refuse_if(
        reasons_not_to_accept(request, by)
        or blank(answer, "Enter what the force will do, and who will contact the case-owner.")
    )
    material = ask_as_material(request, by=by, now=now)
    change = move(
        request, "accept", done="accepted", by=by, now=now, reason=answer, answer=answer, material=material
    )
    telling.answered(change, "support_accepted")
    return request


def ask_as_material(request: SupportRequest, *, by: User, now: datetime) -> Material | None:
    """Disclosable intelligence is asked for as Nexus material of the subject's case: a summary first."""
    case = case_of(request.referral) if request.referral else None
    if not request.is_intelligence or case is None:
        return None
    words: dict[str, Any] = {"what": request.asked, "why": request.why, "due_on": request.due_on}
    title = f"Intelligence asked for by {request.asking}"
    return material_actions.begin_for_support(
        case=case, asker=contact_of(request), by=by, now=now, title=title, **words
    )


@transaction.atomic
def decline(*, request_id: int, by: User, now: datetime, decline_reason: str, answer: str) -> SupportRequest:
    """The force lead says why the force cannot; want of resource is an honest reason. Raises Refused.

    A request that was accepted can still be declined: resource may be lost.
    """
    request = lock(request_id, by=by, verb="decline")
    known = decline_reason in DeclineReason.values()
    refuse_if(
        request.reasons_not_to_move("decline")
        or ([] if known else ["Select why the force cannot help."])
        + blank(answer, "Enter what the case-owner should know.")
    )
    answers = {"answer": answer, "decline_reason": decline_reason}
    change = move(request, "decline", done="declined", by=by, now=now, reason=answer, **answers)
    if request.material:
        material_actions.end_with_support(material=request.material, by=by, now=now, reason=answer)
    telling.answered(change, "support_declined")
    return request


def reasons_not_done_on(day: date, request: SupportRequest, now: datetime) -> list[str]:
    """It was done after it was asked for, and not in the future."""
    if day > timezone.localdate(now):
        return ["The date it was done must be today or in the past."]
    if request.passed_on_at and day < timezone.localdate(request.passed_on_at):
        return ["The date it was done must be on or after the day the force was asked."]
    return []


def reasons_not_to_fulfil(request: SupportRequest) -> list[str]:
    """What is done to a person is recorded only where somebody authorised it; intelligence is given as material."""
    reasons = request.reasons_not_to_move("fulfil") or reasons_not_sent(request)
    if reasons or not request.touches_the_person or request.from_criminal_casework:
        return reasons
    return [] if operations_for(request).exists() else [NO_OPERATION]


@transaction.atomic
def fulfil(
    *,
    request_id: int,
    by: User,
    now: datetime,
    done: str,
    done_on: date,
    operation: Engagement | None = None,
    authority: str = "",
) -> SupportRequest:
    """The lead or an officer of the force records what was done and when; and of what is done to the person, in which
    authorised operation. Raises Refused."""
    request = lock(request_id, by=by, verb="fulfil")
    refuse_if(
        reasons_not_to_fulfil(request)
        or blank(done, "Enter what was done.")
        + reasons_not_done_on(done_on, request, now)
        + reasons_not_authorised(request, operation, authority, on=done_on)
    )
    what: dict[str, Any] = {
        "what": done,
        "done_on": done_on,
        "operation": operation if request.touches_the_person else None,
        "authority": authority if request.touches_the_person else "",
    }
    change = move(request, "fulfil", done="fulfilled", by=by, now=now, reason=done, **what)
    telling.answered(change, "support_fulfilled")
    return request

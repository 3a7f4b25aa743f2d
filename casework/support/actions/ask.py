"""Write down what is to be asked of a force. Nothing reaches anybody until it is submitted."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import reasons_not_theirs as reasons_not_their_case
from casework.rules.planning import reasons_not_to_plan_for
from casework.states import OVER
from casework.support.actions.steps import lock, reasons_not_theirs, reasons_not_to_ask_of
from casework.support.models import SupportRequest
from casework.support.permissions import ELSEWHERE, WHO_MAY
from casework.support.queries import case_of, reasons_support_stops
from casework.support.rules import Kind
from casework.support.states import MAY_BE_AMENDED
from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from referrals.models import Referral, SpecialConditionsFlag


def reasons_not_to_ask_for(referral: Referral, by: User) -> list[str]:
    """Why `by` may not ask for support for this referral now, before anything is typed."""
    reasons = reasons_not_to_ask_of(referral.force, referral)
    case = case_of(referral)
    if reasons or by.role in ELSEWHERE or case is None:
        return reasons
    if case.state in OVER:
        return [f"This case is now “{case.get_state_display()}”, so police support cannot be asked for."]
    return reasons_not_their_case(case, by)


def reasons_not_these(*, kind: str, asked: str, why: str, due_on: date, now: datetime) -> list[str]:
    """What is wrong with the answers themselves."""
    return (
        ([] if kind in Kind.values() else ["Select what kind of support is asked for."])
        + blank(asked, "Enter what is asked of the force.")
        + wordless(why, "Enter why it is asked.")
        + reasons_not_to_plan_for(due_on, today=timezone.localdate(now), what="request")
    )


ONLY_WITH_A_FLAG = (
    "Disclosable intelligence is checked and approved on the case of a flagged subject, and this subject has no flag. "
    "Ring the Duty Desk: the force can refer the person. Until then ask for additional information, which may not be "
    "disclosed or relied on."
)


def reasons_no_flag_for(kind: str) -> list[str]:
    """Value added activity has no case on which anybody could check what may be disclosed."""
    return [ONLY_WITH_A_FLAG] if kind == Kind.INTELLIGENCE else []


def reasons_not_this_subject(*, own_reference: str, subject_name: str) -> list[str]:
    return blank(own_reference, "Enter your reference.") + blank(
        subject_name, "Enter the name of the subject."
    )


@transaction.atomic
def ask(
    *,
    reference: str,
    by: User,
    now: datetime,
    kind: str,
    asked: str,
    why: str,
    due_on: date,
    own_reference: str = "",
) -> SupportRequest:
    """A draft for the flagged subject of this referral, to the force that referred them. Raises Refused.

    Whoever may look the flag up finds the referral (SpecialConditionsFlag.DoesNotExist otherwise):
    "All cases with an existing Nexus High Harm flag are eligible for police support" (p. 13).
    """
    WHO_MAY.permit("ask", by)
    flags = SpecialConditionsFlag.objects.visible_to(by).latest_of_each().select_related("referral__force")
    referral = flags.get(referral__reference=reference).referral
    answers: dict[str, Any] = {"kind": kind, "asked": asked, "why": why, "due_on": due_on}
    refuse_if(
        reasons_not_to_ask_for(referral, by)
        or reasons_not_these(**answers, now=now) + reasons_support_stops(kind, referral, by)
    )
    values = {"referral": referral, "force": referral.force, "own_reference": own_reference}
    return _draft(by=by, now=now, **values, **answers)


@transaction.atomic
def ask_value_added(
    *,
    by: User,
    now: datetime,
    force: Force,
    own_reference: str,
    subject_name: str,
    subject_born: date,
    kind: str,
    asked: str,
    why: str,
    due_on: date,
) -> SupportRequest:
    """A draft of value added activity: Criminal Casework's own case, without a flag. Raises Refused."""
    WHO_MAY.permit("ask_value_added", by)
    answers: dict[str, Any] = {"kind": kind, "asked": asked, "why": why, "due_on": due_on}
    subject = {"own_reference": own_reference, "subject_name": subject_name}
    refuse_if(
        reasons_not_to_ask_of(force, None)
        or reasons_not_this_subject(**subject)
        + reasons_not_these(**answers, now=now)
        + reasons_no_flag_for(kind)
    )
    return _draft(by=by, now=now, force=force, subject_born=subject_born, **subject, **answers)


def _draft(*, by: User, now: datetime, **values: Any) -> SupportRequest:
    elsewhere = by.role in ELSEWHERE
    request = SupportRequest.objects.create(
        asked_by=by, asked_at=now, from_criminal_casework=elsewhere, **values
    )
    record(kind="support.asked", by=by, subject=request, now=now)
    return request


def reasons_not_to_amend(request: SupportRequest, by: User) -> list[str]:
    if request.state not in MAY_BE_AMENDED:
        return [
            f"This request is now “{request.get_state_display()}”, so you cannot change it. "
            "Send a message about it, or cancel it and make a new request."
        ]
    return reasons_not_theirs(request, by)


@transaction.atomic
def amend(
    *, request_id: int, by: User, now: datetime, kind: str, asked: str, why: str, due_on: date, **subject: Any
) -> SupportRequest:
    """Other words for a draft. `subject` may hold own_reference, and for value added activity force,
    subject_name and subject_born. Raises Refused."""
    request = lock(request_id, by=by, verb="amend")
    answers: dict[str, Any] = {"kind": kind, "asked": asked, "why": why, "due_on": due_on}
    refuse_if(
        reasons_not_to_amend(request, by)
        or reasons_not_these(**answers, now=now) + reasons_support_stops(kind, request.referral, by)
    )
    if request.is_value_added:
        refuse_if(
            reasons_not_this_subject(
                own_reference=subject["own_reference"], subject_name=subject["subject_name"]
            )
            + reasons_no_flag_for(kind)
        )
    for name, value in {**answers, **subject}.items():
        setattr(request, name, value)
    request.save()
    record(kind="support.amended", by=by, subject=request, now=now, detail={"fields": [*answers, *subject]})
    return request

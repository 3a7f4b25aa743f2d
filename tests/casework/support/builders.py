"""Support requests in each state, reached through the actions people use."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from casework.models import Case
from casework.support import actions
from casework.support.models import SupportRequest
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from tests.builders import NOON, a_flag_only_case, a_force, a_user, an_assigned_case
from tests.referrals.croydon import signed_in

ASKED_AT = NOON + timedelta(days=1)  # a Tuesday
DUE = date(2026, 11, 27)  # the Friday of the week after
WORDS: dict[str, Any] = {
    "kind": "tracing",
    "asked": "Visit the last known address and say who lives there.",
    "why": "He has not reported since 2 November.",
    "due_on": DUE,
}
SUBJECT: dict[str, Any] = {
    "own_reference": "CC/77/1204",
    "subject_name": "Brask, Odile",
    "subject_born": date(1991, 2, 3),
}
# What each verb says besides.
ANSWERS: dict[str, dict[str, Any]] = {
    "send_back": {"reason": "Which address in Leeds?"},
    "accept": {"answer": "Yes."},
    "decline": {"decline_reason": "other", "answer": "No."},
    "fulfil": {"done": "Done.", "done_on": ASKED_AT.date()},
    "cancel": {"reason": "Found on another file."},
}
ACCEPTED = "Our tracing unit visits this week. PC Ashdown will ring you."


def again(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.select_related("force", "referral").get(pk=request.pk)


def a_draft(*, case: Case | None = None, by: User | None = None, **words: Any) -> SupportRequest:
    """By Liverpool's case-owner unless told otherwise."""
    case = case or an_assigned_case()
    reference = case.referral.reference
    return actions.ask(
        reference=reference, by=by or case.case_owner or a_user(Role.SENIOR_CASEWORKER), now=ASKED_AT,
        **{**WORDS, **words},
    )  # fmt: skip


def with_force(**kwargs: Any) -> SupportRequest:
    """Asked by Liverpool: with the force at once."""
    draft = a_draft(**kwargs)
    return actions.submit(request_id=draft.pk, by=draft.asked_by, now=ASKED_AT)


def a_lead(request: SupportRequest) -> User:
    return User.objects.filter(role=Role.FORCE_LEAD, force=request.force).first() or a_user(
        Role.FORCE_LEAD, force=request.force
    )


def accepted(
    request: SupportRequest | None = None,
    *,
    now: datetime = ASKED_AT,
    answer: str = ACCEPTED,
    **kwargs: Any,
) -> SupportRequest:
    request = request or with_force(**kwargs)
    return actions.accept(request_id=request.pk, by=a_lead(request), now=now, answer=answer)


def declined(reason: str = "resource", *, now: datetime = ASKED_AT, **kwargs: Any) -> SupportRequest:
    request = with_force(**kwargs)
    words = {"decline_reason": reason, "answer": "Not this month."}
    return actions.decline(request_id=request.pk, by=a_lead(request), now=now, **words)


def fulfilled(*, done_on: date = date(2026, 11, 20), **kwargs: Any) -> SupportRequest:
    request = accepted(**kwargs)
    at = NOON + (done_on - NOON.date())
    return actions.fulfil(
        request_id=request.pk, by=a_lead(request), now=at, done="He lives there.", done_on=done_on
    )


def from_criminal_casework(*, by: User | None = None, **words: Any) -> SupportRequest:
    """A draft for a flagged subject whose case Criminal Casework has."""
    return a_draft(case=a_flag_only_case(), by=by or a_user(Role.CRIMINAL_CASEWORK), **words)


def submitted(request: SupportRequest | None = None) -> SupportRequest:
    """Waits for the Referrals Office."""
    request = request or from_criminal_casework()
    return actions.submit(request_id=request.pk, by=request.asked_by, now=ASKED_AT)


def taking_part(code: str = "06") -> Force:
    force = a_force(code)
    Force.objects.filter(pk=force.pk).update(value_added_activity=True)
    return a_force(code)


def value_added(*, by: User | None = None, force: Force | None = None, **words: Any) -> SupportRequest:
    answers: dict[str, Any] = {**WORDS, **SUBJECT, **words}
    return actions.ask_value_added(
        by=by or a_user(Role.CRIMINAL_CASEWORK), now=ASKED_AT, force=force or taking_part(), **answers
    )


def page(request: SupportRequest, by: User, name: str = "detail") -> Any:
    """What this person is answered on one page of the request."""
    return signed_in(by).get(reverse(f"support:{name}", args=[request.pk]))


def answers(**other: str) -> dict[str, str]:
    """The form of a request, filled in."""
    day = {"due_on-day": "27", "due_on-month": "11", "due_on-year": "2026"}
    return {"kind": "tracing", "asked": WORDS["asked"], "why": WORDS["why"], **day, **other}

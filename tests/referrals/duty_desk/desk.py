"""Enquiries and shifts for the tests, made by what people do."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals import actions as referral_actions
from referrals.duty_desk import actions
from referrals.duty_desk.models import Enquiry, Shift, TelephoneReferral
from referrals.rules.sections import SECTIONS
from tests.builders import COMPLETE, NOON, a_force, a_user

QUESTION = "May we refer a man with settled status and four convictions?"


def an_enquiry(*, by: User | None = None, now: datetime = NOON, **answers: Any) -> Enquiry:
    """Asked by a West Midlands officer, unless told otherwise."""
    by = by or a_user(Role.POLICE_OFFICER)
    asked = {
        "asker": "force",
        "force": by.force or a_force(),
        "caller": by.full_name,
        "contact": "",
        "question": QUESTION,
    }
    return actions.log(by=by, now=now, **{**asked, **answers})


def an_answered(*, now: datetime = NOON, **answers: Any) -> Enquiry:
    enquiry = an_enquiry(now=now, **answers)
    officer = a_user(Role.REFERRALS_OFFICER)
    return actions.answer(enquiry_id=enquiry.pk, by=officer, now=now, reply="You may: limb 1B.")


def a_shift(
    starts_at: datetime,
    ends_at: datetime,
    *,
    duty: str = "on_call",
    person: User | None = None,
    now: datetime = NOON,
) -> Shift:
    person = person or a_user(Role.CIO_HMI if duty == "on_call" else Role.REFERRALS_OFFICER)
    times: dict[str, Any] = {"duty": duty, "person": person, "starts_at": starts_at, "ends_at": ends_at}
    return actions.add_shift(by=a_user(Role.MANAGER), now=now, **times)


def a_call(*, by: User | None = None, now: datetime = NOON, **told: Any) -> TelephoneReferral:
    """West Midlands ring, unless told otherwise."""
    told = {"force": a_force(), "caller": "PC Osei", "why_urgent": "Released at 6pm."} | told
    told = {"idempotency_key": uuid4()} | told
    return actions.take_call(by=by or a_user(Role.REFERRALS_OFFICER), now=now, **told)


def filled_in(call: TelephoneReferral, officer: User) -> None:
    """The force answers everything the call did not."""
    one: dict[str, Any] = {"referral_id": call.referral_id, "by": officer, "now": NOON}
    for section in SECTIONS:
        missing = {name: COMPLETE[name] for name in section.fields if name in COMPLETE}
        values = {name: value for name, value in missing.items() if not getattr(call.referral, name)}
        referral_actions.save_section(**one, section=section.key, values=values)
    if not call.referral.nationalities.exists():
        referral_actions.add_row(**one, kind="nationality", values={"code": "XXX", "source": "claimed"})


def page_of(name: str, enquiry: Enquiry) -> str:
    return reverse(f"duty_desk:{name}", args=[enquiry.pk])


def kinds(row: Enquiry | Shift) -> list[str]:
    """What the audit record says happened to it, oldest first."""
    told = AuditEvent.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    return list(told.order_by("id").values_list("kind", flat=True))

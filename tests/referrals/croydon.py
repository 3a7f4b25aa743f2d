"""Who sits at the Croydon desk in the tests, and the addresses of its pages."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from referrals import actions
from referrals.models import Referral
from tests.builders import COMPLETE, NOON, a_force, a_user, explained

HOME_OFFICE_WITHOUT_TRIAGE = (
    Role.CASE_OWNER,
    Role.SENIOR_CASEWORKER,
    Role.CIO_HMI,
    Role.SPECIALIST_APPEALS,
)
SEES_NO_REFERRAL = (Role.CRIMINAL_CASEWORK, Role.AUDITOR, Role.ADMINISTRATOR)


def page_of(name: str, referral: Referral) -> str:
    return reverse(f"referrals:{name}", args=[referral.reference])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_role(role: Role) -> Client:
    return signed_in(a_user(role))


def a_stranger() -> Client:
    """An officer of another force."""
    return signed_in(a_user(Role.POLICE_OFFICER, force=a_force("05")))


def kinds(referral: Referral) -> list[str]:
    """What the audit record says happened to the referral, oldest first."""
    told = AuditEvent.objects.filter(subject_type="referrals.referral", subject_id=str(referral.pk))
    return list(told.order_by("id").values_list("kind", flat=True))


def fresh(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def sent(*, by: User | None = None, now: datetime = NOON, **answers: Any) -> Referral:
    """As `tests.builders.a_submitted`, with every answer given at the start: for tests that need many."""
    by = by or a_user(Role.POLICE_OFFICER)
    referral = actions.start(by=by, now=now, idempotency_key=uuid4(), **{**COMPLETE, **answers})
    actions.add_row(
        referral_id=referral.pk,
        by=by,
        now=now,
        kind="nationality",
        values={"code": "XXX", "source": "claimed"},
    )
    return actions.submit(referral_id=explained(referral, now=now).pk, by=by, now=now)


def read_by(officer: User, *, by: User, now: datetime = NOON) -> Referral:
    """Sent, claimed and read by this officer."""
    referral = sent(by=by, now=now)
    later = now + timedelta(minutes=10)
    referral = actions.claim(referral_id=referral.pk, by=officer, now=later)
    record(kind="referral.viewed", by=officer, subject=referral, now=later)
    return referral

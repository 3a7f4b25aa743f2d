"""The force that is none, its officers, a Referrals Office of two, and a program with its key.

A sandbox stands in a database of its own. Nothing here runs where anybody else works or any other force has referred.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from nexus.accounts import actions
from nexus.accounts.models import Force, Integration, User
from nexus.accounts.reference import load_reference_data
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals.models import Referral

CODE, NAME = "00", "Sandbox Constabulary"  # no force has the PNC code 00
PEOPLE = {
    "administrator@sandbox.example": ("Sandbox Administrator", Role.ADMINISTRATOR),
    "lead@sandbox.example": ("Sandbox Lead", Role.FORCE_LEAD),
    "officer@sandbox.example": ("Sandbox Officer", Role.POLICE_OFFICER),
    "first@sandbox.example": ("Sandbox First Reader", Role.REFERRALS_OFFICER),
    "second@sandbox.example": ("Sandbox Second Reader", Role.REFERRALS_OFFICER),
}
ADMINISTRATOR, LEAD, OFFICER, FIRST, SECOND = PEOPLE
SCOPES = {
    "reads": ["changes:read", "referrals:read", "reports:read"],
    "writes": ["referrals:write"],
}
DAYS = 90
NOT_SWITCHED_ON = "This installation is not a sandbox. Set NEXUS_SANDBOX=yes in one with a database of its own, and run this there."
IN_USE = (
    "This database is in use by others. A sandbox needs a database of its own: name another in DATABASE_URL."
)


@dataclass(frozen=True)
class Sandbox:
    """What a program is told to begin with."""

    program: Integration
    officer: str


def reasons_no_sandbox() -> list[str]:
    """Why this installation may not be made, or used as, a sandbox."""
    if not settings.NEXUS_SANDBOX:
        return [NOT_SWITCHED_ON]
    strangers = User.objects.exclude(email__in=PEOPLE).exists()
    return [IN_USE] if strangers or Referral.objects.exclude(force__code=CODE).exists() else []


@transaction.atomic
def prepare(*, public_key: str, now: datetime) -> Sandbox:
    """A program with this key; with the first of them the force and its people, who have no passwords. Raises Refused."""
    refuse_if(reasons_no_sandbox())
    load_reference_data()
    administrator = somebody(ADMINISTRATOR, force=None, now=now)
    force = Force.objects.filter(code=CODE).first() or actions.add_force(
        by=administrator, now=now, code=CODE, name=NAME, engaged=True, engaged_on=now.date()
    )
    people = {email: somebody(email, force=force, now=now) for email in PEOPLE}
    program = actions.grant_integration(
        user_id=people[LEAD].pk,
        by=administrator,
        now=now,
        confirmed_at=now,
        name="A program in the sandbox",
        **SCOPES,
        days=DAYS,
        reason="It is tried out in the sandbox.",
        public_key=public_key,
    )
    return Sandbox(program, OFFICER)


def somebody(email: str, *, force: Force | None, now: datetime) -> User:
    """The person with this address, made where there is none yet."""
    name, role = PEOPLE[email]
    found = User.objects.filter(email=email).first()
    if found:
        return found
    of = force if role in POLICE_ROLES else None
    user = User.objects.create_user(email=email, full_name=name, role=role, force=of)
    record(kind="user.created", by=None, subject=user, now=now)
    return user

"""Programs of a force or of the Home Office: an administrator grants one, adds its key, and withdraws either."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from knox.models import AuthToken

from nexus.accounts.actions.users import lock_user
from nexus.accounts.models import Integration, ProgramKey, User
from nexus.accounts.program_keys import reasons_no_key
from nexus.accounts.rules import reasons_not_confirmed
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.refusals import refuse_if, wordless

MOST_DAYS = 365  # local
MOST_KEYS = 3  # so that a new one can be tried while the old one still counts
NOT_THERE = "This grant has been withdrawn already, or has run out."


def reasons_not_to_grant(user: User, *, by: User) -> list[str]:
    if user.pk == by.pk:
        return ["Nobody grants themselves a program. Ask another administrator."]
    return [] if user.is_active else ["This account is disabled. Enable it first."]


@transaction.atomic
def grant_integration(
    *,
    user_id: int,
    by: User,
    now: datetime,
    confirmed_at: datetime | None,
    name: str,
    reads: Sequence[str],
    writes: Sequence[str] = (),
    days: int,
    reason: str,
    public_key: str = "",
) -> Integration:
    """The named program of this person's force, or of the Home Office, runs for so many days. Raises Refused."""
    user = lock_user(user_id, by=by)
    too_long = [] if 1 <= days <= MOST_DAYS else [f"A program is granted for 1 to {MOST_DAYS} days."]
    refuse_if(
        reasons_not_to_grant(user, by=by)
        + too_long
        + wordless(reason, "Enter what the program is for.")
        + (reasons_no_key(public_key) if public_key else [])
        + reasons_not_confirmed(confirmed_at, now)
    )
    integration = Integration.objects.create(
        person=user,
        name=name,
        scopes=sorted({*reads, *writes}),
        reason=reason,
        granted_by=by,
        granted_at=now,
        expires_at=now + timedelta(days=days),
    )
    if public_key:
        ProgramKey.objects.create(integration=integration, public_key=public_key, added_by=by, added_at=now)
    detail = {"integration": integration.pk, "scopes": integration.scopes, "days": days}
    record(kind="user.integration_granted", by=by, subject=user, now=now, detail=detail)
    tell_of_account(
        person=user, kind="account_integration_granted", event_key=f"integration:{integration.pk}", now=now
    )
    return integration


@transaction.atomic
def withdraw_integration(*, user_id: int, integration_id: int, by: User, now: datetime) -> Integration:
    """The program's tokens end at once, and no new one is made. Raises Refused."""
    user = lock_user(user_id, by=by)
    integration = Integration.objects.select_for_update().get(pk=integration_id, person=user)
    refuse_if([] if integration.is_live(now) else [NOT_THERE])
    integration.withdrawn_by, integration.withdrawn_at = by, now
    integration.save(update_fields=["withdrawn_by", "withdrawn_at"])
    AuthToken.objects.filter(digest__in=integration.tokens.values("digest")).delete()
    record(kind="user.integration_withdrawn", by=by, subject=user, now=now,
           detail={"integration": integration.pk})  # fmt: skip
    tell_of_account(
        person=user,
        kind="account_integration_withdrawn",
        event_key=f"integration:{integration.pk}:withdrawn",
        now=now,
    )
    return integration


@transaction.atomic
def add_key(
    *,
    user_id: int,
    integration_id: int,
    by: User,
    now: datetime,
    confirmed_at: datetime | None,
    public_key: str,
) -> ProgramKey:
    """The program may sign with this key too: those it had count on until they are withdrawn. Raises Refused."""
    user = lock_user(user_id, by=by)
    program = Integration.objects.select_for_update().get(pk=integration_id, person=user)
    standing = program.keys.filter(withdrawn_at=None)
    refuse_if(
        ([] if program.is_live(now) else [NOT_THERE])
        + reasons_no_key(public_key)
        + (
            []
            if len(standing) < MOST_KEYS
            else [f"A program has at most {MOST_KEYS} keys. Withdraw one first."]
        )
        + reasons_not_confirmed(confirmed_at, now)
    )
    key = ProgramKey.objects.create(integration=program, public_key=public_key, added_by=by, added_at=now)
    record(kind="user.program_key_added", by=by, subject=user, now=now,
           detail={"integration": program.pk, "key": key.pk})  # fmt: skip
    return key


@transaction.atomic
def withdraw_key(*, user_id: int, key_id: int, by: User, now: datetime) -> ProgramKey:
    """What is signed with it counts no more, and the program's tokens end at once. Raises Refused."""
    user = lock_user(user_id, by=by)
    key = ProgramKey.objects.select_for_update(of=("self",)).get(pk=key_id, integration__person=user)
    refuse_if([] if key.withdrawn_at is None else ["This key has been withdrawn already."])
    key.withdrawn_by, key.withdrawn_at = by, now
    key.save(update_fields=["withdrawn_by", "withdrawn_at"])
    AuthToken.objects.filter(digest__in=key.integration.tokens.values("digest")).delete()
    record(kind="user.program_key_withdrawn", by=by, subject=user, now=now,
           detail={"integration": key.integration_id, "key": key.pk})  # fmt: skip
    return key

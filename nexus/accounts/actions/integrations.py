"""Programs that may have a token for longer than a working day: an administrator grants it, its person makes it."""

from datetime import datetime, timedelta

from django.db import transaction
from knox.models import AuthToken

from nexus.accounts.actions.users import lock_user
from nexus.accounts.models import Integration, Scope, User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.refusals import refuse_if, wordless

MOST_DAYS = 365  # local
NOT_THERE = "This grant has been withdrawn already, or has run out."


def reasons_not_to_grant(user: User, *, by: User) -> list[str]:
    if user.pk == by.pk:
        return ["Nobody grants themselves a longer token. Ask another administrator."]
    return [] if user.is_active else ["This account is disabled. Enable it first."]


@transaction.atomic
def grant_integration(
    *,
    user_id: int,
    by: User,
    now: datetime,
    confirmed_at: datetime | None,
    name: str,
    scope: str,
    days: int,
    reason: str,
) -> Integration:
    """This person may make a token for the named program that lasts so many days from now. Raises Refused.

    The token itself only its person ever sees.
    """
    user = lock_user(user_id, by=by)
    too_long = [] if 1 <= days <= MOST_DAYS else [f"A token lasts 1 to {MOST_DAYS} days."]
    refuse_if(
        reasons_not_to_grant(user, by=by)
        + too_long
        + wordless(reason, "Enter why the program needs a token that lasts longer.")
        + reasons_not_confirmed(confirmed_at, now)
    )
    integration = Integration.objects.create(
        person=user,
        name=name,
        scope=Scope(scope),
        reason=reason,
        granted_by=by,
        granted_at=now,
        expires_at=now + timedelta(days=days),
    )
    detail = {"integration": integration.pk, "scope": scope, "days": days}
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

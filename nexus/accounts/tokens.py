"""What a token for the API may do, how long, and when it was last used.

A person's token lasts a working day at most, and may read, or read and write. A program that an administrator has granted
shows its key for one that lasts minutes (nexus/accounts/program_keys.py). nexus/api/authentication.py asks here at every
call.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from knox.models import AuthToken

from nexus.accounts.models import Integration, Scope, TokenGrant, User

TOKEN_LIFE = timedelta(hours=settings.NEXUS_SESSION_HOURS)  # a working day, as long as a session
PROGRAM_TOKEN_LIFE = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # how exactly it is known when a token was last used
READ_ONLY = "This token may only read. Make a token that may also write, on your account page."


@transaction.atomic
def issue(
    person: User, *, scope: Scope, now: datetime, integration: Integration | None = None
) -> tuple[AuthToken, str]:
    """A new token and its text in clear. Who may have one is the caller's question."""
    expiry = min(integration.expires_at - now, PROGRAM_TOKEN_LIFE) if integration else TOKEN_LIFE
    token, text = AuthToken.objects.create(person, expiry=expiry)
    TokenGrant.objects.create(digest=token.digest, scope=scope, integration=integration)
    return token, str(text)


def grant_of(token: AuthToken, now: datetime) -> TokenGrant | None:
    """What the token may do now; None for one that no door of ours has made, and for one that is too long for what was
    granted."""
    grant = TokenGrant.objects.select_related("integration").filter(digest=token.digest).first()
    if grant is None:
        return None
    if grant.integration is not None and not grant.integration.is_live(now):
        return None
    longest = PROGRAM_TOKEN_LIFE if grant.integration else TOKEN_LIFE
    lasts = token.expiry - token.created if token.expiry else None
    return grant if lasts is not None and lasts <= longest + SEEN_EVERY else None


def note_use(grant: TokenGrant, now: datetime) -> None:
    """That it was used, by the minute."""
    if grant.last_used_at is None or now - grant.last_used_at >= SEEN_EVERY:
        TokenGrant.objects.filter(pk=grant.pk).update(last_used_at=now)


def live_integrations(person: User, now: datetime) -> models.QuerySet[Integration]:
    """The programs that this person answers for, and that still run."""
    return Integration.objects.filter(person=person, withdrawn_at=None, expires_at__gt=now)

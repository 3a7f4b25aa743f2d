"""What a person does to their own account: a new password, and tokens for the API.

Each writes its audit entry in the caller's transaction. A token is shown once and kept as a hash.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from knox.models import AuthToken

from nexus.accounts.models import Scope, TokenGrant, User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.accounts.tokens import issue
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.refusals import Refused, refuse_if

MOST_TOKENS = 5


@transaction.atomic
def change_password(*, by: User, new: str, confirmed_at: datetime | None, now: datetime) -> int:
    """Set the password and revoke every token; returns how many there were. Raises Refused."""
    refuse_if(reasons_not_confirmed(confirmed_at, now))
    person = User.objects.select_for_update().get(pk=by.pk)
    person.set_password(new)
    person.save(update_fields=["password"])
    by.password = person.password  # the session is kept for the person who changed it
    revoked, _ = AuthToken.objects.filter(user=person).delete()
    record(kind="user.password_changed", by=by, subject=person, now=now,
           detail={"tokens_revoked": revoked})  # fmt: skip
    tell_of_account(
        person=person,
        kind="account_password_changed",
        event_key=f"password:{person.pk}:{now.isoformat()}",
        now=now,
    )
    return revoked


@transaction.atomic
def create_token(
    *,
    by: User,
    confirmed_at: datetime | None,
    now: datetime,
    scope: str = Scope.READ,
) -> str:
    """A new token in clear, for a working day, which nobody can read again. Refused beyond five."""
    refuse_if(reasons_not_confirmed(confirmed_at, now))
    User.objects.select_for_update().get(pk=by.pk)
    if len(tokens(by=by, now=now)) >= MOST_TOKENS:
        raise Refused(
            f"You have {MOST_TOKENS} tokens, which is the most a person may have. Revoke one first."
        )
    may = Scope(scope or Scope.READ)
    _, token = issue(by, scope=may, now=now)
    record(kind="user.token_created", by=by, subject=by, now=now, detail={"scope": may.value})
    tell_of_account(
        person=by, kind="account_token_made", event_key=f"token:{by.pk}:{now.isoformat()}", now=now
    )
    return token


@transaction.atomic
def revoke_token(*, by: User, token_key: str, now: datetime) -> bool:
    """End one of one's own tokens at once. False when it was gone already."""
    own = [token.pk for token in AuthToken.objects.filter(user=by) if token.token_key == token_key]
    deleted, _ = AuthToken.objects.filter(pk__in=own).delete()  # any text may be posted as a key
    if deleted:
        record(kind="user.token_revoked", by=by, subject=by, now=now)
    return bool(deleted)


def tokens(*, by: User, now: datetime) -> Sequence[AuthToken]:
    """Their own tokens that still work, newest first; `may` of each is what it may do. Those of programs are not theirs."""
    own = list(AuthToken.objects.filter(user=by, expiry__gt=now).order_by("-created"))
    grants = TokenGrant.objects.filter(digest__in=[token.digest for token in own], integration=None)
    by_digest = {grant.digest: grant for grant in grants}
    for token in own:
        token.may = by_digest.get(token.digest)
    return [token for token in own if token.may]

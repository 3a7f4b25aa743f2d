"""Where a person is signed in: their sessions, and the end of those they do not know.

Whose a session is stands inside it, sealed, so all that are running are opened to find a person's own: at some hundreds
of them that takes milliseconds, on a page that is seldom asked for. No table says who works when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from nexus.accounts.entering import BROWSER, SIGNED_IN_AT
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused

NOT_RUNNING = "This session has ended already."


@dataclass(frozen=True)
class Running:
    """One session. `code` names it without being worth anything; `is_this` is the one that asks."""

    code: str
    browser: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool


def code_of(session_key: str) -> str:
    return salted_hmac("nexus.accounts.your_sessions", session_key, algorithm="sha256").hexdigest()[:24]


def rows_of(person: User, now: datetime) -> Iterator[tuple[Session, dict[str, Any]]]:
    """The sessions in which this person is signed in, and what they hold."""
    for row in Session.objects.filter(expire_date__gt=now).iterator():
        held = row.get_decoded()
        fits = constant_time_compare(held.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
        if held.get(SESSION_KEY) == str(person.pk) and fits:
            yield row, held


def sessions_of(person: User, *, this_key: str, now: datetime) -> list[Running]:
    """Where they are signed in now, the one seen last first."""
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = [
        Running(
            code=code_of(row.session_key),
            browser=held.get(BROWSER, "A browser"),
            began_at=datetime.fromtimestamp(held.get(SIGNED_IN_AT, 0), UTC),
            last_seen_at=row.expire_date - idle,
            is_this=row.session_key == this_key,
        )
        for row, held in rows_of(person, now)
    ]
    return sorted(found, key=lambda running: running.last_seen_at, reverse=True)


@transaction.atomic
def end_sessions(*, by: User, this_key: str, code: str, now: datetime) -> int:
    """End the session that `code` names, or with "" all but the one that asks; how many. Raises Refused."""
    ended = 0
    for row, _ in list(rows_of(by, now)):
        if row.session_key != this_key and code in ("", code_of(row.session_key)):
            row.delete()
            ended += 1
    if code and not ended:
        raise Refused(NOT_RUNNING)
    if ended:
        record(kind="user.sessions_ended", by=by, subject=by, now=now, detail={"sessions": ended})
    return ended

"""Between the password and the second factor: the browser's session says whose password it was, and nobody is signed in."""

import time
from dataclasses import dataclass

from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from nexus.accounts.models import User

HALF_WAY = "half_way"  # in the session: whose password was right, and when
SECOND_FACTOR = "second_factor"  # in a session that is signed in: whose it was, and what it was given with
SECONDS = 10 * 60


@dataclass(frozen=True)
class HalfWay:
    """A person whose password was right minutes ago."""

    person: User


def begin(request: HttpRequest, person: User) -> HalfWay:
    """A new session, with nothing of the last one."""
    request.session.flush()
    request.session[HALF_WAY] = {
        "person": person.pk,
        "at": int(time.time()),
        "hash": person.get_session_auth_hash(),
    }
    return HalfWay(person)


def found(request: HttpRequest) -> HalfWay | None:
    """Who is half way in this browser; nobody after ten minutes, a new password, or disabling."""
    noted = request.session.get(HALF_WAY)
    if not noted or time.time() - noted["at"] > SECONDS:
        return None
    person = User.objects.filter(pk=noted["person"], is_active=True).first()
    if person is None or not constant_time_compare(noted["hash"], person.get_session_auth_hash()):
        return None
    person.request_id = getattr(request, "id", "")
    return HalfWay(person)


def complete(request: HttpRequest, person: User, given_with: str) -> None:
    """The session is signed in from here on, under a new id."""
    request.session.flush()
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    mark(request.session, person, given_with)


def mark(session: SessionBase, person: User, given_with: str) -> None:
    """The session is one of this person after both steps."""
    session[SECOND_FACTOR] = [person.pk, given_with]


def is_marked(request: HttpRequest, person: User) -> bool:
    """Whether the second factor of this very person was given for this session."""
    return request.session.get(SECOND_FACTOR, [None])[0] == person.pk

"""Typed text that survives the end of a session: in the page itself, nowhere on the server, and nobody can read it there.

While its writer is away at a provider (nexus/accounts/openid) it waits, sealed as it is, in the browser's session.

Each form says, unreadably, whom it was shown to. When the session has ended, what was posted travels as one text in the
sign-in form, encrypted under the key of that person. After they have signed in it comes back as hidden fields of a form
that posts them to the page they were meant for; whoever else signs in gets a sentence.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from nexus.accounts.models import User

SALT = "nexus.accounts.carrying"
MAX_AGE = 8 * 60 * 60  # seconds; a working day
FIELD = "carried"
SHOWN_TO = "shown_to"  # in each form: the writer, as nobody can read or guess
NOT_YOURS = (
    "What had been typed on this page is not shown to you: somebody else typed it, or it is more than "
    f"{MAX_AGE // 3600} hours old. It has not been saved."
)


@dataclass(frozen=True)
class Typed:
    """What was posted: where it was going, the fields, and whether there were files, which stay behind."""

    path: str
    fields: list[list[str]]
    files: bool


def typed_in(request: HttpRequest) -> Typed:
    """Of a POST that cannot be answered now."""
    fields = [
        [name, value] for name, values in request.POST.lists() for value in values if may_be_carried(name)
    ]
    return Typed(request.get_full_path(), fields, bool(request.FILES))


def may_be_carried(name: str) -> bool:
    """Passwords and the old token stay behind."""
    return "password" not in name and name not in {"csrfmiddlewaretoken", SHOWN_TO}


def shown_to(person: User) -> str:
    """What the forms of this person's pages say."""
    return salted_hmac(SALT, str(person.pk), algorithm="sha256").hexdigest()


def was_shown_to(posted: Mapping[str, Any], person: User) -> bool:
    """Whether the form that was posted stood on a page of this person."""
    return constant_time_compare(str(posted.get(SHOWN_TO, "")), shown_to(person))


def sealed(request: HttpRequest) -> str:
    """What was posted, for the person whose form it was and nobody else; "" where the form does not say whose."""
    writer = str(request.POST.get(SHOWN_TO, ""))
    if not writer:
        return ""
    plain = json.dumps(asdict(typed_in(request)), separators=(",", ":")).encode()
    return _cipher(writer).encrypt(zlib.compress(plain)).decode()


def opened(text: str, person: User) -> Typed | None:
    """What was sealed for this person; None for what is another's, not ours, too old, or leads nowhere on this site."""
    try:
        plain = _cipher(shown_to(person)).decrypt(text.encode(), ttl=MAX_AGE)
    except InvalidToken:
        return None
    typed = Typed(**json.loads(zlib.decompress(plain)))
    return typed if is_local(typed.path) else None


def _cipher(writer: str) -> Fernet:
    key = salted_hmac(f"{SALT}.key", writer, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def is_local(path: str) -> bool:
    """Whether a path leads to a page of this site."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True

"""Typed text that survives the end of a session: in the page itself, nowhere on the server.

The posted fields travel as one signed text in the sign-in form. After signing in they come back
as hidden fields of a form that posts them to the page they were meant for.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "nexus.accounts.carrying"
MAX_AGE = 8 * 60 * 60  # seconds; a working day
FIELD = "carried"


def context(request: HttpRequest) -> dict[str, Any]:
    """For the templates: where it was going, the fields, whether files were among them, and all that sealed."""
    fields = [
        [name, value] for name, values in request.POST.lists() for value in values if may_be_carried(name)
    ]
    carried = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    return {**carried, FIELD: signing.dumps(carried, salt=SALT, compress=True)}


def may_be_carried(name: str) -> bool:
    """Passwords and the old token stay behind."""
    return "password" not in name and name != "csrfmiddlewaretoken"


def opened(sealed: str) -> dict[str, Any] | None:
    """What `context` sealed; None when it is not ours, too old, or leads nowhere on this site."""
    try:
        carried = signing.loads(sealed, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return carried if is_local(carried["path"]) else None


def is_local(path: str) -> bool:
    """Whether a path leads to a page of this site."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True

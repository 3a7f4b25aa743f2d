"""Refusals are entries too: one place sees every answer, and writes down which door was closed to whom.

It stands outside the request's transaction, so that the entry is kept although everything else is undone. It keeps
the page's name and the ids of its address, never a word that was typed. A wrong password or proof has an entry of
its own where it is checked (`user.sign_in_failed`, `user.not_confirmed`).
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.request_id import page_of

FOREIGN = "refusal.foreign_address"
NOT_PERMITTED = "refusal.not_permitted"
FORGED_FORM = "refusal.forged_form"
BAD_TOKEN = "refusal.bad_token"  # noqa: S105  # the name of a kind
CONFLICT = "refusal.conflict"
THROTTLED = "refusal.throttled"
AN_ID = re.compile(
    r"\d{1,18}|[A-Z]{2,4}-\d{4}-\d{6,9}(-\d+)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)
log = logging.getLogger("nexus.audit")


class RefusalMiddleware:
    """Writes one entry for each refused request. A failure to write it is a line in the log: nothing was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_session = request.user  # an endpoint that refuses the session's form forgets whose it is
        response = self.get_response(request)
        by = next((each for each in (request.user, in_session) if isinstance(each, User)), None)
        kind = kind_of(request, response, by)
        if kind:
            try:
                with transaction.atomic():
                    written(request, kind, response.status_code, by)
            except DatabaseError:
                log.exception("a refusal was not recorded", extra={"id": getattr(request, "id", "")})
        return response


def kind_of(request: HttpRequest, response: HttpResponse, by: User | None) -> str:
    """Which refusal the answer is; "" where it is none, and where nobody and no token asked."""
    if getattr(request, "is_forged_form", False):
        return FORGED_FORM
    match response.status_code:
        case 401 if "Authorization" in request.headers:
            return BAD_TOKEN
        case 403 if by:
            return NOT_PERMITTED
        case 404 if by and ids_of(request):
            return FOREIGN
        case 409 if by:
            return CONFLICT
        case 429:
            return THROTTLED
    return ""


def written(request: HttpRequest, kind: str, status: int, by: User | None) -> None:
    """The entry: who, which page, which ids."""
    record(
        kind=kind,
        by=by,
        now=timezone.now(),
        request_id=getattr(request, "id", ""),
        detail={"page": page_of(request), "method": request.method, "status": status, **ids_of(request)},
    )


def ids_of(request: HttpRequest) -> dict[str, Any]:
    """The ids in the address; a word that only looks like a part of an address stays out."""
    match = request.resolver_match
    address: Mapping[str, Any] = match.kwargs if match else {}
    return {name: str(value) for name, value in address.items() if AN_ID.fullmatch(str(value))}

"""What an endpoint answers when it does not do what was asked.

400 `{"errors": {field: [sentence]}}` · 401, 403, 404, 405, 415, 429 `{"detail": sentence}` ·
409 `{"reasons": [sentence]}`. Whatever was written before is taken back.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from rest_framework import exceptions, status, views
from rest_framework.response import Response

from nexus.refusals import Refused

WHOLE_BODY = "body"


class InvalidBody(Exception):
    """The body cannot be taken. `errors` has sentences by field, WHOLE_BODY for the rest.

    `keeps_entries` where what was written before is the record of this very refusal.
    """

    def __init__(self, errors: dict[str, list[str]], *, keeps_entries: bool = False) -> None:
        super().__init__(errors)
        self.errors, self.keeps_entries = errors, keeps_entries


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None lets an unforeseen failure become a 500 with its log line."""
    if isinstance(exc, Refused):
        views.set_rollback()
        return Response({"reasons": exc.reasons}, status=status.HTTP_409_CONFLICT)
    if isinstance(exc, InvalidBody):
        if not exc.keeps_entries:
            views.set_rollback()
        return Response({"errors": exc.errors}, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(exc, exceptions.ParseError):
        views.set_rollback()
        return Response({"errors": {WHOLE_BODY: ["Send JSON."]}}, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(exc, ObjectDoesNotExist):
        exc = exceptions.NotFound()
    if isinstance(exc, exceptions.PermissionDenied) and str(exc.detail).startswith("CSRF"):
        context["request"]._request.is_forged_form = True  # nexus/audit/refused.py writes it down
    response = views.exception_handler(exc, context)
    if response is not None and response.status_code == status.HTTP_404_NOT_FOUND:
        response.data = {"detail": "Not found."}  # never which model it was
    return response

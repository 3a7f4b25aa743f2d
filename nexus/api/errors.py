"""What an endpoint answers when it does not do what was asked: problem details (nexus/problems.py).

400 with `errors`, one a field and sentence · 409 with `reasons` · the rest with `detail` alone. Whatever was written
before is taken back.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from rest_framework import exceptions, status, views
from rest_framework.response import Response

from nexus.problems import MEDIA_TYPE, Code, errors_of, problem
from nexus.refusals import Refused

WHOLE_BODY = "body"
UNREADABLE = "Send JSON."


class InvalidBody(Exception):
    """What was sent cannot be taken. `errors` has sentences by field, WHOLE_BODY for the rest.

    `place` says where: the body, the query, a header. `keeps_entries` where what was written before is the record of
    this very refusal.
    """

    def __init__(
        self, errors: Mapping[str, list[str]], *, keeps_entries: bool = False, place: str = "body"
    ) -> None:
        super().__init__(errors)
        self.errors, self.keeps_entries, self.place = dict(errors), keeps_entries, place

    def within(self, path: str) -> "InvalidBody":
        """The same, of a body that stands at this path of a larger one."""
        found = {path if name == WHOLE_BODY else f"{path}.{name}": said for name, said in self.errors.items()}
        return InvalidBody(found, keeps_entries=self.keeps_entries)


class ChangedMeanwhile(Exception):
    """The row is not what the program has seen. `current` is what it is now."""

    def __init__(self, current: dict[str, Any], sent: Any) -> None:
        super().__init__("Somebody has changed it meanwhile. Read it again before you change it.")
        self.current, self.sent = current, sent


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None lets an unforeseen failure become a 500 with its log line."""
    request = context["request"]._request
    if isinstance(exc, Refused):
        views.set_rollback()
        return refusal(request, status.HTTP_409_CONFLICT, " ".join(exc.reasons), reasons=exc.reasons)
    if isinstance(exc, ChangedMeanwhile):
        views.set_rollback()
        texts = {"current": exc.current, "sent": exc.sent}
        return refusal(request, status.HTTP_412_PRECONDITION_FAILED, str(exc), **texts)
    if isinstance(exc, InvalidBody):
        if not exc.keeps_entries:
            views.set_rollback()
        return of_faults(request, exc)
    if isinstance(exc, exceptions.ParseError):
        views.set_rollback()
        return of_faults(request, InvalidBody({WHOLE_BODY: [UNREADABLE]}), code=Code.UNREADABLE)
    if isinstance(exc, ObjectDoesNotExist):
        exc = exceptions.NotFound()
    if isinstance(exc, exceptions.PermissionDenied) and str(exc.detail).startswith("CSRF"):
        request.is_forged_form = True  # nexus/audit/refused.py writes it down
    response = views.exception_handler(exc, context)
    return response and in_detail(request, response)


def of_faults(request: Any, wrong: InvalidBody, **more: Any) -> Response:
    """400: every sentence with its field."""
    sentences = [str(each) for said in wrong.errors.values() for each in said]
    errors = errors_of(wrong.errors, place=wrong.place)
    return refusal(request, status.HTTP_400_BAD_REQUEST, " ".join(sentences), errors=errors, **more)


def in_detail(request: Any, response: Response) -> Response:
    """What DRF answers by itself, as a problem; its headers stay. Of a 404 never which model it was."""
    detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
    if response.status_code == status.HTTP_404_NOT_FOUND:
        detail = "Not found."
    made = refusal(request, response.status_code, str(detail))
    for name, value in response.items():
        if name.lower() != "content-type":
            made[name] = value
    return made


def refusal(request: Any, number: int, detail: str, **more: Any) -> Response:
    """A problem as DRF answers it."""
    return Response(problem(request, number, detail, **more), status=number, content_type=MEDIA_TYPE)

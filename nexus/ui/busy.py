"""503: what could not be done in time is not done, said in style with when to try again, and what was typed is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from nexus.admission import BUSY
from nexus.documents.places import BucketAway
from nexus.problems import problem_answer
from nexus.ui.typed import typed_texts

API = "/api/"
READER_IS_KNOWN = "reader_is_known"  # of a request: a session in force answered for it, with the form's token


@dataclass(frozen=True)
class Busy:
    """Why something was not done: a `sentence` for the person, and the `seconds` after which to try again."""

    sentence: str
    seconds: int


FULL = Busy("More people are using it at this moment than it can answer.", 5)
HELD = Busy("Somebody else is changing the same record at this moment, and has not finished.", 5)
SLOW = Busy("This took longer than the service allows, so it was stopped.", 30)
NO_ROOM = Busy("There is no room left where files are kept.", 300)
AWAY = Busy("A part of the service that it needs is not answering.", 15)
# PostgreSQL's codes: lock_not_available, deadlock_detected, serialization_failure; query_canceled.
BY_CODE = {"55P03": HELD, "40P01": HELD, "40001": HELD, "57014": SLOW}


def reason_busy(error: BaseException | None) -> Busy | None:
    """Why database, queue, disk or bucket did not do what was asked; None for an error that is no such thing."""
    if isinstance(error, OperationalError | InterfaceError):
        return BY_CODE.get(getattr(error.__cause__, "pgcode", None) or "", AWAY)
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return NO_ROOM
    return AWAY if isinstance(error, RedisError | BucketAway) else None


def busy_answer(request: HttpRequest, busy: Busy) -> HttpResponse:
    """The page, or JSON under /api/. Needs no database and no session."""
    if request.path.startswith(API):
        answer: HttpResponse = problem_answer(request, 503, busy.sentence)
    else:
        context = {
            "sentence": busy.sentence,
            "seconds": busy.seconds,
            "typed": what_was_typed(request),
            "was_sent": request.method == "POST",
        }
        answer = HttpResponse(render_to_string("nexus/ui/503.html", context), status=503)
    answer["Retry-After"] = str(busy.seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def what_was_typed(request: HttpRequest) -> list[str]:
    """The texts of a form of ours, for the person whose session answered; none where no session was asked, of what
    another site sent, and of what cannot be read."""
    if not getattr(request, READER_IS_KNOWN, False):
        return []
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    try:
        return typed_texts(request)
    except (BadRequest, SuspiciousOperation, OSError, MultiPartParserError):
        return []


class BusyMiddleware:
    """Answers what found no place (nexus/admission.py), before any session or database is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nobody knows yet who is reading, so what was typed is not shown."""
        return busy_answer(request, FULL) if request.META.get(BUSY) else self.get_response(request)

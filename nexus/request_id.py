"""One id for each request, from the proxy to the audit log, and one log line for each answer."""

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nexus.metrics.counting import COUNTERS

HEADER = "X-Request-ID"
log = logging.getLogger("nexus.requests")


class RequestIdMiddleware:
    """Sets `request.id`, repeats it in the answer, and logs the page's name, never its address.

    An id from outside is taken only when it is a UUID: anything else could carry text into the
    audit log and the log lines.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its id, answer it, and say how that went."""
        request.id = request_id(request.headers.get(HEADER, ""))  # type: ignore[attr-defined]
        began = time.monotonic()
        response = self.get_response(request)
        response[HEADER] = request.id  # type: ignore[attr-defined]
        took, page = time.monotonic() - began, page_of(request)
        COUNTERS.answered(page=page, method=request.method or "", status=response.status_code, seconds=took)
        log.info(
            "answered",
            extra={
                "method": request.method,
                "page": page,
                "status": response.status_code,
                "ms": round(took * 1000),
                "request_id": request.id,  # type: ignore[attr-defined]
            },
        )
        return response


def request_id(offered: str) -> str:
    """The offered id in its canonical spelling when it is a UUID, or a new one."""
    try:
        # uuid.UUID is generous with braces and prefixes, which only a plain 32 or 36 characters exclude.
        return str(uuid.UUID(offered)) if len(offered) in {32, 36} else str(uuid.uuid4())
    except ValueError:
        return str(uuid.uuid4())


def page_of(request: HttpRequest) -> str:
    """The name of the page asked for ("referrals:accept"), or "" where no page answers."""
    match = request.resolver_match
    return match.view_name if match else ""

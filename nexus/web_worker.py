"""gunicorn's worker, as the service runs it: what is no request at all is answered with our headers, and not repeated.

gunicorn's own answer bears no header of ours, and its log line quotes what was sent: an address may hold a name.
"""

import logging
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from nexus.every_answer import ON_EVERY_ANSWER

log = logging.getLogger("nexus.requests")

BROKEN = (500, "Internal Server Error")
UNREADABLE = (400, "Bad Request")
ANSWERS: dict[type[Exception], tuple[int, str]] = {
    errors.LimitRequestLine: (414, "URI Too Long"),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large"),
    errors.UnsupportedTransferCoding: (501, "Not Implemented"),
    errors.ExpectationFailed: (417, "Expectation Failed"),
    errors.ForbiddenProxyRequest: (403, "Forbidden"),
}
HEADERS = {
    **ON_EVERY_ANSWER,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Content-Type": "text/plain; charset=utf-8",
    "Connection": "close",
}


class Worker(ThreadWorker):
    """Answers by threads, as `--threads` asks."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Called instead of the service where a request cannot be read, or where the service itself is broken."""
        status, reason = answer_to(exc)
        found = {"status": status, "kind": type(exc).__name__}
        if status == BROKEN[0]:
            log.error("an answer failed", extra=found, exc_info=exc)
        else:
            log.warning("what came is no request", extra=found)
        try:
            util.write_nonblock(client, written(status, reason))
        except OSError:
            log.debug("nobody waits for the answer")


def answer_to(exc: Exception) -> tuple[int, str]:
    """The status and its name."""
    if not isinstance(exc, errors.ParseException):
        return BROKEN
    return next((answer for kind, answer in ANSWERS.items() if isinstance(exc, kind)), UNREADABLE)


def written(status: int, reason: str) -> bytes:
    """The whole answer as it goes over the line."""
    body = f"{reason}\n".encode()
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in HEADERS.items())]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
    return head.encode() + body

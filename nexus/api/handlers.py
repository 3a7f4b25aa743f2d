"""What answers an address or a request no endpoint could take: JSON under /api/, a page elsewhere."""

import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nexus.health import health
from nexus.problems import problem_answer
from nexus.ui import views
from nexus.ui.busy import API, busy_answer, reason_busy


def _either(page: Callable[..., HttpResponse], sentence: str) -> Callable[..., HttpResponse]:
    def handler(request: HttpRequest, exception: Any = None) -> HttpResponse:
        answer = page(request) if exception is None else page(request, exception)
        if not request.path.startswith(API):
            return answer
        return problem_answer(request, answer.status_code, sentence)

    return handler


bad_request = _either(views.bad_request, "The request could not be read.")
forbidden = _either(views.forbidden, "You may not do this.")
not_found = _either(views.not_found, "Not found.")
_broken = _either(views.server_error, "Something went wrong. Nothing was changed. Try again later.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the database or the queue did not do in time what was asked, wherever that was noticed.

    Django calls this while it handles the error.
    """
    busy = reason_busy(sys.exc_info()[1])
    if busy is None:
        return _broken(request)
    return health(request) if request.path == reverse("health") else busy_answer(request, busy)

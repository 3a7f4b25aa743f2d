"""What answers an address or a request no endpoint could take: JSON under /api/, a page elsewhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from nexus.ui import views

API = "/api/"


def _either(page: Callable[..., HttpResponse], sentence: str) -> Callable[..., HttpResponse]:
    def handler(request: HttpRequest, exception: Any = None) -> HttpResponse:
        answer = page(request) if exception is None else page(request, exception)
        if not request.path.startswith(API):
            return answer
        return JsonResponse({"detail": sentence}, status=answer.status_code)

    return handler


bad_request = _either(views.bad_request, "The request could not be read.")
forbidden = _either(views.forbidden, "You may not do this.")
not_found = _either(views.not_found, "Not found.")
server_error = _either(views.server_error, "Something went wrong. Nothing was changed. Try again later.")

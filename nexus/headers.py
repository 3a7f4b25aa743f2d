"""The headers that belong on every answer, also on those that were made before anybody else could set them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nexus.deprecated import headers_of
from nexus.every_answer import ON_EVERY_ANSWER


class EveryAnswerMiddleware:
    """Stands outside all that may answer by itself: a refused host, a redirect to TLS, a file, a full house."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What a view has set itself stays."""
        response = self.get_response(request)
        limits = getattr(request, "limits", {})  # of the API's callers: nexus/api/limits.py
        for name, value in {**ON_EVERY_ANSWER, **limits, **headers_of(request)}.items():
            response.headers.setdefault(name, value)
        return response

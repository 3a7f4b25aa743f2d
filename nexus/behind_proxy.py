"""Who is really asking, when a proxy asks for them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class BehindProxyMiddleware:
    """Takes the client's address from the proxy's X-Forwarded-For; on only with NEXUS_BEHIND_PROXY.

    The proxy replaces that header (deploy/nginx.conf). If another stands in front of it and extends it,
    the last entry is still the one our own proxy has seen, and nobody can forge it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Without the header the address stays that of the connection."""
        seen = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)

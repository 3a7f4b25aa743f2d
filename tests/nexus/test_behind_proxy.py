"""Behind our own proxy its last word about who asked counts, and only that."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from nexus.behind_proxy import BehindProxyMiddleware


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (None, "10.0.0.2"),
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("forged, 198.51.100.7 ", "198.51.100.7"),
        ("", "10.0.0.2"),
    ],
)
def test_the_last_entry_is_the_address(header: str | None, address: str) -> None:
    headers = {} if header is None else {"X-Forwarded-For": header}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.2")
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    BehindProxyMiddleware(answer)(request)
    assert seen == [address]

"""Every kind of answer bears every header: pages, files, redirects, refusals, errors, a full house, and JSON."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from nexus.accounts import throttle
from nexus.accounts.roles import Role
from nexus.admission import BUSY
from nexus.api.handlers import bad_request, forbidden, not_found, server_error
from nexus.every_answer import ON_EVERY_ANSWER
from tests.builders import a_submitted, a_user
from tests.figures import Figure
from tests.referrals.croydon import signed_in

WANTED = ("Content-Security-Policy", "X-Frame-Options", "X-Request-ID", *ON_EVERY_ANSWER)


def _broken(request: HttpRequest) -> HttpResponse:
    raise ArithmeticError("a mistake of ours")


def _away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server is gone")


urlpatterns = [path("broken/", _broken), path("away/", _away), path("", include("nexus.urls"))]
handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, server_error
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.nexus.test_headers")]


def answers() -> dict[str, tuple[int, Callable[[], Any]]]:
    """What each kind of answer is called, its status, and how to get it."""
    anybody = Client(raise_request_exception=False)
    officer = signed_in(a_user(Role.REFERRALS_OFFICER))
    officer.raise_request_exception = False
    referral = a_submitted()
    return {
        "a public page": (200, lambda: anybody.get("/sign-in/")),
        "a page": (200, lambda: officer.get("/referrals/queue/")),
        "a redirect to sign in": (302, lambda: anybody.get("/referrals/queue/")),
        "a form without a session": (401, lambda: anybody.post("/referrals/queue/take-next/")),
        "a file of ours": (200, lambda: anybody.get("/assets/nexus/nexus.css")),
        "a file that is not there": (404, lambda: anybody.get("/assets/nexus/nowhere.css")),
        "a download": (200, lambda: officer.get("/referrals/queue/export/csv/")),
        "a refused host": (400, lambda: anybody.get("/sign-in/", headers={"host": "elsewhere.example"})),
        "a page not found": (404, lambda: officer.get("/nowhere/")),
        "a page not permitted": (403, lambda: officer.get("/audit/")),
        "a wrong method": (405, lambda: anybody.delete("/sign-in/")),
        "a refused act": (
            409,
            lambda: [officer.post(f"/referrals/{referral.reference}/release/") for _ in "12"][-1],
        ),
        "a form of another site": (403, lambda: cross_site()),
        "too many sign-ins": (429, too_many),
        "a mistake of ours": (500, lambda: officer.get("/broken/")),
        "a database that is away": (503, lambda: officer.get("/away/")),
        "no place": (503, lambda: anybody.get("/sign-in/", **{BUSY: True})),
        "health": (200, lambda: anybody.get("/health/")),
        "the API, to nobody": (401, lambda: anybody.get("/api/v1/referrals/")),
        "the API": (200, lambda: officer.get("/api/v1/referrals/")),
        "the API, not found": (404, lambda: officer.get("/api/v1/nowhere/")),
    }


def cross_site() -> Any:
    return Client(enforce_csrf_checks=True).post(
        "/referrals/queue/take-next/", headers={"sec-fetch-site": "cross-site"}
    )


def too_many() -> Any:
    wrong = {"email": "nobody@homeoffice.example", "password": "wrong"}
    return [Client().post("/sign-in/", wrong) for _ in range(throttle.ATTEMPTS + 1)][-1]


def missing() -> Iterator[str]:
    """What lacks a header, or has a policy that allows what it should not."""
    for name, (status, get) in answers().items():
        answer = get()
        assert answer.status_code == status, (name, answer.status_code)
        policy = answer.headers.get("Content-Security-Policy", "")
        yield from (f"{name}: {header}" for header in WANTED if not answer.headers.get(header))
        if "unsafe" in policy or "frame-ancestors 'none'" not in policy:
            yield f"{name}: {policy}"


def test_every_kind_of_answer_bears_every_header(figure: Figure) -> None:
    found = list(missing())
    figure(16, f"{len(found)} headers missing on {len(answers())} kinds of answers", holds=not found)


@contextmanager
def without(middleware: str, given: Any) -> Iterator[None]:
    given.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != middleware]
    yield


@pytest.mark.parametrize(
    ("middleware", "header"),
    [
        ("nexus.headers.EveryAnswerMiddleware", "Permissions-Policy"),
        ("csp.middleware.CSPMiddleware", "Content-Security-Policy"),
    ],
)
def test_sabotage_without_the_middleware_the_walk_finds_what_is_missing(
    settings: Any, middleware: str, header: str
) -> None:
    with without(middleware, settings):
        assert f"a file of ours: {header}" in list(missing())

"""A full house: told so in style, while signing in, health and our own files keep a lane of their own."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from nexus import admission
from nexus.admission import BUSY, Admission, Lane, lanes
from nexus.bootstrap import CHECKOUT
from nexus.ui import busy

TYPED = "He said that he would go back to Port Selby."


def ask(application: Any, path: str = "/", **more: Any) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of one request."""
    seen: list[Any] = []
    request = RequestFactory().post(path, **more) if more else RequestFactory().get(path)
    environ = request.environ
    body = application(environ, lambda status, headers: seen.extend([status, headers]))
    text = b"".join(body)
    getattr(body, "close", lambda: None)()
    return seen[0], dict(seen[1]), text


class House:
    """An application in which some pages never end until they are let go."""

    def __init__(self) -> None:
        self.stuck = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/stuck/" and BUSY not in environ:
            self.stuck.release()
            assert self.let_go.wait(60)
        start_response("503 Busy" if BUSY in environ else "200 OK", [])
        return [b"answered"]


def few() -> list[Lane]:
    """Lanes as they are, with fewer places."""
    return [Lane(each.name, each.paths, min(each.places, 2), 1, 0.2) for each in lanes()]


@contextmanager
def full(application: Any, house: House, *, callers: int) -> Iterator[None]:
    """So many callers on pages that never end."""
    threads = [threading.Thread(target=ask, args=(application, "/stuck/")) for _ in range(callers)]
    for each in threads:
        each.start()
    for _ in range(min(callers, 2)):
        assert house.stuck.acquire(timeout=20)
    try:
        yield
    finally:
        house.let_go.set()
        for each in threads:
            each.join(60)


def test_whoever_finds_no_place_is_told_so_and_signing_in_and_health_still_answer() -> None:
    house = House()
    application = Admission(house, few())
    with full(application, house, callers=2):
        assert ask(application)[0] == "503 Busy", "waited for all its patience"
        for path in ("/sign-in/", "/api/v1/token/", "/health/", "/assets/nexus.css"):
            assert ask(application, path)[0] == "200 OK"
    assert ask(application)[0] == "200 OK"
    assert [each.inside for each in application.lanes] == [0, 0, 0]


def test_sabotage_one_lane_for_everything_keeps_people_out_who_sign_in() -> None:
    house = House()
    application = Admission(house, [Lane("all", ("/",), places=2, waiting=1, patience=0.2)])
    with full(application, house, callers=2):
        assert ask(application, "/sign-in/")[0] == "503 Busy"
        assert ask(application, "/health/")[0] == "503 Busy"


def test_what_waited_in_vain_is_never_done_afterwards() -> None:
    done = []
    house = House()

    def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if BUSY not in environ and environ["PATH_INFO"] == "/change/":
            done.append(1)
        return house(environ, start_response)

    application = Admission(counted, few())
    with full(application, house, callers=2):
        assert ask(application, "/change/")[0] == "503 Busy"
    assert not done


def test_who_comes_too_often_is_told_so_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(admission.time, "sleep", waited.append)

    def refusing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("429 Too Many Requests", [])
        return [b""]

    ask(Admission(refusing, few()), "/sign-in/")
    assert waited == [admission.PACE]


def test_the_web_server_has_a_thread_for_everybody_inside() -> None:
    inside = sum(each.places + each.waiting for each in lanes())
    assert inside < admission.THREADS
    assert f'"--threads={admission.THREADS}"' in (CHECKOUT / "Dockerfile").read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/referrals/queue/", "/api/v1/referrals/"])
def test_the_answer_is_in_style_with_every_header_and_asks_no_database(
    path: str, django_assert_num_queries: Any
) -> None:
    application = get_wsgi_application()

    def without_a_place(environ: dict[str, Any], start_response: Any) -> Any:
        return application(environ | {BUSY: True}, start_response)

    with django_assert_num_queries(0):
        status, headers, body = ask(without_a_place, path)
    assert status.startswith("503") and headers["Retry-After"] == str(busy.FULL.seconds)
    assert busy.FULL.sentence in body.decode()
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store" and headers["X-Request-ID"]
    form = {"data": f"note={TYPED}".replace(" ", "+"), "content_type": "application/x-www-form-urlencoded"}
    assert TYPED not in ask(without_a_place, path, **form)[2].decode()

"""What takes too long is stopped, harms nobody else, is said in a sentence, and loses nothing that was typed."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from nexus import database_limits
from nexus.accounts.roles import Role
from nexus.api.handlers import server_error
from nexus.database_limits import LIMITS, long_statements, options_for
from nexus.ui import busy
from referrals.models import Referral
from tests.builders import a_submitted, a_user
from tests.databases import superuser
from tests.figures import Figure
from tests.referrals.croydon import signed_in

# A tenth of the web's, so that the test waits half a second and no five.
TENTH = replace(LIMITS["web"], statement_timeout=1_500, lock_timeout=500)
TYPED = "He said that he would go back to Port Selby."


def _slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as ask:
        ask.execute("SELECT pg_sleep(20)")
    return HttpResponse("never")


urlpatterns = [path("slow/", _slow), path("api/slow/", _slow), path("", include("nexus.urls"))]
handler500 = server_error


@pytest.fixture
def limits() -> Iterator[None]:
    """This process's connection as the web's, at a tenth."""
    with limited(TENTH.options):
        yield


@contextmanager
def limited(options: str) -> Iterator[None]:
    before = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = before | {"options": options}
    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = before


@contextmanager
def stuck_on(referral: Referral) -> Iterator[None]:
    """Somebody's transaction that holds the row and never ends."""
    with closing(superuser(connection.settings_dict["NAME"])) as other:
        other.set_session(autocommit=False)
        with other.cursor() as ask:
            ask.execute("SELECT 1 FROM referrals_referral WHERE id = %s FOR UPDATE", [referral.pk])
            yield
        other.rollback()


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    return call(), time.monotonic() - began


@pytest.mark.django_db(transaction=True)
def test_one_stuck_transaction_stops_nobody_but_its_own_rows_writers(limits: None, figure: Figure) -> None:
    """Its own writer is told in time, at a tenth of the web's patience; readers, and writers of other rows, go on."""
    held, free = a_submitted(), a_submitted()
    officer = a_user(Role.REFERRALS_OFFICER)
    desk = signed_in(officer)
    desk.raise_request_exception = False
    with stuck_on(held):
        refused, took = timed(lambda: desk.post(f"/referrals/{held.reference}/claim/", {"note": TYPED}))
        assert refused.status_code == 503 and refused["Retry-After"] == "5"
        assert "Somebody else is changing the same record" in refused.text and TYPED in refused.text
        others = [
            desk.get(f"/referrals/{held.reference}/").status_code == 200,
            desk.post(f"/referrals/{free.reference}/claim/").status_code == 302,
        ]
    assert desk.post(f"/referrals/{held.reference}/claim/").status_code == 302
    words = f"the writer of a stuck row had its 503 after {took:.1f} s, at a lock's patience of 0.5 s"
    figure(17, f"{words}; {others.count(True)} of 2 others were answered", holds=took < 3 and all(others))


@pytest.mark.django_db(transaction=True)
def test_sabotage_without_the_limit_its_writer_waits_for_ever() -> None:
    """Stopped by the test's own deadline instead: a statement's, which says another sentence."""
    held = a_submitted()
    desk = signed_in(a_user(Role.REFERRALS_OFFICER))
    desk.raise_request_exception = False
    with limited("-c lock_timeout=0 -c statement_timeout=1500"), stuck_on(held):
        refused, took = timed(lambda: desk.post(f"/referrals/{held.reference}/claim/"))
    assert took >= 1.5 and "Somebody else" not in refused.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.nexus.test_limits")
@pytest.mark.parametrize("where", ["/slow/", "/api/slow/"])
def test_a_statement_that_was_cut_off_gives_a_sentence_and_keeps_what_was_typed(
    where: str, limits: None
) -> None:
    desk = Client(raise_request_exception=False)
    desk.force_login(a_user(Role.REFERRALS_OFFICER))
    answer = desk.post(where, {"narrative": TYPED, "password": "an invented pass phrase"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert busy.SLOW.sentence in answer.text
    assert "invented pass phrase" not in answer.text
    assert (TYPED in answer.text) is (where == "/slow/")


@pytest.mark.parametrize("process", LIMITS)
def test_each_kind_of_process_has_its_limits(process: str) -> None:
    """As PostgreSQL itself says of a connection that was made with them."""
    where = settings.DATABASES["default"]
    link = psycopg2.connect(
        host=where["HOST"], user=where["USER"], dbname="nexus", options=options_for(process)
    )
    with closing(link), link.cursor() as ask:
        for name, milliseconds in vars(LIMITS[process]).items():
            ask.execute("SELECT setting::int FROM pg_settings WHERE name = %s", [name])
            assert ask.fetchone() == (milliseconds,)


def test_who_brings_no_limits_has_those_of_the_role() -> None:
    """A command, or a connection through a proxy that drops options."""
    where = settings.DATABASES["default"]
    for role, process in (("nexus_app", "worker"), ("nexus_owner", "migrations")):
        with closing(psycopg2.connect(host=where["HOST"], user=role, dbname="nexus")) as link:
            with link.cursor() as ask:
                ask.execute("SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'")
                assert ask.fetchone() == (LIMITS[process].lock_timeout,)


@pytest.mark.django_db
def test_a_page_that_reads_the_whole_service_may_take_longer() -> None:
    with long_statements(), connection.cursor() as ask:
        ask.execute("SHOW statement_timeout")
        assert ask.fetchone() == (f"{database_limits.LONG_MS // 60_000}min",)


def test_another_sites_form_is_not_given_back() -> None:
    """What it sent was never this person's typing."""
    request = RequestFactory().post("/", {"text": TYPED}, headers={"sec-fetch-site": "cross-site"})
    setattr(request, busy.READER_IS_KNOWN, True)
    assert TYPED not in busy.busy_answer(request, busy.HELD).content.decode()
    request = RequestFactory().post("/", {"text": TYPED}, headers={"sec-fetch-site": "same-origin"})
    setattr(request, busy.READER_IS_KNOWN, True)
    assert TYPED in busy.busy_answer(request, busy.HELD).content.decode()


@pytest.mark.django_db
def test_what_was_typed_is_shown_on_a_503_only_after_the_session_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A database that answers no session, or a session that has ended: the page says so and shows no text."""
    officer = a_user(Role.REFERRALS_OFFICER)
    desk = Client(raise_request_exception=False)
    desk.force_login(officer)
    load = "django.contrib.sessions.backends.db.SessionStore.load"
    before_the_session = stopped(desk, monkeypatch, load)
    assert TYPED not in before_the_session and "could not ask who is signed in" in before_the_session
    # Sabotage: without asking, the text stands there.
    monkeypatch.setattr(busy, "READER_IS_KNOWN", "method")
    assert TYPED in stopped(desk, monkeypatch, load)


def stopped(browser: Client, monkeypatch: pytest.MonkeyPatch, where: str) -> str:
    """What is read when the database is gone from a certain place on."""

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server is gone")

    with monkeypatch.context() as gone:
        gone.setattr(where, away)
        answer = browser.post("/referrals/NHH-2026-000001/claim/", {"note": TYPED})
    assert answer.status_code == 503
    return answer.text


@pytest.mark.django_db
def test_health_says_what_is_wrong_as_json_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also to a browser with a session, whose middleware asks the database first."""

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server is gone")

    client.force_login(a_user(Role.MANAGER))
    client.raise_request_exception = False
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", away)
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    for browser in (client, Client(raise_request_exception=False)):
        answer = browser.get("/health/")
        assert answer.status_code == 503
        assert answer.json() == {"database": False, "queue": True}
    page = client.get("/waiting/")
    assert page.status_code == 503 and busy.AWAY.sentence in page.text

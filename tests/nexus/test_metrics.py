"""/metrics/: what those who run the service see, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from nexus.accounts.roles import Role
from nexus.metrics import counting
from nexus.metrics.counting import Counters
from nexus.metrics.measuring import measure
from nexus.tasks import measure_service
from nexus.vital_signs import sign
from tests.builders import a_user
from tests.casework.reports.builders import ASKED, a_report
from tests.referrals.test_take_next import in_custody

TOKEN = "a token of the tests"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def token(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEXUS_METRICS_TOKEN = TOKEN
    monkeypatch.setattr("nexus.request_id.COUNTERS", fresh := Counters())
    monkeypatch.setattr("nexus.metrics.exposition.COUNTERS", fresh)


def read(**headers: str) -> Any:
    return Client().get("/metrics/", headers=headers or {"authorization": f"Bearer {TOKEN}"})


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer no", f"Token {TOKEN}", "Bearer é"])
def test_without_the_token_there_is_no_such_page(given: str, settings: Any) -> None:
    assert read(authorization=given).status_code == 404
    settings.NEXUS_METRICS_TOKEN = ""
    assert read(authorization="Bearer ").status_code == 404


def test_requests_are_counted_by_page_and_status_and_never_by_address() -> None:
    client = Client()
    for _ in range(3):
        client.get("/sign-in/?who=Zelmanov")
    client.get("/referrals/NHH-2026-000001/")
    client.generic("ZELMANOV", "/sign-in/")
    page = read().text
    assert 'nexus_requests_total{page="accounts:sign_in",method="GET",status="200"} 3\n' in page
    assert 'nexus_requests_total{page="accounts:sign_in",method="other",status="405"} 1\n' in page
    assert 'nexus_request_seconds_bucket{le="+Inf"} 5\n' in page
    assert "# TYPE nexus_request_seconds histogram\n" in page
    assert "Zelmanov" not in page and "ZELMANOV" not in page and "NHH" not in page


def test_every_process_adds_to_the_same_figures() -> None:
    for _ in range(2):
        other = Counters()
        other.answered(page="waiting", method="GET", status=200, seconds=0.2)
        other.add_up()
    assert 'nexus_requests_total{page="waiting",method="GET",status="200"} 2\n' in read().text


def test_what_waits_for_a_worker_says_for_how_long() -> None:
    report = a_report()
    found = measure(now=ASKED + timedelta(minutes=5))
    kind = f'{{kind="{report._meta.label_lower}"}}'
    assert found[f"nexus_waiting_rows{kind}"] == 1
    assert found[f"nexus_waiting_seconds{kind}"] == 300
    assert found[f"nexus_leases_ended{kind}"] == 0
    assert f"nexus_waiting_rows{kind} 1\n" in read().text


def test_clocks_that_have_run_out_are_counted() -> None:
    in_custody(2)
    in_custody(200)
    measure_service()
    assert 'nexus_clocks_run_out{clock="custody"} 1\n' in read().text


def test_silence_of_worker_and_beat_and_the_queue_are_figures() -> None:
    sign("beat")
    page = read().text
    assert 'nexus_silent_seconds{process="beat"} 0' in page
    assert "nexus_queue_messages 0\n" in page and "nexus_cache_answers 1\n" in page


def test_a_cache_that_is_away_is_a_figure_and_harms_no_page(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    gone = "unix:///tmp/nobody-listens-here.sock?db=0"
    monkeypatch.setitem(configured.CACHES["default"], "LOCATION", gone)
    assert read().text == "# TYPE nexus_cache_answers gauge\nnexus_cache_answers 0\n"


def test_nothing_is_measured_by_whoever_asks(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert read().status_code == 200


def test_a_person_is_no_reader_of_it() -> None:
    client = Client()
    client.force_login(a_user(Role.ADMINISTRATOR))
    assert client.get("/metrics/").status_code == 404
    assert counting.KEY

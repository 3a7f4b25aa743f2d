"""The sweep finds rows whose worker died and rows whose message was lost."""

from datetime import timedelta
from typing import Any

import pytest

from casework.reports import actions
from tests.casework.reports.builders import ASKED, a_built_report, a_report, again

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the reports workers were told of."""
    ids: list[int] = []
    monkeypatch.setattr("nexus.celery.app.send_task", lambda name, args: ids.extend(args))
    return ids


def test_a_stalled_row_waits_again(sent: list[int], django_capture_on_commit_callbacks: Any) -> None:
    report = a_report()
    actions.begin(report_id=report.pk, now=ASKED)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(now=ASKED + 2 * MINUTE) == 1
    assert (again(report).state, again(report).attempts) == ("scheduled", 1)
    assert sent == [report.pk]
    assert again(report).changes.last().reason == "the worker stopped"


def test_a_row_under_its_lease_is_left_alone(
    sent: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    report = a_report()
    actions.begin(report_id=report.pk, now=ASKED)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(now=ASKED + timedelta(seconds=59)) == 0
    assert again(report).state == "building"
    assert sent == []


def test_a_waiting_row_is_told_of_again(sent: list[int], django_capture_on_commit_callbacks: Any) -> None:
    waiting = a_report()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(now=ASKED) == 1
    assert sent == [waiting.pk]
    assert again(waiting).state == "scheduled"


def test_what_is_built_is_left_alone(sent: list[int], django_capture_on_commit_callbacks: Any) -> None:
    a_built_report()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(now=ASKED + timedelta(days=1)) == 0
    assert sent == []


def test_a_row_that_keeps_stalling_is_parked() -> None:
    report = a_report()
    now = ASKED
    for _ in range(3):
        actions.begin(report_id=report.pk, now=now)
        now += 2 * MINUTE
        actions.sweep(now=now)
    assert again(report).state == "parked"
    assert again(report).failure.startswith("Building failed 3 times. Build it again")

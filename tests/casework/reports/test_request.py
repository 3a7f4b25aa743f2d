"""A manager asks for reports; the row is made once, whoever asks how often."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.reports import actions
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from nexus.accounts.models import Force
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_force, a_user
from tests.casework.reports.builders import ASKED, SO_FAR, a_built_report, a_report

pytestmark = pytest.mark.django_db


def test_one_force_gets_a_row_that_waits() -> None:
    manager = a_user(Role.MANAGER)
    report = a_report(by=manager)
    assert (report.state, report.period, report.force) == ("scheduled", SO_FAR, a_force())
    assert (report.requested_by, report.requested_at) == (manager, ASKED)
    entry = AuditEvent.objects.get(kind="report.requested")
    assert (entry.by_id, entry.subject_id) == (manager.pk, str(report.pk))


def test_every_engaged_force_gets_one() -> None:
    a_force()
    reports = actions.request(by=a_user(Role.MANAGER), now=ASKED, period=SO_FAR)
    assert len(reports) == Force.objects.filter(engaged=True).count() == 43
    assert {report.force_id for report in reports} == set(
        Force.objects.filter(engaged=True).values_list("pk", flat=True)
    )


def test_an_existing_report_is_given_back_as_it_is() -> None:
    built = a_built_report()
    again = a_report(by=a_user(Role.MANAGER), now=ASKED + timedelta(hours=1))
    assert (again.pk, again.state, again.requested_at) == (built.pk, "draft", ASKED)
    assert ProgressReport.objects.count() == 1
    assert AuditEvent.objects.filter(kind="report.requested").count() == 1


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (
            Period(date(2026, 11, 1), date(2026, 11, 18)),
            "The last day must be today, 17 November 2026, or earlier.",
        ),
        (
            Period(date(2026, 11, 9), date(2026, 11, 8)),
            "The first day must be the same as or before the last day.",
        ),
    ],
)
def test_a_future_or_reversed_period_is_refused(period: Period, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        a_report(period=period)
    assert refused.value.reasons == [sentence]
    assert not ProgressReport.objects.exists()


def test_a_force_that_is_not_engaged_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        a_report(force=a_force("97"))
    assert refused.value.reasons == [
        "Police Scotland is not engaged with Nexus High Harm, so it receives no reports."
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_a_manager_asks(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        a_report(by=a_user(role))


def test_the_message_goes_out_when_the_row_is_committed(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr("nexus.celery.app.send_task", lambda name, args: sent.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        report = a_report(now=NOON + timedelta(days=1))
        assert not sent
    assert sent == [("reports.build", [report.pk])]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_is_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing reaches the person who asked; the row waits for the sweep."""

    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("nexus.celery.app.send_task", down)
    report = a_report()
    assert "no broker" in caplog.text
    assert ProgressReport.objects.get(pk=report.pk).state == "scheduled"

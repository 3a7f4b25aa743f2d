"""Claiming a row and building it: once, by whoever holds the token."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.reports import actions, content
from casework.reports.actions import building
from casework.reports.models import ProgressReport, ReportLine
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import a_case, a_force, a_user, an_assigned_case, progress, with_a_question
from tests.casework.reports.builders import ASKED, BUILT, a_built_report, a_released_report, a_report, again

pytestmark = pytest.mark.django_db


def test_it_is_built_with_lines_and_totals() -> None:
    case = a_case()
    report = a_built_report()
    assert (report.state, report.built_at, report.attempts) == ("draft", BUILT, 1)
    assert (report.lease_token, report.lease_ends_at) == (None, None)
    assert [line.referral_id for line in report.lines.all()] == [case.referral_id]
    assert report.totals == content.totals_of(report.lines.all())
    assert [(c.verb, c.to_state) for c in report.changes.all()] == [
        ("begin", "building"),
        ("finish", "draft"),
    ]
    kinds = AuditEvent.objects.filter(subject_type="reports.progressreport").values_list("kind", flat=True)
    assert sorted(kinds) == ["report.begun", "report.finished", "report.requested"]


def test_a_second_message_for_the_same_row_does_nothing() -> None:
    a_case()
    report = a_built_report()
    assert not actions.build(report_id=report.pk, clock=lambda: BUILT)
    assert again(report).changes.count() == 2


def test_a_row_that_does_not_exist_is_nothing_to_do() -> None:
    assert not actions.build(report_id=0, clock=lambda: BUILT)


def test_a_worker_whose_row_has_passed_on_finishes_nothing() -> None:
    """The first worker sleeps through its lease; the sweep gives the row to a second one."""
    a_case()
    report = a_report()
    late = actions.begin(report_id=report.pk, now=ASKED)
    actions.sweep(now=ASKED + timedelta(hours=1))
    second = actions.begin(report_id=report.pk, now=ASKED + timedelta(hours=1))
    assert late and second and late != second
    assert not actions.finish(report_id=report.pk, token=late, clock=lambda: BUILT)
    assert ReportLine.objects.count() == 0
    assert actions.finish(report_id=report.pk, token=second, clock=lambda: BUILT)
    assert again(report).state == "draft"
    actions.fail(report_id=report.pk, token=late, now=BUILT, what="Late")
    assert again(report).state == "draft"


def break_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: ProgressReport) -> list[ReportLine]:
        raise ValueError("Teodor ZELMANOV could not be read")

    monkeypatch.setattr(building, "lines_of", broken)


def test_a_failure_waits_for_the_sweep_then_parks(
    monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    report = a_report()
    break_building(monkeypatch)
    for attempt in (1, 2):
        assert not actions.build(report_id=report.pk, clock=lambda: BUILT)
        assert (again(report).state, again(report).attempts) == ("scheduled", attempt)
    assert not actions.build(report_id=report.pk, clock=lambda: BUILT)
    parked = again(report)
    assert parked.state == "parked"
    assert parked.failure == (
        "Building failed 3 times. Build it again; if it fails again, "
        f"tell support “report {report.pk}: ValueError”."
    )
    assert "ZELMANOV" not in caplog.text
    assert "ZELMANOV" not in str(list(AuditEvent.objects.values_list("detail", "reason")))
    assert not actions.build(report_id=report.pk, clock=lambda: BUILT)


def test_a_half_built_report_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a_case()
    report = a_report()
    monkeypatch.setattr(building, "totals_of", lambda lines: 1 / 0)
    actions.build(report_id=report.pk, clock=lambda: BUILT)
    assert again(report).state == "scheduled"
    assert not again(report).lines.exists()


def test_the_database_keeps_what_the_force_was_given() -> None:
    a_case()
    report = a_released_report()
    for change in (
        lambda: report.lines.update(stage="Another"),
        lambda: report.lines.all().delete(),
        lambda: ProgressReport.objects.filter(pk=report.pk).update(totals={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert again(report).lines.count() == report.totals["lines"] == 1


def test_the_database_refuses_a_building_row_without_a_lease_and_an_illegal_move() -> None:
    report = a_report()
    for values in ({"state": "building"}, {"state": "released"}, {"lease_token": uuid4()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ProgressReport.objects.filter(pk=report.pk).update(**values)


def queries_to_finish(code: str) -> int:
    report = a_report(force=a_force(code))
    token = actions.begin(report_id=report.pk, now=ASKED)
    assert token
    with CaptureQueriesContext(connection) as captured:
        assert actions.finish(report_id=report.pk, token=token, clock=lambda: BUILT)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    for code, number in (("20", 1), ("06", 4)):
        officer = a_user(Role.POLICE_OFFICER, force=a_force(code))
        for _ in range(number):
            case = an_assigned_case(by=officer)
            progress(case)
            progress(case, asked_of_force="Send the statement.")
        with_a_question(by=officer)
    assert queries_to_finish("20") == queries_to_finish("06")

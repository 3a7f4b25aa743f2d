"""A manager has a parked report or a draft built again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.reports import actions
from casework.reports.models import ProgressReport
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import a_case, a_user
from tests.casework.reports.builders import ASKED, READ, a_built_report, a_released_report, a_report, again

pytestmark = pytest.mark.django_db


def requeue(report: ProgressReport, role: Role = Role.MANAGER, **user: object) -> ProgressReport:
    return actions.requeue(report_id=report.pk, by=a_user(role, **user), now=READ)


def test_a_draft_is_built_again_from_the_records_as_they_stand() -> None:
    report = a_built_report()
    assert report.totals["lines"] == 0
    a_case()
    requeue(report)
    assert actions.build(report_id=report.pk, clock=lambda: READ)
    assert again(report).totals["lines"] == report.lines.count() == 1
    assert AuditEvent.objects.filter(kind="report.requeued").count() == 1


def test_a_parked_report_gets_its_attempts_back() -> None:
    report = a_report()
    for minutes in (0, 2, 4):
        actions.begin(report_id=report.pk, now=ASKED + timedelta(minutes=minutes))
        actions.sweep(now=ASKED + timedelta(minutes=minutes + 2))
    assert again(report).state == "parked"
    requeue(report)
    assert (again(report).state, again(report).attempts) == ("scheduled", 0)
    assert actions.build(report_id=report.pk, clock=lambda: READ)
    assert again(report).failure == ""


def test_a_report_being_built_is_waited_for() -> None:
    report = a_report()
    actions.begin(report_id=report.pk, now=ASKED)
    with pytest.raises(Refused) as refused:
        requeue(report)
    assert refused.value.reasons == ["This report is being built now. Wait until it is ready."]


def test_a_released_report_stays() -> None:
    with pytest.raises(Refused) as refused:
        requeue(a_released_report())
    assert refused.value.reasons == ["This report is now “Released to the force”, so it cannot be requeued."]


def test_the_force_may_not() -> None:
    report = a_released_report()
    with pytest.raises(PermissionDenied):
        requeue(report, Role.FORCE_LEAD, force=report.force)


def test_outside_it_does_not_exist() -> None:
    with pytest.raises(ProgressReport.DoesNotExist):
        requeue(a_built_report(), Role.CASE_OWNER)

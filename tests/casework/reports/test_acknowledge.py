"""The force lead acknowledges the force's own report after reading it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.reports import actions
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import a_force, a_user
from tests.casework.reports.builders import READ, a_built_report, a_released_report, again, opened

pytestmark = pytest.mark.django_db
LATER = READ + timedelta(days=1)


def acknowledge(report: ProgressReport, by: User) -> ProgressReport:
    return actions.acknowledge(report_id=report.pk, by=by, now=LATER)


def test_the_force_lead_acknowledges() -> None:
    report, lead = a_released_report(), a_user(Role.FORCE_LEAD)
    acknowledge(report, opened(report, lead, LATER))
    report = again(report)
    assert (report.state, report.acknowledged_by, report.acknowledged_at) == ("acknowledged", lead, LATER)
    entry = AuditEvent.objects.get(kind="report.acknowledged")
    assert (entry.by_id, entry.subject_id) == (lead.pk, str(report.pk))
    assert report.changes.last().verb == "acknowledge"


def test_only_once() -> None:
    report, lead = a_released_report(), a_user(Role.FORCE_LEAD)
    acknowledge(report, opened(report, lead, LATER))
    with pytest.raises(Refused) as refused:
        acknowledge(report, lead)
    assert refused.value.reasons == [
        "This report is now “Acknowledged by the force”, so it cannot be acknowledged."
    ]


def test_it_must_have_been_read() -> None:
    with pytest.raises(Refused) as refused:
        acknowledge(a_released_report(), a_user(Role.FORCE_LEAD))
    assert refused.value.reasons == ["Open and read the report before you acknowledge it."]


def test_an_officer_may_not() -> None:
    report = a_released_report()
    with pytest.raises(PermissionDenied):
        acknowledge(report, a_user(Role.POLICE_OFFICER))


def test_another_force_does_not_see_it() -> None:
    report = a_released_report()
    with pytest.raises(ProgressReport.DoesNotExist):
        acknowledge(report, a_user(Role.FORCE_LEAD, force=a_force("06")))


def test_before_its_release_it_does_not_exist_for_the_force() -> None:
    with pytest.raises(ProgressReport.DoesNotExist):
        acknowledge(a_built_report(), a_user(Role.FORCE_LEAD))

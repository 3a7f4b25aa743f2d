"""A manager releases a report after reading it and a written disclosure check."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.reports import actions
from casework.reports.disclosure import CHECKLIST
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import a_case, a_force, a_user
from tests.casework.reports.builders import (
    BUILT,
    READ,
    a_built_report,
    a_released_report,
    a_report,
    again,
    opened,
)

pytestmark = pytest.mark.django_db


def release(report: ProgressReport, by: User, **values: Any) -> ProgressReport:
    values = {"checked": list(CHECKLIST), "disclosure_check": "Read every line.", **values}
    return actions.release(report_id=report.pk, by=by, now=READ + timedelta(minutes=1), **values)


def test_the_force_can_read_it_afterwards_and_the_disclosure_is_recorded() -> None:
    a_case()
    report, manager = a_built_report(), a_user(Role.MANAGER)
    release(report, opened(report, manager))
    report = again(report)
    assert (report.state, report.released_by, report.disclosure_check) == (
        "released",
        manager,
        "Read every line.",
    )
    lead = a_user(Role.FORCE_LEAD)
    assert list(ProgressReport.objects.visible_to(lead)) == [report]
    entry = AuditEvent.objects.get(kind="report.released")
    assert (entry.recipient, entry.reason, entry.by_id) == (
        "West Midlands Police",
        "Read every line.",
        manager.pk,
    )
    assert entry.detail == {"checked": sorted(CHECKLIST)}
    assert report.changes.last().verb == "release"


def test_before_its_release_the_force_does_not_see_it() -> None:
    a_built_report()
    assert not ProgressReport.objects.visible_to(a_user(Role.FORCE_LEAD)).exists()


def test_another_force_never_sees_it() -> None:
    a_released_report()
    other = a_user(Role.FORCE_LEAD, force=a_force("06"))
    assert not ProgressReport.objects.visible_to(other).exists()


def test_it_must_have_been_read() -> None:
    with pytest.raises(Refused) as refused:
        release(a_built_report(), a_user(Role.MANAGER))
    assert refused.value.reasons == ["Open and read the report before you release it."]


def test_reading_an_earlier_build_does_not_count() -> None:
    report, manager = a_built_report(), a_user(Role.MANAGER)
    opened(report, manager, BUILT + timedelta(minutes=1))
    actions.requeue(report_id=report.pk, by=manager, now=BUILT + timedelta(minutes=2))
    actions.build(report_id=report.pk, clock=lambda: BUILT + timedelta(minutes=3))
    with pytest.raises(Refused) as refused:
        release(report, manager)
    assert refused.value.reasons == ["Open and read the report before you release it."]


def test_another_managers_reading_does_not_count() -> None:
    report = a_built_report()
    opened(report, a_user(Role.MANAGER))
    with pytest.raises(Refused):
        release(report, a_user(Role.MANAGER))


def test_every_point_is_confirmed_and_the_check_is_written() -> None:
    report, manager = a_built_report(), a_user(Role.MANAGER)
    opened(report, manager)
    with pytest.raises(Refused) as refused:
        release(report, manager, checked=["health", "third_parties"], disclosure_check="  ")
    assert refused.value.reasons == [
        "Confirm that the report holds no legal advice.",
        "Confirm that the report holds no internal working notes.",
        "Enter what you checked and what you found.",
    ]
    assert again(report).state == "draft"


def test_a_report_that_is_not_built_cannot_be_released() -> None:
    report, manager = a_report(), a_user(Role.MANAGER)
    with pytest.raises(Refused) as refused:
        release(report, opened(report, manager))
    assert refused.value.reasons == ["This report is now “Waiting to be built”, so it cannot be released."]


def test_a_month_that_was_not_over_is_built_again_first() -> None:
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    report, manager = a_built_report(period=november, now=noon, at=noon), a_user(Role.MANAGER)
    opened(report, manager, noon)
    with pytest.raises(Refused) as refused:
        release(report, manager)
    assert str(refused.value) == (
        "The report was built on 30 November 2026, before November 2026 was over. "
        "Build it again once the month has ended, so that nothing is left out."
    )


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.POLICE_OFFICER])
def test_the_police_may_not(role: Role) -> None:
    report = a_released_report()
    with pytest.raises(PermissionDenied):
        release(report, a_user(role, force=report.force))


@pytest.mark.parametrize("role", [Role.REFERRALS_OFFICER, Role.CASE_OWNER, Role.AUDITOR])
def test_for_others_it_does_not_exist(role: Role) -> None:
    with pytest.raises(ProgressReport.DoesNotExist):
        release(a_built_report(), a_user(role))

"""Progress reports over the interface."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from casework.reports import actions
from casework.reports.disclosure import CHECKLIST
from casework.reports.models import ProgressReport
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import a_case, a_force, a_user
from tests.nexus.api.calling import Caller

pytestmark = pytest.mark.django_db
NOVEMBER = {"first": "2026-11-01", "last": "2026-11-30"}
RELEASE = {"checked": list(CHECKLIST), "disclosure_check": "Read line by line. zq nothing found."}


@pytest.fixture(autouse=True)
def december() -> Any:
    with time_machine.travel(datetime(2026, 12, 2, 9, 0, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def manager() -> Caller:
    return Caller(a_user(Role.MANAGER))


def a_built_report(manager: Caller) -> int:
    (report,) = manager.post("reports/", {"force": "20", **NOVEMBER}).json()
    assert actions.build(report_id=report["id"], clock=timezone.now)
    return int(report["id"])


def test_ask_read_release_acknowledge(manager: Caller) -> None:
    case = a_case()
    asked = manager.post("reports/", {"force": "20", **NOVEMBER})
    assert (asked.status_code, asked.json()[0]["state"]) == (202, "scheduled")
    report = a_built_report(manager)
    unread = manager.post(f"reports/{report}/release/", RELEASE)
    assert unread.status_code == 409 and "Open and read" in unread.json()["reasons"][0]
    lead = Caller(a_user(Role.FORCE_LEAD))
    assert lead.get(f"reports/{report}/").status_code == 404  # not released yet
    read = manager.opened(f"reports/{report}/").json()
    assert [line["referral"] for line in read["lines"]] == [case.referral.reference]
    assert manager.post(f"reports/{report}/release/", RELEASE).json()["state"] == "released"
    theirs = lead.opened(f"reports/{report}/")
    assert theirs.status_code == 200 and RELEASE["disclosure_check"] not in theirs.content.decode()
    event = AuditEvent.objects.filter(kind="report.viewed").latest("id")
    assert (event.recipient, event.subject_id) == ("West Midlands Police", str(report))
    assert lead.post(f"reports/{report}/acknowledge/").json()["state"] == "acknowledged"
    again = lead.post(f"reports/{report}/acknowledge/")
    assert again.status_code == 409


def test_asking_twice_makes_one(manager: Caller) -> None:
    a_force()
    first, second = (manager.post("reports/", {"force": "20", **NOVEMBER}).json() for _ in range(2))
    assert first[0]["id"] == second[0]["id"] and ProgressReport.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"force": "zz", **NOVEMBER}, 400),
        ({"first": "2026-11-01"}, 400),
        ({"force": "20", "first": "2026-11-30", "last": "2026-11-01"}, 409),
        ({"force": "97", **NOVEMBER}, 409),
    ],
)
def test_what_cannot_be_reported_is_refused(manager: Caller, body: dict[str, str], code: int) -> None:
    a_force()
    assert manager.post("reports/", body).status_code == code


def test_who_may(manager: Caller) -> None:
    report = a_built_report(manager)
    foreign = Caller(a_user(Role.FORCE_LEAD, force=a_force("06")))
    assert foreign.get(f"reports/{report}/").status_code == 404
    assert foreign.get("reports/").json()["count"] == 0
    assert foreign.post("reports/", NOVEMBER).status_code == 403
    assert Caller(a_user(Role.CASE_OWNER)).get("reports/").status_code == 403
    assert Caller(a_user(Role.CASE_OWNER)).get(f"reports/{report}/").status_code == 404
    manager.opened(f"reports/{report}/")
    manager.post(f"reports/{report}/release/", RELEASE)
    assert Caller(a_user(Role.POLICE_OFFICER)).post(f"reports/{report}/acknowledge/").status_code == 403
    assert manager.post(f"reports/{report}/requeue/").status_code == 409

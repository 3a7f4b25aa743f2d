"""Data-washes over the interface: what the pages say, through the same actions."""

from typing import Any

import pytest
import time_machine

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.datawash.models import Wash
from referrals.models import Referral
from tests.builders import NOON, a_force, a_user
from tests.nexus.api.calling import Caller
from tests.referrals.datawash.builders import PEOPLE, a_checked_wash, a_register, a_washed_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_noon() -> Any:
    with time_machine.travel(NOON, tick=True):
        yield


def test_a_report_says_what_the_force_may_know_and_no_more() -> None:
    a_register()
    wash = a_washed_list()
    answer = Caller(wash.uploaded_by).get(f"data-washes/{wash.pk}/rows/")
    assert [(row["force_row_ref"], row["grade"], row["pot"]) for row in answer.json()["results"]] == [
        ("R1", "exact", "no leave"),
        ("R2", "probable", "undetermined"),
        ("R3", "no trace", "undetermined"),
    ]
    assert [person["person_id"] for person in PEOPLE if person["person_id"] in str(answer.json())] == []
    entry = AuditEvent.objects.get(kind="datawash.disclosed")
    assert (entry.recipient, len(entry.subjects)) == ("West Midlands Police", 3)


def test_list_read_wash_and_discard() -> None:
    wash = a_checked_wash()
    officer = Caller(wash.uploaded_by)
    assert [each["id"] for each in officer.get("data-washes/", state="checked").json()["results"]] == [
        wash.pk
    ]
    assert officer.get("data-washes/", state="washed").json()["count"] == 0
    assert officer.get(f"data-washes/{wash.pk}/rows/").status_code == 404  # no report yet
    assert officer.post(f"data-washes/{wash.pk}/queue/").json()["state"] == "queued"
    again = officer.post(f"data-washes/{wash.pk}/discard/")
    assert again.status_code == 409 and "cannot be discarded" in again.json()["reasons"][0]
    assert officer.get(f"data-washes/{wash.pk}/").json()["accepted"] == 3


def test_a_row_leads_to_one_draft() -> None:
    a_register()
    wash = a_washed_list()
    row = wash.rows.get(force_row_ref="R1")
    officer = Caller(wash.uploaded_by)
    first = officer.post(f"data-washes/{wash.pk}/rows/{row.pk}/refer/")
    second = officer.post(f"data-washes/{wash.pk}/rows/{row.pk}/refer/")
    assert first.json() == second.json() == {"reference": Referral.objects.get().reference}


def test_another_force_sees_nothing_and_a_manager_washes_nothing() -> None:
    wash = a_checked_wash()
    other = Caller(a_user(Role.FORCE_LEAD, force=a_force("06")))
    assert other.get("data-washes/").json()["count"] == 0
    assert other.get(f"data-washes/{wash.pk}/").status_code == 404
    manager = Caller(a_user(Role.MANAGER))
    assert manager.get(f"data-washes/{wash.pk}/").status_code == 200
    assert manager.post(f"data-washes/{wash.pk}/queue/").status_code == 403
    assert Wash.objects.get().state == "checked"

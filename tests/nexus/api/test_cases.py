"""Cases over the interface."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.api.schema import schema
from nexus.audit.models import AuditEvent
from tests.builders import NOON, a_case, a_user
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db
NOW = NOON + timedelta(days=1)
TODAY, LATER = str(timezone.localdate(NOW)), str(timezone.localdate(NOW + timedelta(days=7)))


@pytest.fixture(autouse=True)
def the_day_after() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def owner() -> User:
    return a_user(Role.CASE_OWNER)


@pytest.fixture
def manager() -> Caller:
    return Caller(a_user(Role.MANAGER))


def path(case: Case, rest: str = "") -> str:
    return f"cases/{case.referral.reference}/{rest}"


def test_a_case_from_assignment_to_closing(case: Case, owner: User, manager: Caller) -> None:
    assigned = manager.post(path(case, "assign/"), {"case_owner": owner.pk})
    assert assigned.status_code == 200, assigned.json()
    assert assigned.json()["case_owner"]["full_name"] == owner.full_name
    mine = Caller(owner)
    progress = {
        "kind": "evidence",
        "happened_on": TODAY,
        "text": "The statement was read.",
        "shared_with_force": True,
    }
    assert mine.post(path(case, "record-progress/"), progress).json()["state"] == "evidence"
    assert mine.get(path(case, "progress/")).json()["results"][0]["text"] == "The statement was read."
    assert mine.post(path(case, "add-note/"), {"text": "Ask counsel."}).status_code == 200
    assert mine.get(path(case, "notes/")).json()["count"] == 1
    tasked = mine.post(
        path(case, "add-task/"), {"title": "Book a flight", "owner": owner.pk, "due_on": LATER}
    )
    (task,) = tasked.json()["tasks"]
    barred = mine.post(
        path(case, "record-barrier/"), {"kind": "claim", "since": TODAY, "details": "Made today."}
    )
    (barrier,) = barred.json()["barriers"]
    outcome = {"outcome": "removed", "outcome_on": TODAY, "reasons": "Left on a flight."}
    refused = mine.post(path(case, "record-outcome/"), outcome)
    assert refused.status_code == 409 and "while this stands" in refused.json()["reasons"][0]
    assert (
        mine.post(
            path(case, f"barriers/{barrier['id']}/lift/"), {"reason": "It was withdrawn by the claimant."}
        ).status_code
        == 200
    )
    unready = mine.post(path(case, "record-outcome/"), outcome)
    assert unready.status_code == 409 and "was ready for removal" in unready.json()["reasons"][0]
    outcome["carry_readiness"] = "The airline’s record shows that he left."
    assert mine.post(path(case, "record-outcome/"), outcome).json()["outcome"] == "removed"
    left = mine.post(path(case, "close/"))
    assert left.status_code == 409 and "Book a flight" in left.json()["reasons"][0]
    assert mine.post(path(case, f"tasks/{task['id']}/complete/")).status_code == 200
    assert mine.post(path(case, "close/")).json()["state"] == "closed"


def test_the_force_reads_shared_progress_only(case: Case, owner: User, manager: Caller) -> None:
    manager.post(path(case, "assign/"), {"case_owner": owner.pk})
    for text, shared in (("Told to all.", True), ("Kept inside.", False)):
        body = {"kind": "other", "happened_on": TODAY, "text": text, "shared_with_force": shared}
        Caller(owner).post(path(case, "record-progress/"), body)
    police = Caller(case.referral.created_by)
    answer = police.get(f"referrals/{case.referral.reference}/")
    assert [each["text"] for each in answer.json()["progress"]] == ["Told to all."]
    assert "Kept inside" not in answer.content.decode()
    assert police.get(path(case)).status_code == 404
    assert police.get("cases/").status_code == 403


def test_lists_are_filtered_and_recorded(case: Case, manager: Caller) -> None:
    other = a_case()
    answer = manager.get("cases/", case_owner="nobody")
    assert {row["reference"] for row in answer.json()["results"]} == {
        case.referral.reference,
        other.referral.reference,
    }
    assert manager.get("cases/", state="closed").json()["count"] == 0
    events = AuditEvent.objects.filter(kind="case.listed")
    assert set(events.earliest("id").subjects) == {case.pk, other.pk}


def test_workload_is_the_managers(manager: Caller, owner: User, case: Case) -> None:
    manager.post(path(case, "assign/"), {"case_owner": owner.pk})
    (load,) = [each for each in manager.get("workload/").json() if each["person"]["id"] == owner.pk]
    assert (load["total"], load["nsa_accredited"]) == (1, True)
    assert Caller(owner).get("workload/").status_code == 403


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("assign/", {"case_owner": 10**12}, "case_owner"),
        ("assign/", {"case_owner": True}, "case_owner"),
        ("assign/", {}, "case_owner"),
        ("plan/", {"next_action": "x" * 201, "next_action_on": LATER}, "next_action"),
        ("plan/", {"next_action": "Call", "next_action_on": "soon"}, "next_action_on"),
    ],
)
def test_bad_input_is_400_by_field(
    case: Case, manager: Caller, verb: str, body: dict[str, Any], field: str
) -> None:
    answer = manager.post(path(case, verb), body)
    assert answer.status_code == 400 and list(errors_of(answer)) == [field]


def test_roles_are_told_apart(case: Case, owner: User, manager: Caller) -> None:
    assert Caller(owner).post(path(case, "assign/"), {"case_owner": owner.pk}).status_code == 403
    assert Caller(a_user(Role.AUDITOR)).get(path(case)).status_code == 404
    assert Caller(a_user(Role.REFERRALS_OFFICER)).get(path(case)).status_code == 200
    assert Caller(owner).post(path(case, "tasks/999/complete/")).status_code == 404
    manager.post(path(case, "assign/"), {"case_owner": owner.pk})
    another = Caller(a_user(Role.CASE_OWNER)).post(path(case, "add-note/"), {"text": "Mine?"})
    assert another.status_code == 409 and owner.full_name in another.json()["reasons"][0]


def test_the_schema_names_the_fields_that_carry_something_over_an_outcome() -> None:
    shape = schema()["components"]["schemas"]
    fields = next(
        each["properties"] for name, each in shape.items() if "carry_readiness" in each.get("properties", {})
    )
    assert "carry_operation_12" in fields["carry_{key}"]["description"]
    assert "key" in shape["Unfinished"]["properties"] and "still_goes_on" in shape["Case"]["properties"]

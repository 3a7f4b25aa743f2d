"""A referral over the interface, from its first draft to the answer and the withdrawal."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import Referral
from referrals.states import State
from tests.builders import a_complete_draft, a_draft, a_force, a_submitted, a_user, with_a_question
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER)


@pytest.fixture
def caller(officer: User) -> Caller:
    return Caller(officer)


def path(referral: Referral, rest: str = "") -> str:
    return f"referrals/{referral.reference}/{rest}"


def test_the_same_key_gives_the_same_referral(caller: Caller, officer: User) -> None:
    key = str(uuid4())
    first = caller.post("referrals/", {}, Idempotency_Key=key)
    second = caller.post("referrals/", {}, Idempotency_Key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()  # the first answer again
    assert Referral.objects.get().created_by == officer
    other = Caller(a_user(Role.POLICE_OFFICER)).post("referrals/", {}, Idempotency_Key=key)
    assert other.status_code == 201 and other.json()["reference"] != first.json()["reference"]


@pytest.mark.parametrize("key", ["", "7", "not-a-uuid"])
def test_a_start_needs_a_key(caller: Caller, key: str) -> None:
    answer = caller.post("referrals/", {}, **({"Idempotency_Key": key} if key else {}))
    assert answer.status_code == 400 and "Idempotency-Key" in errors_of(answer)


def test_an_immigration_officer_names_an_engaged_force() -> None:
    a_force()
    caller = Caller(a_user(Role.IMMIGRATION_OFFICER))
    assert caller.post("referrals/", {"force": "06"}, Idempotency_Key=str(uuid4())).json()["force"] == "06"
    unknown = caller.post("referrals/", {"force": "xx"}, Idempotency_Key=str(uuid4()))
    assert (unknown.status_code, list(errors_of(unknown))) == (400, ["force"])
    scotland = caller.post("referrals/", {"force": "97"}, Idempotency_Key=str(uuid4()))
    assert scotland.status_code == 409 and "not engaged" in scotland.json()["reasons"][0]


def test_sections_are_saved_by_the_pages_own_rules(caller: Caller, officer: User) -> None:
    draft = a_draft(by=officer)
    saved = caller.patch(
        path(draft, "sections/identity/"),
        {
            "surname": "Ferreira",
            "date_of_birth": "1990-02-28",
            "date_of_birth_precision": "exact",
            "sex": "female",
        },
    )
    assert saved.status_code == 200, saved.json()
    identity = saved.json()["sections"]["identity"]
    assert (identity["surname"], identity["date_of_birth"]) == ("Ferreira", "1990-02-28")
    caller.patch(path(draft, "sections/identity/"), {"place_of_birth": "Port Selby"})
    draft.refresh_from_db()
    assert (draft.surname, draft.place_of_birth, draft.date_of_birth) == (
        "Ferreira",
        "Port Selby",
        date(1990, 2, 28),
    )
    caller.patch(
        path(draft, "sections/identity/"), {"date_of_birth": "1988", "date_of_birth_precision": "year_only"}
    )
    draft.refresh_from_db()
    assert (draft.date_of_birth, draft.date_of_birth_precision) == (date(1988, 1, 1), "year_only")
    caller.patch(path(draft, "sections/identifiers/"), {"pnc_id": "99/123456X"})
    caller.patch(path(draft, "sections/harm/"), {"harm_physical": True, "harm_to_community": True})
    caller.patch(path(draft, "sections/harm/"), {"harm_emotional": True, "harm_physical": False})
    draft.refresh_from_db()
    assert draft.pnc_id == "1999/0123456X"
    assert (draft.harm_physical, draft.harm_emotional, draft.harm_to_community) == (False, True, True)


def test_answers_no_longer_asked_are_emptied(caller: Caller, officer: User) -> None:
    draft = a_draft(by=officer)
    caller.patch(
        path(draft, "sections/interest/"), {"active_police_interest": True, "interest_what": "Managed."}
    )
    caller.patch(path(draft, "sections/interest/"), {"active_police_interest": False})
    draft.refresh_from_db()
    assert (draft.active_police_interest, draft.interest_what) == (False, "")


def test_the_custody_clock_is_london_time(
    caller: Caller, officer: User, time_machine: TimeMachineFixture
) -> None:
    draft = a_draft(by=officer)
    body = {"in_custody": True, "custody_clock_started_at": "2026-07-01", "custody_clock_time": "6:27am"}
    time_machine.move_to(datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert caller.patch(path(draft, "sections/referrer/"), body).status_code == 200
    draft.refresh_from_db()
    assert draft.custody_clock_started_at == datetime(2026, 7, 1, 5, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("section", "body", "field"),
    [
        ("identity", {"surname": "turned \u202e round"}, "surname"),
        ("identity", {"date_of_birth": "1990-02-30", "date_of_birth_precision": "exact"}, "date_of_birth"),
        ("identity", {"date_of_birth": "2990-02-01", "date_of_birth_precision": "exact"}, "date_of_birth"),
        ("identity", {"date_of_birth": 7}, "date_of_birth"),
        ("identity", {"pnc_id": "99/123456X"}, "pnc_id"),
        ("identity", {"state": "accepted"}, "state"),
        ("identifiers", {"pnc_id": "1999/1234567A"}, "pnc_id"),
        ("scope", {"may_be_british": "perhaps"}, "may_be_british"),
        ("scope", {"may_be_british": ["yes"]}, "may_be_british"),
        ("interest", {"active_police_interest": "maybe"}, "active_police_interest"),
        ("harm", {"harm_physical": "yes"}, "harm_physical"),
        ("immigration", {"age_at_arrival": 10**30}, "age_at_arrival"),
    ],
)
def test_wrong_answers_are_400_and_nothing_is_saved(
    caller: Caller, officer: User, section: str, body: dict[str, Any], field: str
) -> None:
    draft = a_draft(by=officer)
    answer = caller.patch(
        path(draft, f"sections/{section}/"), {**body, "officer": "x"} if section == "x" else body
    )
    assert answer.status_code == 400 and list(errors_of(answer)) == [field], answer.json()
    assert not AuditEvent.objects.filter(kind="referral.changed").exists()


def test_rows_are_added_changed_and_removed(caller: Caller, officer: User) -> None:
    draft = a_draft(by=officer)
    assert caller.post(path(draft, "rows/alias/"), {"name": "Ferreyra"}).status_code == 201
    caller.post(path(draft, "rows/nationality/"), {"code": "PRT", "source": "claimed"})
    twice = caller.post(path(draft, "rows/nationality/"), {"code": "PRT", "source": "document"})
    assert twice.status_code == 400 and "already been added" in errors_of(twice)["code"][0]
    conviction = {
        "kind": "conviction",
        "part": "convicted",
        "offence": "Robbery",
        "country": "GBR",
        "grounding": "fact",
        "convicted_on": "2025-03-04",
        "sentence_type": "custodial",
        "sentence_months": 14,
        "standing": "stands",
    }
    added = caller.post(path(draft, "rows/conduct/"), conviction)
    assert added.status_code == 201, added.json()
    (event,) = added.json()["conduct"]
    assert (event["convicted_on"], event["sentence_months"]) == ("2025-03-04", 14)
    changed = caller._send(
        "put", path(draft, f"rows/conduct/{event['id']}/"), {**conviction, "sentence_months": 15}, {}
    )
    assert changed.json()["conduct"][0]["sentence_months"] == 15
    assert caller.delete(path(draft, f"rows/conduct/{event['id']}/")).json()["conduct"] == []
    assert caller.delete(path(draft, f"rows/conduct/{event['id']}/")).status_code == 404
    assert caller.post(path(draft, "rows/attachment/"), {}).status_code == 400


def test_only_a_conviction_has_a_conviction_date(caller: Caller, officer: User) -> None:
    body = {"kind": "caution", "part": "suspect", "offence": "Theft", "country": "GBR", "grounding": "fact"}
    answer = caller.post(path(a_draft(by=officer), "rows/conduct/"), {**body, "convicted_on": "2025-03-04"})
    assert errors_of(answer) == {"convicted_on": ["Only a conviction has this."]}


def test_submitting_gaps_lists_them_all_and_then_submits(caller: Caller, officer: User) -> None:
    refused = caller.post(path(a_draft(by=officer), "submit/"))
    assert refused.status_code == 409 and "Enter the family name." in refused.json()["reasons"]
    sent = caller.post(path(a_complete_draft(by=officer), "submit/"))
    assert (sent.status_code, sent.json()["state"]) == (200, State.SUBMITTED)
    assert AuditEvent.objects.filter(kind="referral.submitted").count() == 1


def test_a_sent_referral_is_no_longer_changed(caller: Caller, officer: User) -> None:
    answer = caller.patch(path(a_submitted(by=officer), "sections/identity/"), {"surname": "Other"})
    assert answer.status_code == 409 and "can no longer be changed" in answer.json()["reasons"][0]


def test_the_force_answers_and_withdraws() -> None:
    referral = with_a_question()
    caller = Caller(referral.created_by)
    assert caller.post(path(referral, "answer-information/"), {"answer": " "}).status_code == 400
    answered = caller.post(path(referral, "answer-information/"), {"answer": "Two of them."})
    assert answered.json()["questions"][0]["answer"] == "Two of them."
    assert caller.post(path(referral, "answer-information/"), {"answer": "Again."}).status_code == 409
    withdrawn = caller.post(path(referral, "withdraw/"), {"reason": "The subject has left."})
    assert withdrawn.json()["state"] == State.WITHDRAWN


def test_another_forces_referral_does_not_exist(officer: User) -> None:
    draft = a_draft(by=officer)
    foreign = Caller(a_user(Role.FORCE_LEAD, force=a_force("06")))
    assert foreign.get(path(draft)).status_code == 404
    assert foreign.patch(path(draft, "sections/identity/"), {"surname": "x"}).status_code == 404
    assert foreign.post(path(draft, "submit/")).status_code == 404
    assert foreign.get("referrals/").json()["count"] == 0
    assert Caller(a_user(Role.REFERRALS_OFFICER)).get(path(draft)).status_code == 404


def test_the_list_is_the_persons_own_and_recorded(caller: Caller, officer: User) -> None:
    drafts = [a_draft(by=officer), a_submitted(by=officer)]
    answer = caller.get("referrals/")
    assert [row["reference"] for row in answer.json()["results"]] == [
        drafts[1].reference,
        drafts[0].reference,
    ]
    assert caller.get("referrals/", state="draft").json()["count"] == 1
    event = AuditEvent.objects.filter(kind="referral.listed").earliest("id")
    assert set(event.subjects) == {referral.pk for referral in drafts}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.CRIMINAL_CASEWORK])
def test_roles_without_referrals_are_told_so(role: Role) -> None:
    caller = Caller(a_user(role))
    assert caller.get("referrals/").status_code == 403
    assert caller.post("referrals/", {}, Idempotency_Key=str(uuid4())).status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff", b'"x"', b"null", b'{"a":' * 2000])
def test_a_body_that_is_no_object_is_400(caller: Caller, officer: User, body: bytes) -> None:
    answer = caller.client.patch(
        f"/api/v1/{path(a_draft(by=officer), 'sections/identity/')}",
        body,
        content_type="application/json",
        headers=caller.headers,
    )
    assert answer.status_code == (200 if body == b"" else 400)

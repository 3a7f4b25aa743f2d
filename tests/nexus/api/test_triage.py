"""The queue and the decision over the interface."""

from typing import Any

import pytest

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import Referral
from referrals.states import State
from tests.builders import ACCEPTANCE, a_submitted, a_user, an_acceptance, in_triage, with_a_question
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db
NOT_ACCEPT = {
    "reasons": "Not enough in the summary.",
    "balance": "Weighed against status and residence.",
    "significant_impact": "not_known",
    "impact_reasons": "No report says what became of the people.",
}
ACCEPT = {**ACCEPTANCE, "significant_conviction": "no", "held_by": "nobody"}


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER)


def path(referral: Referral, verb: str = "") -> str:
    return f"referrals/{referral.reference}/{verb}"


def test_the_queue_lists_what_waits_and_reading_is_recorded(officer: User) -> None:
    referral = a_submitted()
    answer = Caller(officer).get("queue/")
    assert answer.status_code == 200 and answer.json()["count"] == 1
    line = answer.json()["results"][0]
    assert (line["reference"], line["state"], line["claimed_by"]) == (referral.reference, "submitted", None)
    event = AuditEvent.objects.latest("id")
    assert (event.kind, event.subjects, event.by_id) == ("referral.listed", [referral.pk], officer.pk)
    assert event.request_id


def test_the_queue_honours_the_pages_filters(officer: User) -> None:
    a_submitted()
    held = in_triage(officer=officer)
    assert [r["reference"] for r in Caller(officer).get("queue/", held_by="me").json()["results"]] == [
        held.reference
    ]
    assert Caller(officer).get("queue/", force="06").json()["count"] == 0


def test_the_queue_pages_by_key(officer: User) -> None:
    referrals = [a_submitted() for _ in range(26)]
    first = Caller(officer).get("queue/").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (26, 25, None)
    second = Caller(officer).get(first["next"].removeprefix("http://testserver/api/v1/")).json()
    assert [r["reference"] for r in second["results"]] == [referrals[-1].reference]
    assert second["next"] is None and second["previous"]


def test_claim_ask_release(officer: User) -> None:
    referral = a_submitted()
    caller = Caller(officer)
    claimed = caller.post(path(referral, "claim/"))
    assert (claimed.status_code, claimed.json()["state"]) == (200, "in_triage")
    assert claimed.json()["claimed_by"] == officer.full_name
    refused = Caller(a_user(Role.REFERRALS_OFFICER)).post(path(referral, "claim/"))
    assert refused.status_code == 409
    assert refused.json()["reasons"][0].startswith(f"{officer.full_name} already holds this referral")
    asked = caller.post(
        path(referral, "request-information/"),
        {"questions": [{"question": "Which one?", "due_on": "2099-01-05"}]},
    )
    assert (asked.status_code, asked.json()["state"]) == (200, "information_requested")
    assert asked.json()["questions"][0]["question"] == "Which one?"
    assert caller.post(path(referral, "release/")).status_code == 409


def test_accepting_needs_reading_first_and_then_sets_flag_and_case(officer: User) -> None:
    referral = a_submitted()
    caller = Caller(officer)
    caller.post(path(referral, "claim/"))
    unread = caller.post(path(referral, "accept/"), ACCEPT)
    assert unread.status_code == 409 and "Open and read" in unread.json()["reasons"][0]
    assert caller.opened(path(referral)).json()["assessment"]["policy_version"]
    accepted = caller.post(path(referral, "accept/"), ACCEPT)
    assert accepted.status_code == 200, accepted.json()
    body = accepted.json()
    assert (body["state"], body["flag"]) == ("accepted", "Nexus High Harm (Regional)")
    assert body["allocated_to"] == "nexus_high_harm"
    assert body["decision"]["balance"] == ACCEPTANCE["balance"]
    assert Case.objects.filter(referral=referral).exists()


@pytest.mark.parametrize(
    ("verb", "body", "state"),
    [
        (
            "not-accept/",
            NOT_ACCEPT,
            State.NOT_ACCEPTED,
        ),
        (
            "redirect/",
            {"reasons": "It is theirs to deal with at Leeds.", "destination": "national_removal_command"},
            State.REDIRECTED,
        ),
    ],
)
def test_other_decisions(officer: User, verb: str, body: dict[str, Any], state: str) -> None:
    referral = in_triage(officer=officer)
    assert Caller(officer).post(path(referral, verb), body).json()["state"] == state


def test_a_refused_change_leaves_nothing_behind(officer: User) -> None:
    referral = a_submitted()
    before = AuditEvent.objects.exclude(kind="refusal.conflict").count()
    assert Caller(officer).post(path(referral, "accept/"), ACCEPT).status_code == 409
    assert AuditEvent.objects.exclude(kind="refusal.conflict").count() == before
    assert Referral.objects.get(pk=referral.pk).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**ACCEPT, "route": "elsewhere"}, "route"),
        ({**ACCEPT, "reasons": ""}, "reasons"),
        ({**ACCEPT, "reasons": {"a": 1}}, "reasons"),
        ({**ACCEPT, "balance": "turned \u202e round"}, "balance"),
        ({**ACCEPT, "held_by": "the_moon"}, "held_by"),
        ({**ACCEPT, "surprise": 1}, "surprise"),
    ],
)
def test_bad_input_is_400_by_field(officer: User, body: dict[str, Any], field: str) -> None:
    answer = Caller(officer).post(path(in_triage(officer=officer), "accept/"), body)
    assert answer.status_code == 400 and list(errors_of(answer)) == [field]


def test_who_may_not_is_told_before_the_body_is_read() -> None:
    referral = in_triage()
    police = Caller(referral.created_by)
    foreign = Caller(a_user(Role.POLICE_OFFICER, force=None))
    assert police.post(path(referral, "accept/"), {"rubbish": 1}).status_code == 403
    assert Caller(a_user(Role.MANAGER)).post(path(referral, "accept/"), {}).status_code == 403
    assert Caller(a_user(Role.AUDITOR)).post(path(referral, "accept/"), {}).status_code == 404
    assert foreign.post("referrals/NHH-1999-000001/claim/").status_code == 404
    assert Caller(a_user(Role.CASE_OWNER)).get("queue/").status_code == 403


def test_the_force_reads_the_outcome_and_never_the_inside() -> None:
    decision = an_acceptance()
    referral = decision.referral
    body = Caller(referral.created_by).get(path(referral)).json()
    assert body["decision"] == {
        "outcome": "accepted",
        "destination": "",
        "reasons": ACCEPTANCE["reasons"],
        "decided_at": decision.decided_at.isoformat().replace("+00:00", "Z"),
    }
    text = repr(body)
    for inside in (ACCEPTANCE["balance"], ACCEPTANCE["scope_confirmation"], decision.decided_by.full_name):
        assert inside not in text
    assert not {"claimed_by", "assessment", "allocated_to"} & set(body)


def test_reopening(officer: User) -> None:
    referral = in_triage(officer=officer)
    caller = Caller(officer)
    caller.post(
        path(referral, "not-accept/"),
        NOT_ACCEPT,
    )
    answer = caller.post(path(referral, "reopen/"), {"reason": "A new statement came."})
    assert (answer.json()["state"], answer.json()["decision"]) == ("in_triage", None)


def test_a_flag_is_removed_and_set_again(officer: User) -> None:
    referral, caller = an_acceptance().referral, Caller(officer)
    stands = caller.post(path(referral, "set-flag-again/"), {"reason": "Arrested again on Monday."})
    assert stands.status_code == 409 and "and it stands" in stands.json()["reasons"][0]
    assert caller.post(path(referral, "remove-flag/"), {"reason": ""}).status_code == 400
    removed = caller.post(path(referral, "remove-flag/"), {"reason": "No longer pursued."}).json()
    assert removed["flag_removed_at"] is not None
    again = caller.post(path(referral, "set-flag-again/"), {"reason": "Arrested again on Monday."}).json()
    assert again["flag"] == removed["flag"] and again["flag_removed_at"] is None


def test_a_question_waits_for_the_force() -> None:
    referral = with_a_question()
    body = Caller(referral.created_by).get(path(referral)).json()
    assert body["stage"] == "The Referrals Office has asked you for information."
    assert body["questions"][0]["answered_at"] is None


def test_several_questions_are_answered_withdrawn_and_taken_back(officer: User) -> None:
    referral = in_triage(officer=officer)
    caller = Caller(officer)
    new = [{"question": f"Number {number}?", "due_on": "2099-01-05"} for number in (1, 2, 3)]
    colleague = a_user(Role.POLICE_OFFICER)
    new[1]["owner"] = str(colleague.pk)
    asked = caller.post(path(referral, "request-information/"), {"questions": new}).json()["questions"]
    assert [each["owner"] for each in asked] == [
        referral.created_by.full_name,
        colleague.full_name,
        referral.created_by.full_name,
    ]
    force = Caller(colleague)
    unsaid = force.post(path(referral, "answer-information/"), {"answer": "Two."})
    assert (unsaid.status_code, unsaid.json()["reasons"]) == (
        409,
        ["3 questions are open. Say which one you mean."],
    )
    answered = force.post(
        path(referral, "answer-information/"), {"answer": "Two.", "question_id": asked[0]["id"]}
    )
    assert [each["open"] for each in answered.json()["questions"]] == [False, True, True]
    withdrawn = caller.post(
        path(referral, "withdraw-question/"),
        {"reason": "Known from another file.", "question_id": asked[1]["id"]},
    )
    assert withdrawn.json()["questions"][1]["withdrawn_reason"] == "Known from another file."
    assert caller.post(path(referral, "take-back/"), {"reason": ""}).status_code == 400
    back = caller.post(path(referral, "take-back/"), {"reason": "Enough is known."}).json()
    assert (back["state"], back["questions"][2]["open"]) == ("in_triage", False)


@pytest.mark.parametrize("questions", ["Which?", [1], None, [{"question": "Which?"}], []])
def test_what_is_no_list_of_questions_is_refused(officer: User, questions: object) -> None:
    referral = in_triage(officer=officer)
    answer = Caller(officer).post(path(referral, "request-information/"), {"questions": questions})
    assert answer.status_code in (400, 409)
    assert not referral.information_requests.exists()

"""A force's records system makes and changes a whole referral in one call, by its own reference."""

from typing import Any

import pytest
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import ConductEvent, Referral
from referrals.states import State
from tests.access.pressing import rows
from tests.builders import a_force, a_user
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db
OWN = "LP/2026/004711"
ONE = f"referrals/by-own-reference/{OWN}/"
CONVICTION = {
    "kind": "conviction",
    "part": "convicted",
    "offence": "Robbery",
    "country": "GBR",
    "court": "Liverpool Crown Court",
    "grounding": "fact",
    "convicted_on": "2025-03-04",
    "sentence_type": "custodial",
    "sentence_months": 14,
    "standing": "stands",
}
WHOLE: dict[str, Any] = {
    "sections": {
        "referrer": {
            "officer": "PC Adeyemi",
            "officer_contact": "adeyemi@police.example",
            "supervisor": "PS Quill",
            "channel": "standard",
            "in_custody": False,
        },
        "identity": {
            "surname": "Ferreira",
            "forenames": "Ana",
            "date_of_birth": "1990-02-28",
            "date_of_birth_precision": "exact",
            "sex": "female",
        },
        "scope": {
            "may_be_british": "no",
            "may_be_irish": "no",
            "right_of_abode": "no",
            "long_resident": "no",
            "scope_evidence": "Passport and Home Office records were looked at.",
        },
        "identifiers": {"pnc_id": "99/123456X"},
        "immigration": {
            "immigration_status": "overstayer",
            "status_as_at": "2026-11-01",
            "status_source": "Home Office record",
            "active_claim": "no",
        },
        "interest": {"active_police_interest": False},
        "harm": {
            "harm_physical": True,
            "harm_to_individuals": True,
            "harm_narrative": "Three people were hurt in robberies at night.",
        },
        "conduct": {"conduct_listed": True},
        "material": {"material_level": "none"},
        "pending": {
            "pending_criminal": "none_known",
            "pending_litigation": "none_known",
            "pending_appeals": "none_known",
        },
        "vulnerability": {
            "has_partner": "no",
            "has_children": "no",
            "health_condition": "no",
            "mental_health_order": "no",
            "trafficking_indicator": "no",
            "under_18": "no",
        },
    },
    "aliases": [{"name": "Ferreyra"}],
    "nationalities": [{"code": "PRT", "source": "document"}],
    "conduct": [{**CONVICTION, "own_reference": f"C{number}"} for number in range(6)],
}

COMPLETE: dict[str, Any] = {
    **WHOLE,
    "sections": {
        **WHOLE["sections"],
        "commitment": {
            "commits_information": True,
            "commits_tracing": True,
            "commits_evidence": True,
            "commits_resources": True,
            "signatory": "Chief Inspector Quill",
            "signatory_post": "Head of crime",
        },
        "attachments": {"attachments_listed": True},
    },
}


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER)


def put(officer: User, body: Any = WHOLE, flags: str = "", path: str = ONE) -> Any:
    return Caller(officer)._send("put", path + flags, body, {})


def test_one_call_makes_a_whole_referral_and_the_same_call_again_changes_nothing(officer: User) -> None:
    made = put(officer)
    assert made.status_code == 201, made.content
    referral = Referral.objects.get()
    assert (referral.own_reference, referral.surname, referral.state) == (OWN, "Ferreira", State.DRAFT)
    assert referral.conduct.count() == 6 and referral.aliases.count() == 1
    entries, changed = AuditEvent.objects.count(), referral.changed_at
    again = put(officer)
    assert again.status_code == 200 and again.json()["referral"] == made.json()["referral"]
    referral.refresh_from_db()
    assert (AuditEvent.objects.count(), referral.changed_at) == (entries, changed)
    assert Referral.objects.count() == 1 and ConductEvent.objects.count() == 6


def test_what_is_not_named_is_blank_and_a_row_that_is_not_named_is_removed(officer: User) -> None:
    put(officer)
    kept = {event.own_reference: event.pk for event in ConductEvent.objects.all()}
    less = {
        **WHOLE,
        "aliases": [],
        "sections": {**WHOLE["sections"], "harm": {}},
        "conduct": [{**CONVICTION, "own_reference": "C2", "sentence_months": 20}],
    }
    assert put(officer, less).status_code == 200
    referral = Referral.objects.get()
    assert (referral.harm_physical, referral.harm_narrative, referral.aliases.count()) == (False, "", 0)
    (event,) = referral.conduct.all()
    assert (event.pk, event.sentence_months) == (kept["C2"], 20)


def test_a_fault_in_one_row_names_it_and_nothing_is_saved(officer: User) -> None:
    wrong = {**WHOLE, "conduct": [CONVICTION, {**CONVICTION, "convicted_on": "2099-01-01"}]}
    answer = put(officer, wrong)
    assert (answer.status_code, list(errors_of(answer))) == (400, ["conduct[1].convicted_on"])
    assert answer.json()["errors"][0]["pointer"] == "/conduct/1/convicted_on"
    section = {**WHOLE, "sections": {"scope": {"may_be_british": "perhaps"}}}
    assert list(errors_of(put(officer, section))) == ["sections.scope.may_be_british"]
    assert list(errors_of(put(officer, {"colour": "red"}))) == ["colour"]
    assert list(errors_of(put(officer, {"sections": {"colour": {}}}))) == ["sections.colour"]
    twice = {**WHOLE, "nationalities": [{"code": "PRT", "source": "claimed"}] * 2}
    assert list(errors_of(put(officer, twice))) == ["nationalities[1].code"]
    assert not Referral.objects.exists()


def test_a_dry_run_saves_nothing_and_says_the_gaps_and_what_the_rules_show(officer: User) -> None:
    lacking = {**WHOLE, "nationalities": [], "sections": {**WHOLE["sections"], "harm": {}}}
    answer = put(officer, lacking, "?dry_run=true")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert not Referral.objects.exists() and not AuditEvent.objects.exists()
    gaps = {(gap["section"], gap["field"]): gap for gap in body["gaps"]}
    assert gaps["harm", "harm_narrative"] == {
        "section": "harm",
        "field": "harm_narrative",
        "code": "missing",
        "sentence": "Enter what happened and its impact.",
    }
    assert ("identity", "nationality_count") in gaps
    assert body["dry_run"] is True and body["provisional_outcome"]


def test_a_dry_run_gives_the_whole_assessment_and_leaves_no_row_anywhere(officer: User) -> None:
    caller, before = Caller(officer), rows()
    dry = caller._send("put", f"{ONE}?dry_run=true", COMPLETE, {}).json()["provisional_assessment"]
    assert rows() == before
    assert [limb["limb"] for limb in dry["limbs"]] == ["1A", "1B", "2"]
    assert dry["persistence"]["counted"] == 6 and dry["persistence"]["guide_met"] is True
    for limb in dry["limbs"]:
        assert limb["result"] in ("met", "not_met", "unknown") and limb["evidence"] and limb["quotation"]
        assert limb["would_change"] or limb["result"] == "met"
    saved = caller._send("put", f"{ONE}?submit=true", COMPLETE, {}).json()
    assert rows() != before
    office = Caller(a_user(Role.REFERRALS_OFFICER))
    shown = office.get(f"referrals/{saved['referral']['reference']}/").json()["assessment"]
    assert dry == saved["provisional_assessment"] == shown


def test_a_dry_run_of_a_change_leaves_the_referral_and_the_record_as_they_were(officer: User) -> None:
    put(officer)
    caller = Caller(officer)
    before, as_it_was = rows(), caller.get(f"referrals/{Referral.objects.get().reference}/").json()
    changed = {**WHOLE, "aliases": [], "conduct": [], "sections": {**WHOLE["sections"], "harm": {}}}
    told = caller._send("put", f"{ONE}?dry_run=true&submit=true", changed, {}).json()
    assert (told["submitted"], told["referral"]["conduct"]) == (False, [])
    assert told["provisional_assessment"]["persistence"]["counted"] == 0
    assert rows() == before
    assert caller.get(f"referrals/{Referral.objects.get().reference}/").json() == as_it_was


def test_it_is_sent_in_the_same_call_and_the_retry_gives_the_same(officer: User) -> None:
    lacking = {**WHOLE, "sections": {**WHOLE["sections"], "harm": {}}}
    refused = put(officer, lacking, "?submit=true")
    assert refused.status_code == 409 and "Enter what happened and its impact." in refused.json()["reasons"]
    assert not Referral.objects.exists()
    gaps = put(officer, COMPLETE, "?dry_run=true").json()["gaps"]
    assert gaps == []
    sent = put(officer, COMPLETE, "?submit=true")
    assert (sent.status_code, sent.json()["submitted"]) == (201, True)
    entries = AuditEvent.objects.count()
    again = put(officer, COMPLETE, "?submit=true")
    assert (again.status_code, again.json()["referral"]["state"]) == (200, State.SUBMITTED)
    assert AuditEvent.objects.count() == entries
    other = put(officer, {**COMPLETE, "aliases": []}, "?submit=true")
    assert other.status_code == 409 and "can no longer be changed" in other.json()["reasons"][0]


def test_the_forces_own_reference_comes_back_is_searched_and_stands_on_one_referral(officer: User) -> None:
    put(officer)
    caller = Caller(officer)
    found = caller.get("referrals/", own_reference=OWN).json()["results"]
    assert [row["own_reference"] for row in found] == [OWN]
    assert caller.get("referrals/", own_reference="another").json()["count"] == 0
    body = caller.get(f"referrals/{found[0]['reference']}/").json()
    assert {event["own_reference"] for event in body["conduct"]} == {f"C{number}" for number in range(6)}
    second = put(officer, {}, path="referrals/by-own-reference/second/").json()["referral"]["reference"]
    taken = caller.patch(f"referrals/{second}/sections/referrer/", {"own_reference": OWN})
    assert list(errors_of(taken)) == ["own_reference"]


def test_another_force_has_its_own_references(officer: User) -> None:
    put(officer)
    other = put(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert other.status_code == 201 and Referral.objects.count() == 2
    assert put(a_user(Role.REFERRALS_OFFICER)).status_code == 403


def test_an_immigration_officer_names_the_force(officer: User) -> None:
    by = a_user(Role.IMMIGRATION_OFFICER)
    assert put(by).status_code == 409
    assert put(by, {**WHOLE, "force": a_force().code}).status_code == 201


@pytest.mark.parametrize("flags", ["?dry_run=perhaps", "?submit=1", "?colour=red"])
def test_a_flag_is_true_or_false(officer: User, flags: str) -> None:
    assert put(officer, WHOLE, flags).status_code == 400


def test_identical_convictions_alert_in_triage_however_they_came(officer: User) -> None:
    retried = [{**CONVICTION, "own_reference": "C1"}, {**CONVICTION, "court": "liverpool  crown court"}]
    sent = put(officer, {**COMPLETE, "conduct": retried}, "?submit=true")
    assert sent.status_code == 201, sent.content
    reference = sent.json()["referral"]["reference"]
    triage = Client()
    triage.force_login(a_user(Role.REFERRALS_OFFICER))
    page = triage.get(f"/referrals/{reference}/").content.decode()
    assert "2 convictions are the same" in page and "entered twice" in page
    told = Caller(a_user(Role.REFERRALS_OFFICER)).get(f"referrals/{reference}/").json()["contradictions"]
    assert any("2 convictions are the same" in each for each in told)

"""Refer: every answer arrives in the draft, once, whatever the outcome."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.matrix import actions
from referrals.matrix.answers import Answers
from referrals.matrix.models import MatrixAssessment
from referrals.models import Referral
from referrals.queries import facts_of, gaps_of
from referrals.rules.facts import Facts
from referrals.subjects_json import facts_from
from tests.builders import NOON, a_force, a_user, in_triage
from tests.referrals.matrix.sheets import ANSWERS, COLUMNS, a_result, page, signed_in, with_answers
from tests.referrals.station import audited

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def referred(result: MatrixAssessment, by: User | None = None) -> Referral:
    return actions.refer(assessment_id=result.pk, by=by or result.made_by, now=LATER)


def test_every_answer_arrives() -> None:
    result = a_result()
    draft = referred(result)
    assert {name: getattr(draft, name) for name in COLUMNS} == COLUMNS
    assert [(row.code, row.source) for row in draft.nationalities.all()] == [
        ("BRA", "claimed"),
        ("PRT", "claimed"),
    ]
    conviction, arrest = draft.conduct.order_by("pk")
    told = ANSWERS.events[0]
    assert {name: getattr(conviction, name) for name in told} == told
    assert (conviction.grounding, conviction.country) == ("fact", "")
    assert (arrest.kind, arrest.part, arrest.offence) == (
        "arrest_no_further_action",
        "suspect",
        "Not yet entered",
    )
    assert (draft.officer, draft.force) == (result.made_by.full_name, result.force)


def test_the_rules_see_in_the_draft_what_they_saw_in_the_matrix() -> None:
    result = a_result(answers=Answers(COLUMNS, ("BRA",), ANSWERS.events))
    draft = referred(result)
    on = date.fromisoformat(result.subject["reference_date"])
    Referral.objects.filter(pk=draft.pk).update(submitted_at=NOON, submitted_by=result.made_by)
    facts = facts_of(Referral.objects.get(pk=draft.pk))
    assert facts.reference_date == on
    assert in_order(facts) == in_order(facts_from(result.subject))


def in_order(facts: Facts) -> Facts:
    """A draft lists its events in another order."""
    return replace(facts, conduct=tuple(sorted(facts.conduct, key=str)))


def test_the_same_draft_however_often_it_is_asked_for() -> None:
    result = a_result()
    first = referred(result)
    assert referred(result) == first
    assert Referral.objects.count() == 1 and first.conduct.count() == 2
    result.refresh_from_db()
    assert result.referral == first
    assert audited("matrix.referred", subject_id=str(result.pk)) == 1
    assert audited("referral.started", subject_id=str(first.pk)) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"immigration_status": "british"},
        {"immigration_status": ""},
        {"active_police_interest": False},
        {"immigration_status": "limited_leave"},
    ],
    ids=["M0", "M5", "M6", "M6 with leave"],
)
def test_whatever_the_outcome(columns: dict[str, Any]) -> None:
    draft = referred(a_result(answers=with_answers(**columns)))
    assert draft.immigration_status == columns.get("immigration_status", "overstayer")


def test_what_was_not_answered_is_asked_by_the_draft() -> None:
    draft = referred(a_result(answers=Answers()))
    missing = {gap.field for gap in gaps_of(draft)}
    assert {
        "immigration_status",
        "active_police_interest",
        "material_level",
        "under_18",
        "conduct_listed",
    } <= missing


def test_a_colleague_of_the_force_may_and_a_stranger_finds_nothing() -> None:
    result = a_result()
    with pytest.raises(MatrixAssessment.DoesNotExist):
        referred(result, a_user(Role.POLICE_OFFICER, force=a_force("06")))
    with pytest.raises(MatrixAssessment.DoesNotExist):
        referred(result, a_user(Role.IMMIGRATION_OFFICER))
    assert referred(result, a_user(Role.FORCE_LEAD)).force == result.force


def test_the_referrals_office_reads_and_does_not_refer() -> None:
    result = a_result()
    draft = referred(result)
    Referral.objects.filter(pk=draft.pk).update(submitted_at=NOON, submitted_by=result.made_by)
    with pytest.raises(PermissionDenied):
        referred(result, a_user(Role.REFERRALS_OFFICER))


def test_a_force_that_is_no_longer_engaged_cannot_refer() -> None:
    result = a_result()
    force = result.force
    force.engaged = False
    force.save()
    client = signed_in(result.made_by)
    response = client.post(page("refer", result.pk))
    assert response.status_code == 409
    assert f"{force.name} is not engaged with Nexus High Harm" in response.content.decode()
    with pytest.raises(Refused):
        a_result(by=result.made_by)


def test_the_button_goes_to_the_draft_and_says_so() -> None:
    result = a_result()
    client = signed_in(result.made_by)
    response = client.post(page("refer", result.pk), follow=True)
    reference = Referral.objects.get().reference
    assert response.redirect_chain[-1][0].endswith(f"/{reference}/tasks/")
    assert f"Referral {reference} has been started with your answers" in response.content.decode()
    client.post(page("refer", result.pk))
    assert Referral.objects.count() == 1
    assert f"Go to referral {reference}" in client.get(page("result", result.pk)).content.decode()


def test_triage_reads_what_the_matrix_said_before() -> None:
    result = a_result()
    referral = in_triage(by=result.made_by)
    client = signed_in(referral.claimed_by)
    address = reverse("referrals:detail", args=[referral.reference])
    assert "used the matrix" not in client.get(address).content.decode()
    result.referral = referral
    result.save(update_fields=["referral"])
    text = client.get(address).content.decode()
    assert "The force used the matrix before this referral" in text and "M1 Indicative" in text
    assert client.get(page("result", result.pk)).status_code == 200


def test_an_immigration_officers_draft_is_for_the_force_they_named() -> None:
    officer = a_user(Role.IMMIGRATION_OFFICER)
    draft = referred(a_result(by=officer))
    assert (draft.created_by, draft.force.code) == (officer, "20")
    referral_actions.save_section(
        referral_id=draft.pk, by=officer, now=LATER, section="identity", values={"surname": "Any"}
    )

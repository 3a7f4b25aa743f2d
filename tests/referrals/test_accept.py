"""Accept: decision, flag, allocation and case, all at once, in a named officer's name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.models import Case
from nexus.accounts.models import Team
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals import actions
from referrals.models import Allocation, Referral, SpecialConditionsFlag, TriageDecision
from referrals.states import State
from tests.builders import (
    ACCEPTANCE,
    NOON,
    a_force,
    a_submitted,
    a_user,
    an_acceptance,
    in_triage,
    with_a_question,
)
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = {**ACCEPTANCE, "significant_conviction": "not_applicable", "held_by": "nobody"}
LATER = NOON + timedelta(hours=1)


def accepted_by_page(referral: Referral, **fields: str) -> None:
    response = signed_in(referral.claimed_by).post(
        page_of("accept", referral), {**TYPED, **fields, "step": "confirm"}
    )
    assert (response.status_code, response.url) == (302, page_of("decide", referral)), response.text


def test_accepting_sets_the_flag_and_allocates_to_liverpool() -> None:
    referral = in_triage()
    accepted_by_page(referral)
    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.outcome, decision.decided_by, decision.route) == (
        "accepted",
        referral.claimed_by,
        "administrative_removal",
    )
    assert decision.significant_conviction is None
    flag = SpecialConditionsFlag.objects.get(referral=referral)
    assert (flag.text, flag.set_by, flag.decision) == (
        "Nexus High Harm (Regional)",
        referral.claimed_by,
        decision,
    )
    assert Allocation.objects.get(referral=referral).team.name == "Nexus High Harm, Liverpool"
    assert Case.objects.get(referral=referral).state == "allocated"
    assert fresh(referral).state == State.ACCEPTED


@pytest.mark.parametrize(("force", "text"), [("01", "Nexus High Harm"), ("48", "Nexus High Harm (Regional)")])
def test_the_flag_goes_by_force(force: str, text: str) -> None:
    decision = an_acceptance(by=a_user(Role.POLICE_OFFICER, force=a_force(force)))
    assert decision.flags.get().text == text


def test_a_case_another_team_holds_stays_there() -> None:
    referral = in_triage()
    accepted_by_page(referral, held_by="criminal_casework")
    assert TriageDecision.objects.get(referral=referral).held_by == Team.objects.get(code="criminal_casework")
    assert SpecialConditionsFlag.objects.filter(referral=referral).exists()
    assert not Allocation.objects.filter(referral=referral).exists()
    assert Case.objects.get(referral=referral).state == "open"
    page = as_role(Role.REFERRALS_OFFICER).get(page_of("decide", referral)).text
    assert "Criminal Casework" in page


def test_the_decision_keeps_what_the_rules_showed() -> None:
    decision = an_acceptance()
    assert decision.policy_version == "2017-03-15"
    assert decision.assessment["suitability"] == "met"
    assert decision.assessment["limbs"][2]["result"] == "met"
    assert "priority for immigration enforcement action" in decision.assessment["limbs"][2]["quotation"]


def test_nothing_is_preselected_and_the_rules_stand_beside() -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).get(page_of("accept", referral)).text
    assert 'type="radio"' in page
    assert '" checked' not in page
    assert "These rules inform. A named person decides." in page
    assert "The force will read these reasons." in page


def test_the_check_page_names_what_cannot_be_undone_and_changes_nothing() -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).post(page_of("accept", referral), TYPED)
    assert page.status_code == 200
    assert "What happens when you confirm. You cannot undo it here" in page.text
    assert "<strong>Nexus High Harm (Regional)</strong> is set" in page.text
    assert "allocated to <strong>Nexus High Harm, Liverpool</strong>" in page.text
    assert fresh(referral).state == State.IN_TRIAGE
    assert not TriageDecision.objects.exists()


def test_going_back_from_the_check_page_keeps_everything_typed() -> None:
    referral = in_triage()
    fields = {**TYPED, "reasons": "First line.\r\n<b>Second</b> line.", "step": "change"}
    page = signed_in(referral.claimed_by).post(page_of("accept", referral), fields).text
    assert "First line.\n&lt;b&gt;Second&lt;/b&gt; line." in page.replace("\r\n", "\n")
    assert page.count('" checked') == 5
    assert not TriageDecision.objects.exists()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("scope_confirmation", "Enter what you checked to confirm that the subject is in scope"),
        ("significant_conviction", "Select yes, no or not applicable"),
        ("held_by", "Select which team has the case now, or that none has"),
        ("significant_impact", "Select whether the impact is significant"),
        ("impact_reasons", "Enter what shows that the impact is, or is not, significant"),
        ("balance", "Enter how you balanced the evidence against status, residence, family and children"),
        ("route", "Select the route"),
        ("police_statement", "Select whether a police statement is needed"),
        ("reasons", "Enter the reasons for the decision"),
    ],
)
def test_every_answer_is_needed(field: str, sentence: str) -> None:
    referral = in_triage()
    fields = {**TYPED, field: "", "step": "confirm"}
    page = signed_in(referral.claimed_by).post(page_of("accept", referral), fields)
    assert page.status_code == 200
    assert f">{sentence}</a>" in page.text
    assert not TriageDecision.objects.exists()


@pytest.mark.parametrize(
    "field",
    [
        "reasons",
        "balance",
        "scope_confirmation",
        "route",
        "police_statement",
        "significant_impact",
        "impact_reasons",
    ],
)
def test_the_action_itself_refuses_a_blank(field: str) -> None:
    referral = in_triage()
    with pytest.raises(Refused):
        actions.accept(
            referral_id=referral.pk, by=referral.claimed_by, now=LATER, **{**ACCEPTANCE, field: " "}
        )
    assert fresh(referral).state == State.IN_TRIAGE


@pytest.mark.parametrize("build", [a_submitted, with_a_question])
def test_only_in_triage(build: object) -> None:
    referral = build()
    by = referral.claimed_by or a_user(Role.REFERRALS_OFFICER)
    with pytest.raises(Refused, match="so it cannot be accepted"):
        actions.accept(referral_id=referral.pk, by=by, now=LATER, **ACCEPTANCE)


def test_only_once() -> None:
    referral = in_triage()
    accepted_by_page(referral)
    again = signed_in(referral.claimed_by).post(
        page_of("accept", referral), {**TYPED, "reasons": "Typed twice.", "step": "confirm"}
    )
    assert again.status_code == 409
    assert "This referral is now “Accepted”, so it cannot be accepted." in again.text
    assert "Typed twice." in again.text
    assert TriageDecision.objects.count() == SpecialConditionsFlag.objects.count() == 1


def test_only_who_holds_it() -> None:
    referral, other = in_triage(), a_user(Role.REFERRALS_OFFICER)
    with pytest.raises(Refused, match="holds this referral. Ask them, or a manager, to release it"):
        actions.accept(referral_id=referral.pk, by=other, now=LATER, **ACCEPTANCE)


def test_not_before_the_referral_was_read() -> None:
    referral = a_submitted()
    officer = a_user(Role.REFERRALS_OFFICER)
    actions.claim(referral_id=referral.pk, by=officer, now=NOON)
    client = signed_in(officer)
    assert "Open and read the referral before you decide." in client.get(page_of("decide", referral)).text
    with pytest.raises(Refused, match="Open and read the referral"):
        actions.accept(referral_id=referral.pk, by=officer, now=LATER, **ACCEPTANCE)
    client.get(page_of("detail", referral))
    assert "What is your decision?" in client.get(page_of("decide", referral)).text


def test_not_before_the_force_s_answer_was_read() -> None:
    referral = with_a_question()
    officer = referral.claimed_by
    actions.answer_information(
        referral_id=referral.pk, by=referral.created_by, now=timezone.now(), answer="Two."
    )
    decide = {"referral_id": referral.pk, "by": officer, "now": timezone.now(), **ACCEPTANCE}
    with pytest.raises(Refused, match="The force has added to the referral since you read it"):
        actions.accept(**decide)
    signed_in(officer).get(page_of("timeline", referral))
    assert actions.accept(**decide).outcome == "accepted"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.POLICE_OFFICER])
def test_wrong_role(role: Role) -> None:
    referral = in_triage()
    client = as_role(role)
    assert client.get(page_of("accept", referral)).status_code == 403
    assert client.post(page_of("accept", referral), {**TYPED, "step": "confirm"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.accept(referral_id=referral.pk, by=a_user(role), now=LATER, **ACCEPTANCE)


def test_another_force_does_not_find_it() -> None:
    assert a_stranger().post(page_of("accept", in_triage()), TYPED).status_code == 404


def test_the_audit_entries() -> None:
    referral = in_triage()
    accepted_by_page(referral)
    assert kinds(referral)[-1] == "referral.accepted"
    made = AuditEvent.objects.filter(kind__in=["flag.set", "allocation.made", "case.opened"])
    assert {entry.by_id for entry in made} == {referral.claimed_by_id}
    assert made.count() == 3


def test_the_decision_is_shown_with_who_when_and_why() -> None:
    decision = an_acceptance(officer=a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))
    page = as_role(Role.CASE_OWNER).get(page_of("decide", decision.referral)).text
    assert "Decision: accepted" in page
    assert "Ottoline Brandt" in page
    assert "16 November 2026 at 1pm" in page
    assert ACCEPTANCE["reasons"] in page
    assert ACCEPTANCE["balance"] in page
    assert "What is your decision?" not in page


def test_a_question_to_the_rules_is_answered_for_the_judgement_made() -> None:
    """Lawful, with convictions judged not significant: the rules say required, and say so on the check page."""
    referral = in_triage(immigration_status="limited_leave")
    page = signed_in(referral.claimed_by).post(page_of("accept", referral), TYPED)
    assert "On police statements the rules show otherwise: required." in page.text


def test_a_route_against_the_recorded_status_is_said_and_stands() -> None:
    """Refugee status and administrative removal: the form and the check page say so; the officer decides."""
    referral = in_triage(immigration_status="refugee_or_humanitarian")
    officer = signed_in(referral.claimed_by)
    ways = {page: officer.get(page_of(page, referral)).text for page in ("detail", "decide", "accept")}
    form, way = ways["accept"], f'href="{page_of("accept", referral)}" role="button"'
    assert way in ways["detail"] and way not in ways["decide"]
    assert "The recorded status is “Refugee status or humanitarian protection”: " in form
    check = officer.post(page_of("accept", referral), TYPED).text
    assert (
        "“Refugee status or humanitarian protection”; administrative removal is for people without leave. "
        "Say in the reasons why." in check
    )
    done = officer.post(page_of("accept", referral), {**TYPED, "step": "confirm"}, follow=True).text
    assert "has been accepted. Key the flag, then confirm it under To key" in done
    assert TriageDecision.objects.get(referral=referral).route == "administrative_removal"

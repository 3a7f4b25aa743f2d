"""Redirect: passed to another Home Office command, with reasons."""

import pytest

from nexus.accounts.roles import Role
from referrals.models import Destination, SpecialConditionsFlag, TriageDecision
from referrals.states import State
from tests.builders import a_user, an_acceptance, in_triage
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"destination": "national_removal_command", "reasons": "Removal directions are already set."}
CONFIRMED = {**TYPED, "step": "confirm"}


@pytest.mark.parametrize("destination", Destination.values)
def test_it_goes_to_each_command(destination: str) -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).post(
        page_of("redirect", referral), {**CONFIRMED, "destination": destination}, follow=True
    )
    assert f"{referral.reference} has been redirected" in page.text
    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.outcome, decision.destination) == ("redirected", destination)
    assert decision.get_destination_display() in page.text
    assert fresh(referral).state == State.REDIRECTED
    assert not SpecialConditionsFlag.objects.exists()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("destination", "Select where the referral goes"),
        ("reasons", "Enter the reasons for the decision"),
    ],
)
def test_where_to_and_why_are_needed(field: str, sentence: str) -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).post(page_of("redirect", referral), {**CONFIRMED, field: ""})
    assert sentence in page.text
    assert not TriageDecision.objects.exists()


def test_an_invented_command_is_refused() -> None:
    referral = in_triage()
    typed = {**CONFIRMED, "destination": "elsewhere"}
    assert (
        "There is a problem" in signed_in(referral.claimed_by).post(page_of("redirect", referral), typed).text
    )
    assert not TriageDecision.objects.exists()


def test_not_after_a_decision() -> None:
    referral = an_acceptance().referral
    response = signed_in(referral.claimed_by).post(page_of("redirect", referral), CONFIRMED)
    assert response.status_code == 409
    assert "This referral is now “Accepted”, so it cannot be redirected." in response.text


def test_only_who_holds_it_wrong_role_other_force() -> None:
    referral = in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))
    response = as_role(Role.REFERRALS_OFFICER).post(page_of("redirect", referral), CONFIRMED)
    assert response.status_code == 409
    assert "Ottoline Brandt holds this referral." in response.text
    assert as_role(Role.MANAGER).post(page_of("redirect", referral), CONFIRMED).status_code == 403
    assert a_stranger().get(page_of("redirect", referral)).status_code == 404


def test_the_audit_entry() -> None:
    referral = in_triage()
    signed_in(referral.claimed_by).post(page_of("redirect", referral), CONFIRMED)
    assert kinds(referral)[-1] == "referral.redirected"

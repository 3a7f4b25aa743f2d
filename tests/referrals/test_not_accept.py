"""Not accept: with reasons the force reads; nothing is flagged."""

import pytest

from nexus.accounts.roles import Role
from referrals.models import SpecialConditionsFlag, TriageDecision
from referrals.states import State
from tests.builders import a_submitted, a_user, in_triage, with_a_question
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "balance": "Settled here since childhood.",
    "reasons": "One conviction, in 2012.",
    "significant_impact": "no",
    "impact_reasons": "Nobody was hurt, and nothing was lost.",
}
CONFIRMED = {**TYPED, "step": "confirm"}


def test_it_is_decided_with_reasons_and_without_a_flag() -> None:
    referral = in_triage()
    client = signed_in(referral.claimed_by)
    checked = client.post(page_of("not_accept", referral), TYPED)
    assert "Only new information or a discussion with the force reopens it." in checked.text
    assert fresh(referral).state == State.IN_TRIAGE
    page = client.post(page_of("not_accept", referral), CONFIRMED, follow=True)
    assert f"{referral.reference} has not been accepted" in page.text
    assert "One conviction, in 2012." in page.text
    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.outcome, decision.reasons, decision.balance) == (
        "not_accepted",
        "One conviction, in 2012.",
        "Settled here since childhood.",
    )
    assert fresh(referral).state == State.NOT_ACCEPTED
    assert not SpecialConditionsFlag.objects.exists()


@pytest.mark.parametrize("field", ["balance", "reasons", "significant_impact", "impact_reasons"])
def test_balance_and_reasons_are_needed(field: str) -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).post(page_of("not_accept", referral), {**CONFIRMED, field: " "})
    assert "There is a problem" in page.text
    assert not TriageDecision.objects.exists()


@pytest.mark.parametrize("build", [a_submitted, with_a_question])
def test_only_in_triage(build: object) -> None:
    referral = build()
    by = referral.claimed_by or a_user(Role.REFERRALS_OFFICER)
    response = signed_in(by).post(page_of("not_accept", referral), CONFIRMED)
    assert response.status_code == 409
    assert "so it cannot be refused." in response.text or "Claim it first" in response.text


def test_only_who_holds_it() -> None:
    referral = in_triage()
    response = as_role(Role.REFERRALS_OFFICER).post(page_of("not_accept", referral), CONFIRMED)
    assert response.status_code == 409
    assert TYPED["reasons"] in response.text
    assert fresh(referral).state == State.IN_TRIAGE


def test_wrong_role_and_other_force() -> None:
    referral = in_triage()
    assert as_role(Role.MANAGER).post(page_of("not_accept", referral), CONFIRMED).status_code == 403
    assert as_role(Role.POLICE_OFFICER).get(page_of("not_accept", referral)).status_code == 403
    assert a_stranger().post(page_of("not_accept", referral), CONFIRMED).status_code == 404


def test_the_audit_entry() -> None:
    referral = in_triage()
    signed_in(referral.claimed_by).post(page_of("not_accept", referral), CONFIRMED)
    assert kinds(referral)[-1] == "referral.not_accepted"

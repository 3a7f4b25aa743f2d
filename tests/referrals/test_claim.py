"""Claim: an officer takes a waiting referral, and it is theirs alone."""

import pytest

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions
from referrals.states import State
from tests.builders import NOON, a_submitted, a_user, an_acceptance, in_triage
from tests.referrals.croydon import SEES_NO_REFERRAL, a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db


def test_it_is_theirs_and_in_triage() -> None:
    referral, officer = a_submitted(), a_user(Role.REFERRALS_OFFICER)
    response = signed_in(officer).post(page_of("claim", referral), follow=True)
    assert response.redirect_chain == [(page_of("detail", referral), 302)]
    assert f"You hold {referral.reference}" in response.text
    claimed = fresh(referral)
    assert (claimed.state, claimed.claimed_by) == (State.IN_TRIAGE, officer)
    assert claimed.claimed_at is not None


def test_the_second_is_told_who_holds_it_since_when() -> None:
    holder = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    referral = in_triage(officer=holder)
    response = as_role(Role.REFERRALS_OFFICER).post(page_of("claim", referral))
    assert response.status_code == 409
    assert "Ottoline Brandt already holds this referral, since 16 November 2026 at 12:10pm." in response.text
    assert fresh(referral).claimed_by == holder


def test_claiming_twice_is_harmless() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = in_triage(officer=officer)
    response = signed_in(officer).post(page_of("claim", referral))
    assert (response.status_code, response.url) == (302, page_of("detail", referral))
    assert kinds(referral).count("referral.claimed") == 1


def test_a_decided_referral_cannot_be_claimed() -> None:
    referral = an_acceptance().referral
    with pytest.raises(Refused) as refused:
        actions.claim(referral_id=referral.pk, by=referral.claimed_by, now=NOON)
    assert refused.value.reasons == ["This referral is now “Accepted”, so it cannot be claimed."]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.POLICE_OFFICER, Role.FORCE_LEAD])
def test_who_sees_it_but_may_not(role: Role) -> None:
    referral = a_submitted()
    assert as_role(role).post(page_of("claim", referral)).status_code == 403
    assert fresh(referral).state == State.SUBMITTED


@pytest.mark.parametrize("role", [*SEES_NO_REFERRAL, Role.CASE_OWNER])
def test_for_whom_it_does_not_exist(role: Role) -> None:
    assert as_role(role).post(page_of("claim", a_submitted())).status_code == 404


def test_another_force_does_not_find_it() -> None:
    assert a_stranger().post(page_of("claim", a_submitted())).status_code == 404


def test_a_claim_is_posted() -> None:
    assert as_role(Role.REFERRALS_OFFICER).get(page_of("claim", a_submitted())).status_code == 405


def test_the_audit_entry() -> None:
    referral = a_submitted()
    as_role(Role.REFERRALS_OFFICER).post(page_of("claim", referral))
    assert kinds(referral)[-1] == "referral.claimed"

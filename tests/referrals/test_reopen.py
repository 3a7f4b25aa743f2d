"""Reopen: a refusal comes back to triage on something new; the first decision stays on record."""

from datetime import timedelta

import pytest

from nexus.accounts.roles import Role
from referrals import actions
from referrals.models import Referral, TriageDecision
from referrals.states import State
from tests.builders import ACCEPTANCE, NOON, a_user, an_acceptance, in_triage
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"reason": "The force telephoned: two new incidents."}


def not_accepted() -> Referral:
    referral = in_triage()
    actions.not_accept(
        referral_id=referral.pk,
        by=referral.claimed_by,
        now=NOON + timedelta(hours=1),
        reasons="Too little in the summary.",
        balance="Long residence.",
    )
    return fresh(referral)


def test_it_is_in_triage_again_held_by_who_reopened_it() -> None:
    referral, officer = not_accepted(), a_user(Role.REFERRALS_OFFICER)
    page = signed_in(officer).post(page_of("reopen", referral), TYPED, follow=True)
    assert "is in triage again, and you hold it" in page.text
    again = fresh(referral)
    assert (again.state, again.claimed_by) == (State.IN_TRIAGE, officer)
    decision = TriageDecision.objects.get(referral=referral)
    assert decision.superseded_by == officer


def test_it_may_then_be_accepted_and_both_decisions_are_shown() -> None:
    referral, officer = not_accepted(), a_user(Role.REFERRALS_OFFICER)
    client = signed_in(officer)
    client.post(page_of("reopen", referral), TYPED, follow=True)
    actions.accept(referral_id=referral.pk, by=officer, now=NOON + timedelta(days=1), **ACCEPTANCE)
    page = client.get(page_of("decide", referral)).text
    assert "Decision: accepted" in page
    assert "Earlier decision: not accepted" in page
    assert "Too little in the summary." in page


def test_what_is_new_is_needed() -> None:
    referral = not_accepted()
    page = as_role(Role.REFERRALS_OFFICER).post(page_of("reopen", referral), {"reason": ""})
    assert "Enter the new information or the discussion that reopens the referral" in page.text
    assert fresh(referral).state == State.NOT_ACCEPTED


def test_an_acceptance_is_not_reopened() -> None:
    referral = an_acceptance().referral
    client = as_role(Role.REFERRALS_OFFICER)
    beforehand = client.get(page_of("reopen", referral))
    assert beforehand.status_code == 409 and "so it cannot be reopened." in beforehand.text
    response = client.post(page_of("reopen", referral), TYPED)
    assert response.status_code == 409
    assert "so it cannot be reopened." in response.text
    assert TYPED["reason"] in response.text


def test_wrong_role_and_other_force() -> None:
    referral = not_accepted()
    assert as_role(Role.MANAGER).post(page_of("reopen", referral), TYPED).status_code == 403
    assert as_role(Role.POLICE_OFFICER).post(page_of("reopen", referral), TYPED).status_code == 403
    assert a_stranger().post(page_of("reopen", referral), TYPED).status_code == 404


def test_the_audit_entry() -> None:
    referral = not_accepted()
    as_role(Role.REFERRALS_OFFICER).post(page_of("reopen", referral), TYPED)
    assert kinds(referral)[-1] == "referral.reopened"

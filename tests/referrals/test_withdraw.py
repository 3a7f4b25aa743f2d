"""The force takes its referral back before it is decided."""

import pytest

from nexus.accounts.roles import Role
from referrals.models import Referral
from referrals.states import State
from tests.builders import a_draft, a_force, a_submitted, a_user, an_acceptance, in_triage, with_a_question
from tests.referrals.station import again, audited, path, signed_in, words

pytestmark = pytest.mark.django_db
REASON = {"reason": "The subject has left the country."}


@pytest.mark.parametrize("build", [a_draft, a_submitted, in_triage, with_a_question])
def test_a_referral_is_withdrawn_until_it_is_decided(build: object) -> None:
    client, officer = signed_in()
    referral: Referral = build(by=officer)
    assert "cannot reinstate a withdrawn referral" in words(client.get(path("withdraw", referral)))
    page = words(client.post(path("withdraw", referral), REASON, follow=True))
    assert "has been withdrawn" in page and REASON["reason"] in page
    referral = again(referral)
    assert (referral.state, referral.withdrawn_by) == (State.WITHDRAWN, officer)
    assert audited("referral.withdrawn", subject_id=str(referral.pk), reason=REASON["reason"]) == 1


def test_a_question_that_was_open_lapses() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    client.post(path("withdraw", referral), REASON)
    assert referral.information_requests.get().closed_at is not None


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_reason_is_needed(reason: str) -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer)
    assert "Enter why the referral is withdrawn" in words(
        client.post(path("withdraw", referral), {"reason": reason})
    )
    assert again(referral).state == State.SUBMITTED


def test_withdrawing_twice_is_once() -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer)
    for _ in range(2):
        assert "Withdrawn" in words(client.post(path("withdraw", referral), REASON, follow=True))
    assert again(referral).changes.filter(verb="withdraw").count() == 1


def test_a_decided_referral_is_not_withdrawn() -> None:
    client, officer = signed_in()
    referral = an_acceptance(by=officer).referral
    for response in (client.get(path("withdraw", referral)), client.post(path("withdraw", referral), REASON)):
        assert response.status_code == 409
        assert "it cannot be withdrawn" in words(response)
    assert again(referral).state == State.ACCEPTED


def test_who_may_not() -> None:
    referral = a_submitted()
    foreign, _ = signed_in(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert foreign.post(path("withdraw", referral), REASON).status_code == 404
    croydon, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert croydon.post(path("withdraw", referral), REASON).status_code == 403
    assert again(referral).state == State.SUBMITTED

"""Release: a referral goes back to the queue, given by its holder or taken by a manager with a reason."""

import pytest

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.states import State
from tests.builders import a_submitted, a_user, in_triage, with_a_question
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db


def test_the_holder_gives_it_back() -> None:
    referral = in_triage()
    response = signed_in(referral.claimed_by).post(page_of("release", referral), {"reason": ""}, follow=True)
    assert "is back in the queue" in response.text
    released = fresh(referral)
    assert (released.state, released.claimed_by, released.claimed_at) == (State.SUBMITTED, None, None)


def test_a_manager_releases_with_a_reason() -> None:
    referral, manager = in_triage(), a_user(Role.MANAGER)
    response = signed_in(manager).post(page_of("release", referral), {"reason": "On leave for two weeks."})
    assert response.status_code == 302
    assert fresh(referral).state == State.SUBMITTED
    entry = AuditEvent.objects.get(kind="referral.released")
    assert (entry.by_id, entry.reason) == (manager.pk, "On leave for two weeks.")
    assert entry.detail == {"held_by": referral.claimed_by_id}


def test_a_manager_must_say_why() -> None:
    referral = in_triage()
    response = as_role(Role.MANAGER).post(page_of("release", referral), {"reason": "  "})
    assert response.status_code == 409
    assert "Enter why you release another officer’s referral." in response.text
    assert fresh(referral).state == State.IN_TRIAGE


def test_another_officer_may_not_and_keeps_what_they_typed() -> None:
    referral = in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))
    client = as_role(Role.REFERRALS_OFFICER)
    assert "Ottoline Brandt holds this referral." in client.get(page_of("release", referral)).text
    response = client.post(page_of("release", referral), {"reason": "They are away until January."})
    assert response.status_code == 409
    assert "Ottoline Brandt holds this referral." in response.text
    assert "They are away until January." in response.text


@pytest.mark.parametrize("build", [a_submitted, with_a_question])
def test_only_in_triage(build: object) -> None:
    referral = build()
    response = as_role(Role.MANAGER).post(page_of("release", referral), {"reason": "On leave until Monday."})
    assert response.status_code == 409
    assert "so it cannot be released." in response.text


def test_wrong_role_and_other_force() -> None:
    referral = in_triage()
    assert as_role(Role.POLICE_OFFICER).post(page_of("release", referral)).status_code == 403
    assert a_stranger().post(page_of("release", referral)).status_code == 404
    assert kinds(referral)[-1] == "referral.viewed"

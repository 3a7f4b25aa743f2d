"""Check answers and submit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nexus.accounts.roles import Role
from referrals import actions
from referrals.rules.sections import REQUIREMENTS
from referrals.states import State
from tests.builders import NOON, a_complete_draft, a_draft, a_force, a_submitted, a_user
from tests.referrals.station import again, audited, path, signed_in, words

pytestmark = pytest.mark.django_db


def test_a_complete_draft_is_submitted_and_confirmed() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    response = client.post(path("check", referral), follow=True)
    page = words(response)
    assert response.redirect_chain == [(path("submitted", referral), 302)]
    assert "Referral submitted" in page and referral.reference in page and "What happens next" in page
    referral = again(referral)
    assert (referral.state, referral.submitted_by) == (State.SUBMITTED, officer)
    assert audited("referral.submitted", subject_id=str(referral.pk), by_id=officer.pk) == 1


def test_submitting_twice_is_once_and_shows_the_confirmation() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    for _ in range(2):
        assert "Referral submitted" in words(client.post(path("check", referral), follow=True))
    assert again(referral).changes.filter(verb="submit").count() == 1
    assert client.get(path("check", referral)).headers["Location"] == path("submitted", referral)


def test_every_answer_is_shown_with_a_link_that_comes_back() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    page = words(client.get(path("check", referral)))
    assert "Zelmanov" in page and "17 May 1988" in page and "Not provided" in page
    assert f'href="{path("section", referral, "interest-details")}?return=check"' in page
    assert 'Change<span class="govuk-visually-hidden"> family name</span>' in page
    assert "Submit the referral" in page and "Before you can submit" not in page


def test_all_gaps_are_listed_each_linked_to_its_page_and_input() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    before = words(client.get(path("check", referral)))
    response = client.post(path("check", referral))
    page = words(response)
    assert response.status_code == 409
    assert "There is a problem" in page and "<title>Error: " in page
    referral.nationality_count = 0
    missing = [each.sentence for each in REQUIREMENTS if each.is_missing(referral)]
    assert len(missing) > 40
    for sentence in missing:
        assert sentence in before and sentence in page
    assert f"{path('section', referral, 'identity')}?return=check#id_date_of_birth-day" in page
    assert f"{path('section', referral, 'nationalities')}?return=check#add-nationality" in page
    assert f"{path('section', referral, 'commitment')}?return=check#id_commits_information" in page
    assert again(referral).state == State.DRAFT
    assert audited("referral.submitted") == 0


def test_a_force_that_left_cannot_submit() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    officer.force.engaged = False
    officer.force.save()
    assert "is not engaged with Nexus High Harm" in words(client.post(path("check", referral)))
    assert again(referral).state == State.DRAFT


def test_a_withdrawn_draft_is_not_submitted() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    actions.withdraw(referral_id=referral.pk, by=officer, now=NOON, reason="Made in error.")
    assert client.post(path("check", referral)).status_code == 409
    assert again(referral).state == State.WITHDRAWN


def test_the_confirmation_of_a_draft_is_its_task_list() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    assert client.get(path("submitted", referral)).headers["Location"] == path("tasks", referral)


def test_a_live_time_referral_says_whom_to_telephone() -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer, channel="live_time")
    assert "out of hours" in words(client.get(path("submitted", referral)))


def test_who_may_not() -> None:
    draft, sent = a_complete_draft(), a_submitted()
    foreign, _ = signed_in(a_user(Role.FORCE_LEAD, force=a_force("06")))
    assert foreign.post(path("check", draft)).status_code == 404
    croydon, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert croydon.post(path("check", sent)).status_code == 403
    assert croydon.get(path("submitted", sent)).status_code == 403
    assert again(draft).state == State.DRAFT


def test_checking_costs_the_same_with_many_rows() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path("check", referral))
        return len(queries)

    few = cost()
    for number in range(12):
        actions.add_row(
            referral_id=referral.pk, by=officer, now=NOON, kind="alias", values={"name": f"Name {number}"}
        )
    assert cost() == few

"""Hand over, take, and link: an enquiry finds its officer and its referral."""

import pytest

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.duty_desk import actions
from referrals.duty_desk.models import Enquiry
from tests.builders import NOON, a_complete_draft, a_force, a_submitted, a_user, in_triage
from tests.nexus.api.calling import Caller
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.croydon import page_of as referral_page
from tests.referrals.duty_desk.desk import an_answered, an_enquiry, page_of

pytestmark = pytest.mark.django_db


def test_it_goes_to_a_named_officer_with_a_note() -> None:
    enquiry, next_one = an_enquiry(), a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    sent = {"to": next_one.pk, "note": "Waits for the PNC print."}
    response = as_role(Role.MANAGER).post(page_of("hand_over", enquiry), sent, follow=True)
    assert "Handed over to Ottoline Brandt" in response.text and "Waits for the PNC print." in response.text
    assert Enquiry.objects.get().owner == next_one
    assert AuditEvent.objects.get(kind="enquiry.handed_over").detail == {"from": None, "to": next_one.pk}


def test_an_officer_takes_what_nobody_has_and_the_second_is_told() -> None:
    enquiry, first = an_enquiry(), a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    assert "You have enquiry" in signed_in(first).post(page_of("take", enquiry), follow=True).text
    assert signed_in(first).post(page_of("take", enquiry)).status_code == 302
    second = as_role(Role.REFERRALS_OFFICER).post(page_of("take", enquiry))
    assert second.status_code == 409 and "Ottoline Brandt has this enquiry now." in second.text
    third = Caller(a_user(Role.REFERRALS_OFFICER)).post(f"enquiries/{enquiry.pk}/take/")
    assert third.status_code == 409
    assert third.json()["reasons"] == ["Ottoline Brandt has this enquiry now."]
    assert AuditEvent.objects.filter(kind="enquiry.handed_over").count() == 1


@pytest.mark.parametrize(
    ("role", "note", "reason"),
    [
        (Role.REFERRALS_OFFICER, " ", "Enter what the next officer needs to know."),
        (Role.CASE_OWNER, "Yours.", "does not answer enquiries. Choose a referrals officer."),
    ],
)
def test_reasons_not_to_hand_over(role: Role, note: str, reason: str) -> None:
    by, to = a_user(Role.REFERRALS_OFFICER), a_user(role)
    with pytest.raises(Refused, match=reason):
        actions.hand_over(enquiry_id=an_enquiry().pk, by=by, now=NOON, to=to, note=note)


def test_nothing_to_hand_over_once_answered_or_when_they_have_it() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    with pytest.raises(Refused, match="Reopen it first"):
        actions.hand_over(enquiry_id=an_answered().pk, by=officer, now=NOON, to=officer)
    one = {"enquiry_id": an_enquiry().pk, "by": officer, "now": NOON, "to": officer}
    actions.hand_over(**one)
    with pytest.raises(Refused, match="already has this enquiry"):
        actions.hand_over(**one, note="Again.")


def test_only_officers_are_offered_and_the_owner_is_not() -> None:
    owner, other = a_user(Role.REFERRALS_OFFICER), a_user(Role.REFERRALS_OFFICER)
    gone = a_user(Role.REFERRALS_OFFICER, is_active=False)
    enquiry = an_enquiry()
    actions.hand_over(enquiry_id=enquiry.pk, by=owner, now=NOON, to=owner)
    page = signed_in(owner).get(page_of("hand_over", enquiry)).text
    assert f'value="{other.pk}"' in page
    assert f'value="{owner.pk}"' not in page and f'value="{gone.pk}"' not in page


def test_it_is_linked_by_reference_and_each_sees_of_it_what_they_may() -> None:
    asker = a_user(Role.POLICE_OFFICER)
    own, enquiry = a_submitted(by=asker), an_enquiry(by=asker)
    desk = as_role(Role.REFERRALS_OFFICER)
    response = desk.post(page_of("link", enquiry), {"reference": f" {own.reference.lower()} "}, follow=True)
    assert f"Linked to {own.reference}" in response.text
    assert own.reference in signed_in(asker).get(page_of("detail", enquiry)).text
    other = a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("05")))
    desk.post(page_of("link", enquiry), {"reference": other.reference})
    assert Enquiry.objects.get().referral == other
    assert other.reference not in signed_in(asker).get(page_of("detail", enquiry)).text


def test_a_draft_or_an_unknown_reference_cannot_be_linked() -> None:
    desk, enquiry = as_role(Role.REFERRALS_OFFICER), an_enquiry()
    for reference in (a_complete_draft().reference, "NHH-2026-999999"):
        response = desk.post(page_of("link", enquiry), {"reference": reference})
        assert response.status_code == 409
        assert f"There is no referral {reference} that you can see." in response.text
    assert Enquiry.objects.get().referral is None


def test_linking_twice_is_said() -> None:
    referral, enquiry, officer = a_submitted(), an_enquiry(), a_user(Role.REFERRALS_OFFICER)
    one = {"enquiry_id": enquiry.pk, "by": officer, "now": NOON, "reference": referral.reference}
    actions.link(**one)
    with pytest.raises(Refused, match="already"):
        actions.link(**one)


def test_a_refused_referral_is_reopened_on_the_discussion() -> None:
    referral, enquiry = in_triage(), an_enquiry()
    officer = referral.claimed_by
    decided = {"reasons": "Not enough in the summary.", "balance": "Weighed against status and residence."}
    referral_actions.not_accept(referral_id=referral.pk, by=officer, now=NOON, **decided)
    actions.link(enquiry_id=enquiry.pk, by=officer, now=NOON, reference=referral.reference)
    assert referral_page("reopen", referral) in signed_in(officer).get(page_of("detail", enquiry)).text
    assert referral_page("reopen", referral) not in as_role(Role.MANAGER).get(page_of("detail", enquiry)).text
    referral_actions.reopen(
        referral_id=referral.pk, by=officer, now=NOON, reason=f"{enquiry}: a second incident."
    )
    assert referral_page("reopen", referral) not in signed_in(officer).get(page_of("detail", enquiry)).text

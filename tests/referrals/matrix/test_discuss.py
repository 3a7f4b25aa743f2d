"""Log a discussion: Croydon finds it at the Duty Desk, with the result."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals.duty_desk.models import Enquiry
from referrals.matrix import actions
from referrals.matrix.models import MatrixAssessment
from tests.builders import NOON, a_force, a_user
from tests.referrals.matrix.sheets import a_result, page, signed_in, with_answers
from tests.referrals.station import audited, words

pytestmark = pytest.mark.django_db
ASKED: dict[str, Any] = {
    "asker": "force",
    "caller": "DS Ansa Okonedo",
    "contact": "ansa@wmp.example",
    "question": "He was in the town centre again last night. May we talk?",
}


def discussed(result: MatrixAssessment, **changes: Any) -> Enquiry:
    asked = {"assessment_id": result.pk, "by": result.made_by, "now": NOON + timedelta(minutes=5)}
    return actions.discuss(**{**asked, **ASKED, **changes})


def test_it_is_an_enquiry_of_the_force_linked_to_the_result() -> None:
    result = a_result()
    enquiry = discussed(result)
    result.refresh_from_db()
    assert result.enquiry == enquiry
    assert (enquiry.state, enquiry.force, enquiry.caller) == ("open", result.force, "DS Ansa Okonedo")
    assert audited("matrix.discussed", subject_id=str(result.pk)) == 1


def test_twice_is_one_enquiry() -> None:
    result = a_result()
    assert discussed(result) == discussed(result)
    assert Enquiry.objects.count() == 1


def test_the_form_begins_with_reference_and_outcome_and_names_nobody() -> None:
    result = a_result(answers=with_answers(active_police_interest=False))
    text = words(signed_in(result.made_by).get(page("discuss", result.pk)))
    assert f"Referral matrix run {result.pk}, our reference OP-17: M6 Provisionally not suitable." in text
    assert result.made_by.full_name in text and result.made_by.email in text


def test_croydon_finds_the_enquiry_and_then_the_result() -> None:
    result = a_result()
    office = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert office.get(page("result", result.pk)).status_code == 404
    sent = {name: ASKED[name] for name in ("caller", "contact", "question")}
    response = signed_in(result.made_by).post(page("discuss", result.pk), sent)
    enquiry = Enquiry.objects.get()
    assert response.url == reverse("duty_desk:detail", args=[enquiry.pk])
    desk = words(office.get(response.url))
    assert "May we talk?" in desk and f'href="{page("result", result.pk)}"' in desk
    text = words(office.get(page("result", result.pk)))
    assert "M1" in text and "Go to the discussion" in text
    assert "Start a referral" not in text and "Change the answers" not in text


def test_asked_again_leads_to_the_enquiry() -> None:
    result = a_result()
    enquiry = discussed(result)
    client = signed_in(result.made_by)
    again = client.get(page("discuss", result.pk))
    assert again.status_code == 409 and "Its page leads to the discussion" in words(again)
    assert reverse("duty_desk:detail", args=[enquiry.pk]) in words(client.get(page("result", result.pk)))
    twice = client.post(page("discuss", result.pk), ASKED)
    assert twice.url == reverse("duty_desk:detail", args=[enquiry.pk])


def test_nothing_asked_is_refused_and_keeps_what_was_typed() -> None:
    result = a_result()
    client = signed_in(result.made_by)
    text = words(client.post(page("discuss", result.pk), {**ASKED, "question": ""}))
    assert "Enter what you want to discuss" in text and "DS Ansa Okonedo" in text
    with pytest.raises(Refused):
        discussed(result, question=" ")


def test_an_immigration_officer_says_where_they_work() -> None:
    officer = a_user(Role.IMMIGRATION_OFFICER)
    result = a_result(by=officer)
    client = signed_in(officer)
    assert "Select who asks" in words(client.post(page("discuss", result.pk), {**ASKED, "asker": ""}))
    client.post(page("discuss", result.pk), {**ASKED, "asker": "custody"})
    assert Enquiry.objects.get().asker == "custody"


def test_who_may() -> None:
    result = a_result()
    with pytest.raises(MatrixAssessment.DoesNotExist):
        discussed(result, by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    discussed(result)
    with pytest.raises(PermissionDenied):
        discussed(result, by=a_user(Role.REFERRALS_OFFICER))

"""Request information: one question to the force, with a day to answer it by."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.working_days import add_working_days
from referrals.models import InformationRequest
from referrals.states import State
from tests.builders import a_submitted, a_user, in_triage, with_a_question
from tests.referrals.croydon import a_stranger, as_role, fresh, kinds, page_of, signed_in

pytestmark = pytest.mark.django_db


def typed(question: str = "Which incidents were witnessed?", day: date | None = None) -> dict[str, str]:
    day = day or timezone.localdate() + timedelta(days=7)
    return {
        "question": question,
        "due_on-day": str(day.day),
        "due_on-month": str(day.month),
        "due_on-year": str(day.year),
    }


def test_the_force_is_asked() -> None:
    referral = in_triage()
    day = timezone.localdate() + timedelta(days=7)
    response = signed_in(referral.claimed_by).post(
        page_of("request_information", referral), typed(day=day), follow=True
    )
    assert "West Midlands Police has been asked to answer by" in response.text
    assert "Waiting for the force’s answer" in response.text
    asked = InformationRequest.objects.get(referral=referral)
    question = asked.questions.get()
    assert (question.text, question.due_on) == ("Which incidents were witnessed?", day)
    assert (asked.asked_by, question.owner) == (referral.claimed_by, referral.created_by)
    assert fresh(referral).state == State.INFORMATION_REQUESTED


def test_five_working_days_are_offered_and_called_local() -> None:
    referral = in_triage()
    page = signed_in(referral.claimed_by).get(page_of("request_information", referral)).text
    usual = add_working_days(timezone.now(), 5)
    assert f'name="due_on-day" type="text" value="{usual.day}"' in page
    assert "This is a local target, not from the guidance." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question": " "}, "Enter what you need to know"),
        ({"day": date(2026, 2, 1)}, "The date to answer by must be today or later."),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, object], sentence: str) -> None:
    referral = in_triage()
    response = signed_in(referral.claimed_by).post(page_of("request_information", referral), typed(**fields))
    assert sentence in response.text
    assert "There is a problem" in response.text
    assert fresh(referral).state == State.IN_TRIAGE


def test_only_who_holds_it_and_nothing_typed_is_lost() -> None:
    referral = in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))
    client = as_role(Role.REFERRALS_OFFICER)
    before = client.get(page_of("request_information", referral)).text
    assert "Ottoline Brandt holds this referral. Ask them, or a manager, to release it." in before
    assert "<textarea" not in before
    response = client.post(page_of("request_information", referral), typed("My careful question"))
    assert response.status_code == 409
    assert "Ottoline Brandt holds this referral." in response.text
    assert "My careful question" in response.text
    assert not InformationRequest.objects.exists()


@pytest.mark.parametrize("build", [a_submitted, with_a_question])
def test_only_in_triage(build: object) -> None:
    referral = build()
    by = referral.claimed_by or a_user(Role.REFERRALS_OFFICER)
    response = signed_in(by).post(page_of("request_information", referral), typed())
    assert response.status_code == 409
    assert "so it cannot be asked about." in response.text


def test_wrong_role_and_other_force() -> None:
    referral = in_triage()
    assert as_role(Role.MANAGER).post(page_of("request_information", referral), typed()).status_code == 403
    assert as_role(Role.FORCE_LEAD).get(page_of("request_information", referral)).status_code == 403
    assert a_stranger().post(page_of("request_information", referral), typed()).status_code == 404


def test_the_timeline_shows_question_and_answer() -> None:
    referral = with_a_question()
    page = as_role(Role.REFERRALS_OFFICER).get(page_of("timeline", referral)).text
    assert "Which of the incidents were witnessed?" in page
    assert "To be answered by Monday 23 November 2026" in page
    assert "Information requested" in page


def test_the_audit_entries() -> None:
    referral = in_triage()
    client = signed_in(referral.claimed_by)
    client.get(page_of("request_information", referral))
    client.post(page_of("request_information", referral), typed())
    assert kinds(referral)[-2:] == ["referral.question_viewed", "referral.asked_about"]

"""Answer and reopen: who asked reads what the desk said, and may come back to it."""

import pytest
from django.db import ProgrammingError, transaction

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.duty_desk import actions
from referrals.duty_desk.models import Enquiry, EnquiryNote
from tests.builders import NOON, a_user
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import an_answered, an_enquiry, kinds, page_of

pytestmark = pytest.mark.django_db


def test_who_asked_reads_the_answer() -> None:
    asker, officer = a_user(Role.POLICE_OFFICER), a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    enquiry = an_enquiry(by=asker)
    response = signed_in(officer).post(
        page_of("answer", enquiry), {"reply": "You may: limb 1B."}, follow=True
    )
    assert "The answer is given" in response.text
    read = signed_in(asker).get(page_of("detail", enquiry)).text
    assert "You may: limb 1B." in read and "Ottoline Brandt" in read and "Answered" in read
    entry = AuditEvent.objects.get(kind="enquiry.answered")
    assert (entry.by_id, entry.recipient) == (officer.pk, "West Midlands Police")


def test_an_empty_answer_is_refused_and_the_typed_one_is_kept_when_late() -> None:
    client, enquiry = as_role(Role.REFERRALS_OFFICER), an_enquiry()
    assert "Enter the answer" in client.post(page_of("answer", enquiry), {"reply": " "}).text
    late = client.post(page_of("answer", an_answered()), {"reply": "My own answer."})
    assert late.status_code == 409
    assert "now “Answered”, so it cannot be answered." in late.text and "My own answer." in late.text


def test_an_answered_one_offers_no_form() -> None:
    response = as_role(Role.REFERRALS_OFFICER).get(page_of("answer", an_answered()))
    assert "You cannot do this now" in response.text and "<textarea" not in response.text


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.MANAGER])
def test_who_may_not_answer(role: Role) -> None:
    assert as_role(role).post(page_of("answer", an_enquiry()), {"reply": "Yes."}).status_code == 403


def test_who_asked_asks_again_and_both_answers_stay() -> None:
    asker = a_user(Role.POLICE_OFFICER)
    enquiry = an_answered(by=asker)
    response = signed_in(asker).post(
        page_of("reopen", enquiry), {"reason": "And where does his brother live?"}, follow=True
    )
    assert "And where does his brother live?" in response.text and "Earlier answer" in response.text
    enquiry = Enquiry.objects.get()
    assert enquiry.state == "open"
    officer = a_user(Role.REFERRALS_OFFICER)
    actions.answer(enquiry_id=enquiry.pk, by=officer, now=NOON, reply="Not the brother.")
    read = signed_in(asker).get(page_of("detail", enquiry)).text
    assert "You may: limb 1B." in read and "Not the brother." in read
    assert [kind for kind in kinds(enquiry) if kind != "enquiry.viewed"] == [
        "enquiry.logged",
        "enquiry.answered",
        "enquiry.reopened",
        "enquiry.answered",
    ]


@pytest.mark.parametrize(
    ("make", "reason", "told"),
    [
        (an_enquiry, "Why?", "This enquiry is now “Open”, so it cannot be reopened."),
        (an_answered, "  ", "Enter what is still open."),
    ],
)
def test_reasons_not_to_reopen(make: object, reason: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.reopen(enquiry_id=make().pk, by=a_user(Role.REFERRALS_OFFICER), now=NOON, reason=reason)
    assert refused.value.reasons == [told]


def test_a_manager_does_not_reopen() -> None:
    assert (
        as_role(Role.MANAGER)
        .post(page_of("reopen", an_answered()), {"reason": "A first account"})
        .status_code
        == 403
    )


def test_notes_of_the_desk_are_for_the_desk() -> None:
    asker = a_user(Role.POLICE_OFFICER)
    enquiry = an_enquiry(by=asker)
    desk = as_role(Role.REFERRALS_OFFICER)
    desk.post(page_of("add_note", enquiry), {"text": "Rang Criminal Casework."})
    assert "Rang Criminal Casework." in desk.get(page_of("detail", enquiry)).text
    assert "Rang Criminal Casework." not in signed_in(asker).get(page_of("detail", enquiry)).text
    assert "Enter the note" in desk.post(page_of("add_note", enquiry), {"text": ""}).text


def test_notes_stay_as_they_were_written() -> None:
    enquiry = an_enquiry()
    note = actions.add_note(enquiry_id=enquiry.pk, by=a_user(Role.MANAGER), now=NOON, text="Rang.")
    for change in (lambda: EnquiryNote.objects.update(text="Rewritten."), note.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()

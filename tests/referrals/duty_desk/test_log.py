"""Log: a question reaches the desk, asked for oneself or written down for a caller."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals.duty_desk.models import Asker, Enquiry
from tests.builders import NOON, a_force, a_user
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import QUESTION, an_enquiry, kinds, page_of

pytestmark = pytest.mark.django_db
LOG = reverse("duty_desk:log")


def test_an_officer_asks_for_their_force() -> None:
    officer = a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")
    sent = {"key": uuid4(), "question": QUESTION, "contact": "Extension 4"}
    response = signed_in(officer).post(LOG, sent, follow=True)
    assert "Your question is with the Duty Desk" in response.text
    enquiry = Enquiry.objects.get()
    assert (enquiry.asker, enquiry.force, enquiry.caller) == ("force", officer.force, "Rowan Ashdown")
    assert (enquiry.asked_by, enquiry.owner, enquiry.state) == (officer, None, "open")
    assert kinds(enquiry) == ["enquiry.logged", "enquiry.viewed"]


def test_criminal_casework_asks_without_a_force() -> None:
    client = as_role(Role.CRIMINAL_CASEWORK)
    client.post(LOG, {"key": uuid4(), "question": QUESTION})
    enquiry = Enquiry.objects.get()
    assert (enquiry.asker, enquiry.force) == (Asker.CRIMINAL_CASEWORK, None)
    assert client.get(page_of("detail", enquiry)).status_code == 200


def test_the_desk_writes_down_who_calls_and_what_was_said_at_once() -> None:
    caller = a_user(Role.IMMIGRATION_OFFICER)
    sent = {
        "key": uuid4(),
        "asker": "custody",
        "caller": "Imran Calloway",
        "question": QUESTION,
        "account": caller.email.upper(),
        "reply": "Raise it as live-time.",
    }
    as_role(Role.REFERRALS_OFFICER).post(LOG, sent)
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.reply, enquiry.asked_by) == ("answered", "Raise it as live-time.", caller)
    assert "Raise it as live-time." in signed_in(caller).get(page_of("detail", enquiry)).text


def test_sent_twice_is_one_enquiry() -> None:
    client, sent = as_role(Role.POLICE_OFFICER), {"key": uuid4(), "question": QUESTION}
    assert client.post(LOG, sent).url == client.post(LOG, sent).url
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "answers", "reason"),
    [
        (Role.POLICE_OFFICER, {"asker": "ice"}, "Select who asks: it must be where the caller works."),
        (Role.IMMIGRATION_OFFICER, {"asker": "force"}, "Select who asks: it must be where the caller works."),
        (Role.CRIMINAL_CASEWORK, {"asker": "ccu"}, "Select who asks: it must be where the caller works."),
        (Role.REFERRALS_OFFICER, {"asker": "force", "force": None}, "Select the force that asks."),
        (Role.POLICE_OFFICER, {"question": " "}, "Enter the question."),
        (Role.POLICE_OFFICER, {"caller": ""}, "Enter the name of the caller."),
    ],
)
def test_reasons_not_to(role: Role, answers: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        an_enquiry(by=a_user(role), **answers)
    assert refused.value.reasons == [reason]


def test_police_ask_for_their_own_force_only() -> None:
    with pytest.raises(Refused) as refused:
        an_enquiry(by=a_user(Role.FORCE_LEAD), force=a_force("05"))
    assert refused.value.reasons == ["West Midlands Police can ask for itself only."]


@pytest.mark.parametrize(
    ("role", "force", "reason"),
    [
        (Role.POLICE_OFFICER, "05", "Merseyside Police can ask for itself only."),
        (Role.CRIMINAL_CASEWORK, None, "Select who asks: it must be where the caller works."),
        (Role.AUDITOR, None, "Person"),
    ],
)
def test_the_account_that_reads_the_answer_must_fit(role: Role, force: str | None, reason: str) -> None:
    account = a_user(role, force=a_force(force) if force else None)
    with pytest.raises(Refused, match=reason):
        an_enquiry(by=a_user(Role.REFERRALS_OFFICER), asked_by=account)


def test_an_account_that_does_not_exist_is_said_at_its_field() -> None:
    sent = {"key": uuid4(), "asker": "ice", "caller": "A", "question": "B", "account": "nobody@nexus.example"}
    response = as_role(Role.REFERRALS_OFFICER).post(LOG, sent)
    assert "No user who can ask the Duty Desk has this e-mail address" in response.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CASE_OWNER, Role.AUDITOR])
def test_who_may_not(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        an_enquiry(by=a_user(role))
    assert as_role(role).get(LOG).status_code == 403


def test_who_sees_it() -> None:
    enquiry = an_enquiry()
    page = page_of("detail", enquiry)
    assert as_role(Role.FORCE_LEAD).get(page).status_code == 200
    for role in (Role.REFERRALS_OFFICER, Role.MANAGER):
        assert QUESTION in as_role(role).get(page).text
    for client in (as_role(Role.IMMIGRATION_OFFICER), as_role(Role.CRIMINAL_CASEWORK), as_role(Role.AUDITOR)):
        assert client.get(page).status_code == 404
    assert signed_in(a_user(Role.POLICE_OFFICER, force=a_force("05"))).get(page).status_code == 404


def test_what_others_ask_about_a_force_is_not_for_that_force() -> None:
    enquiry = an_enquiry(by=a_user(Role.CRIMINAL_CASEWORK), asker="criminal_casework", force=a_force())
    assert as_role(Role.FORCE_LEAD).get(page_of("detail", enquiry)).status_code == 404


def test_the_database_wants_a_question_and_a_named_force() -> None:
    asked = {"asker": "force", "caller": "A", "logged_by": a_user(Role.POLICE_OFFICER), "logged_at": NOON}
    for wrong in ({"question": "", "force": a_force()}, {"question": "B"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.create(**asked, **wrong)

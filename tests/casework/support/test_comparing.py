"""Value added activity for a subject who may be flagged: the asker and Croydon are told, and a person decides."""

import pytest
from django.urls import reverse

from casework.support.models import SupportRequest
from casework.support.queries import flags_like
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import COMPLETE, a_flag_only_case, a_user
from tests.casework.support.builders import ASKED_AT, WORDS, again, submitted, taking_part, value_added
from tests.nexus.api.calling import Caller, errors_of
from tests.referrals.croydon import signed_in

pytestmark = pytest.mark.django_db
BORN = COMPLETE["date_of_birth"]
ANSWERS = {
    "kind": "tracing", "asked": WORDS["asked"], "why": WORDS["why"], "force": "06", "own_reference": "CC/1",
    "subject_name": "Teodor ZELMANOW", "subject_born-day": "17", "subject_born-month": "5",
    "subject_born-year": "1988", "due_on-day": "27", "due_on-month": "11", "due_on-year": "2036",
}  # fmt: skip


def test_who_is_born_the_same_day_with_a_like_name_is_said_to_be_flagged_and_the_asker_decides() -> None:
    reference = a_flag_only_case().referral.reference
    taking_part()
    by, ask = a_user(Role.CRIMINAL_CASEWORK), reverse("support:ask_value_added")
    client = signed_in(by)
    assert "another person" not in client.get(ask).text
    read = client.post(ask, ANSWERS).text
    assert "Ask from the flag, or say that it is another person" in read
    assert reverse("support:ask", args=[reference]) in read and not SupportRequest.objects.exists()
    assert AuditEvent.objects.filter(kind="flag.listed", by_id=by.pk).exists()
    assert client.post(ask, {**ANSWERS, "another_person": "on"}).status_code == 302
    draft = SupportRequest.objects.get()
    amended = client.post(
        reverse("support:amend", args=[draft.pk]), {**ANSWERS, "why": "Another reason, in the letter."}
    )
    assert amended.status_code == 302 and again(draft).why == "Another reason, in the letter."
    submitted(draft)
    detail = reverse("support:detail", args=[draft.pk])
    office = signed_in(a_user(Role.REFERRALS_OFFICER)).get(detail).text
    assert reference in office and "send the request back" in office and "Pass it on to" in office
    assert reference not in client.get(detail).text


def test_the_interface_compares_as_the_page_does() -> None:
    a_flag_only_case()
    taking_part()
    asker = Caller(a_user(Role.CRIMINAL_CASEWORK))
    words = {
        name: value for name, value in ANSWERS.items() if not name.startswith(("subject_born", "due_on"))
    }
    body = {**words, "subject_born": "1988-05-17", "due_on": "2036-11-27"}
    refused = asker.post("support-requests/ask-value-added/", body)
    assert refused.status_code == 400 and "another_person" in errors_of(refused)
    assert not SupportRequest.objects.exists()
    asked = asker.post("support-requests/ask-value-added/", {**body, "another_person": True})
    assert asked.status_code == 201
    amended = asker.post(
        f"support-requests/{asked.json()['id']}/amend/", {"why": "Another reason, in the letter."}
    )
    assert amended.status_code == 200 and amended.json()["why"] == "Another reason, in the letter."
    another = {"subject_born": "1988-05-18", "another_person": False}
    assert asker.post(f"support-requests/{asked.json()['id']}/amend/", another).status_code == 200


def test_another_name_or_another_day_is_another_person() -> None:
    flag = a_flag_only_case().referral.flag
    by = a_user(Role.CRIMINAL_CASEWORK)
    assert flags_like("Zelmanov Teodor", BORN, by) == [flag]
    assert flags_like("Brask, Odile", BORN, by) == []
    assert flags_like("Zelmanov Teodor", ASKED_AT.date(), by) == []
    assert flags_like("Zelmanov Teodor", BORN, a_user(Role.ADMINISTRATOR)) == []
    assert value_added(subject_name="Zelmanov, T", subject_born=BORN).is_value_added

"""The Duty Desk's endpoints: the same verbs through the same actions."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import a_submitted, a_user
from tests.nexus.api.calling import errors_of
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import QUESTION, an_answered, an_enquiry

pytestmark = pytest.mark.django_db
ALL = reverse("api:enquiries")
JSON = {"content_type": "application/json"}


def test_asked_answered_and_read() -> None:
    force, desk, key = as_role(Role.POLICE_OFFICER), as_role(Role.REFERRALS_OFFICER), str(uuid4())
    sent = {"key": key, "question": QUESTION}
    first = force.post(ALL, sent, **JSON)
    assert (first.status_code, force.post(ALL, sent, **JSON).status_code) == (201, 200)
    one = reverse("api:enquiry", args=[first.json()["id"]])
    answered = desk.post(f"{one}answer/", {"reply": "You may."}, **JSON)
    assert (answered.status_code, answered.json()["state"]) == (200, "answered")
    assert force.get(one).json()["reply"] == "You may."
    read = AuditEvent.objects.filter(kind="enquiry.viewed").latest("id")
    assert read.recipient == "West Midlands Police"
    assert desk.post(f"{one}answer/", {"reply": "Again."}, **JSON).status_code == 409


def test_the_list_holds_what_is_theirs_by_state() -> None:
    asker = a_user(Role.POLICE_OFFICER)
    done, asked = an_answered(by=asker), an_enquiry(by=asker)
    an_enquiry(by=a_user(Role.CRIMINAL_CASEWORK), asker="criminal_casework", force=None)

    def listed(query: str = "") -> list[Any]:
        return [row["id"] for row in signed_in(asker).get(ALL + query).json()["results"]]

    assert listed() == [asked.pk, done.pk]
    assert listed("?state=open") == [asked.pk]


def test_a_linked_referral_is_named_to_who_may_see_it() -> None:
    enquiry = an_enquiry(by=a_user(Role.CRIMINAL_CASEWORK), asker="criminal_casework", force=None)
    one, desk = reverse("api:enquiry", args=[enquiry.pk]), as_role(Role.REFERRALS_OFFICER)
    reference = a_submitted().reference
    assert desk.post(f"{one}link/", {"reference": reference}, **JSON).json()["referral"] == reference
    assert signed_in(enquiry.asked_by).get(one).json()["referral"] is None
    wrong = desk.post(ALL, {"key": "x", "asker": "nobody", "caller": "A"}, **JSON)
    assert wrong.status_code == 400 and set(errors_of(wrong)) == {"key", "asker", "question"}

"""The form of a call: everything that is missing is said at once, and what may stay empty says so."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from casework.engagement.models import Engagement
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.access.operations import VERBAL
from tests.access.world import NOW
from tests.builders import a_user
from tests.casework.engagement.builders import at
from tests.casework.engagement.test_pages import client_of
from tests.identity import code_of

pytestmark = pytest.mark.django_db


def test_everything_missing_is_said_at_once(case: Case, cio: User) -> None:
    address = reverse("engagement:log_verbal", args=[case.referral.reference])
    with time_machine.travel(at(12)):
        text = client_of(cio).post(address).content.decode()
    for sentence in (
        "Select what kind of operation it is",
        "Enter what was said",
        "Answer: Is the person an adult at risk?",
        "Answer: Is there a trafficking indicator",
    ):
        assert sentence in text
    assert text.count("What is known, and what is the source? (optional)") == 2
    assert "On which conditions? (optional)" in text
    assert not Engagement.objects.exists()


def test_the_clock_of_the_page_is_only_suggested(case: Case, cio: User) -> None:
    """The page begins with the minute it is opened in; a minute later that is nobody else's change."""
    address = reverse("engagement:log_verbal", args=[case.referral.reference])
    client, asked_by = client_of(cio), case.case_owner or a_user(Role.CASE_OWNER)
    with time_machine.travel(NOW):
        page = client.get(address).content.decode()
    showed = unescape(page.split('name="page_showed" value="')[1].split('"')[0])
    with time_machine.travel(NOW + timedelta(minutes=3)):
        proof = {"one_time_password": code_of(cio)}
        answer = client.post(address, {**VERBAL, **proof, "asked_by": asked_by.pk, "page_showed": showed})
    assert answer.status_code == 302, answer.content.decode()

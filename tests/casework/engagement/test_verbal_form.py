"""The form of a call: everything that is missing is said at once, and what may stay empty says so."""

import pytest
import time_machine
from django.urls import reverse

from casework.engagement.models import Engagement
from casework.models import Case
from nexus.accounts.models import User
from tests.builders import PASSWORD
from tests.casework.engagement.builders import at
from tests.casework.engagement.test_pages import client_of

pytestmark = pytest.mark.django_db


def test_everything_missing_is_said_at_once(case: Case, cio: User) -> None:
    address = reverse("engagement:log_verbal", args=[case.referral.reference])
    with time_machine.travel(at(12)):
        text = client_of(cio).post(address, {"password": PASSWORD}).content.decode()
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

"""The triage queue: what it shows to whom, in which order, and what it finds."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.builders import NOON, a_submitted, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> User:
    officer = a_user(Role.REFERRALS_OFFICER)
    client.force_login(officer)
    return officer


def test_smoke(client: Client, officer: User) -> None:
    referral = a_submitted()
    page = client.get(reverse("referrals:queue"))
    assert page.status_code == 200, page.content
    for name in ("detail", "assessment", "timeline", "decide", "accept", "not_accept", "redirect", "release", "request_information", "reopen"):
        page = client.get(reverse(f"referrals:{name}", args=[referral.reference]))
        assert page.status_code == 200, (name, page.content)
    assert client.get(reverse("referrals:flags")).status_code == 200

"""The force's list of its own referrals: whose are wanted."""

import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from tests.builders import a_draft, a_force, a_user

pytestmark = pytest.mark.django_db


def test_an_officer_finds_the_referrals_they_started_among_those_of_the_force() -> None:
    officer, colleague = a_user(Role.POLICE_OFFICER), a_user(Role.POLICE_OFFICER)
    mine, theirs = a_draft(by=officer, surname="Thacker"), a_draft(by=colleague, surname="Quillfeather")
    elsewhere = a_draft(by=a_user(Role.POLICE_OFFICER, force=a_force("06")), surname="Brandt")
    client = Client()
    client.force_login(officer)
    whole = client.get(reverse("referrals:list")).text
    assert mine.reference in whole and theirs.reference in whole
    asked_for = client.get(reverse("referrals:list"), {"mine": "on"}).text
    assert "Started by me" in asked_for and "Referrals (1)" in asked_for
    assert mine.reference in asked_for
    assert theirs.reference not in asked_for and elsewhere.reference not in asked_for

"""`manage.py drill sign-in` reads pages as somebody who is signed in, and sends nothing to other machines."""

import pytest
from django.conf import settings
from django.test import Client

from nexus.accounts.roles import Role
from nexus.drills.flood import connection_to
from nexus.management.commands.drill import session_of
from tests.builders import a_user


@pytest.mark.django_db
def test_its_session_opens_the_page_it_measures() -> None:
    browser = Client()
    session = session_of(a_user(Role.MANAGER))
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    assert browser.get("/waiting/").status_code == 200
    session.flush()
    assert browser.get("/waiting/").status_code == 302


def test_it_is_for_this_machine_alone() -> None:
    with pytest.raises(ValueError, match="this machine"):
        connection_to("https://nexus.example.org")

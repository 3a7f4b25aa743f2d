"""Who a test is signed in as: `force_login` gives a session in which the person has just confirmed that it is they.

Tests that are about confirming begin with `unconfirmed`.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from nexus.accounts.confirming import CONFIRMED
from nexus.accounts.models import User


def confirm_in_tests(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Only the test client signs in with a bare request: by the pages nothing is confirmed."""
    if type(request) is HttpRequest:
        request.session[CONFIRMED] = [user.pk, timezone.now().isoformat()]


def connect() -> None:
    user_logged_in.connect(confirm_in_tests, dispatch_uid="tests.identity")


def unconfirmed(client: Client) -> Client:
    """The same session, as if minutes had passed since anything was confirmed."""
    session = client.session
    session.pop(CONFIRMED, None)
    session.save()
    return client

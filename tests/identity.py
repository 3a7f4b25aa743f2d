"""Who a test is signed in as.

`force_login` gives a session like the product's after both steps: the second factor was given, just now. Tests that are
about confirming begin with `unconfirmed`; those that sign in by the page use `sign_in`.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.confirming import CONFIRMED, note_confirmation
from nexus.accounts.models import User
from nexus.accounts.second_factor import codes, half_way
from nexus.accounts.second_factor.proof import CODE
from tests.builders import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def both_steps_in_tests(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """Only the test client signs in with a bare request: by the pages nothing is given to anybody."""
    if type(request) is HttpRequest:
        half_way.mark(request.session, user, "app")
        note_confirmation(request.session, user, timezone.now())


def connect() -> None:
    user_logged_in.connect(both_steps_in_tests, dispatch_uid="tests.identity")


def unconfirmed(client: Client) -> Client:
    """The same session, as if minutes had passed since anything was confirmed."""
    session = client.session
    session.pop(CONFIRMED, None)
    session.save()
    return client


def code_of(person: User) -> str:
    """What this person's app shows, and was not used yet. It is set up here, where they have none."""
    sealed = codes.get_adapter().encrypt(SECRET)
    data = {"secret": sealed, "last_period": 0}
    Authenticator.objects.update_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": data})
    return codes.code_at(SECRET, codes.period_of(timezone.now()))


def sign_in(
    client: Client, email: str, password: str = PASSWORD, *, follow: bool = False, **more: str
) -> Any:
    """Both steps by the pages; the answer to the first where that is no right password."""
    person = User.objects.filter(email=email.strip().lower()).first()
    code = code_of(person) if person else ""
    answer = client.post("/sign-in/", {"email": email, "password": password, **more}, follow=follow)
    if half_way.HALF_WAY not in client.session:
        return answer
    return client.post(reverse("accounts:second_step"), {CODE: code, **more}, follow=follow)


def now_of(secret: str) -> str:
    """What an app with this secret shows."""
    return codes.code_at(secret, codes.period_of(timezone.now()))

"""What the tests of the force's pages share: a browserless officer, and what a page says."""

from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.models import Referral
from tests.builders import a_user


def signed_in(user: User | None = None) -> tuple[Client, User]:
    """A client with its user; an officer of West Midlands unless told otherwise."""
    user = user or a_user(Role.POLICE_OFFICER)
    client = Client()
    client.force_login(user)
    return client, user


def path(name: str, referral: Referral, *rest: Any) -> str:
    return reverse(f"referrals:{name}", args=[referral.reference, *rest])


def words(response: Any) -> str:
    """The page as text, entities resolved."""
    return unescape(response.content.decode())


def again(referral: Referral) -> Referral:
    """The referral as it is stored now."""
    return Referral.objects.select_related("force").get(pk=referral.pk)


def audited(kind: str, **fields: Any) -> int:
    """How many entries of this kind there are."""
    return AuditEvent.objects.filter(kind=kind, **fields).count()


OUTSIDERS = (Role.POLICE_OFFICER, Role.IMMIGRATION_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)

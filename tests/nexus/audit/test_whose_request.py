"""Entries written inside actions carry the id of the request in which the person acted."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import Scope
from nexus.accounts.roles import Role
from nexus.accounts.tokens import issue
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from tests.builders import NOON, a_draft, a_user

pytestmark = pytest.mark.django_db


def entry(kind: str) -> AuditEvent:
    return AuditEvent.objects.get(kind=kind)


def test_what_an_action_records_for_a_page(client: Client) -> None:
    client.force_login(a_user(Role.POLICE_OFFICER))
    answer = client.post(reverse("referrals:start"), {"key": str(uuid4())})
    assert answer.status_code == 302
    assert entry("referral.started").request_id == answer.headers["X-Request-ID"]


def test_what_an_action_records_for_a_call_with_a_token(client: Client) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    referral = a_draft(by=officer)
    _, token = issue(officer, scope=Scope.WRITE, now=timezone.now())
    answer = client.patch(
        reverse("api:referral_section", args=[referral.reference, "harm"]),
        {"harm_narrative": "Repeated assaults."},
        content_type="application/json",
        headers={"Authorization": f"Token {token}"},
    )
    assert answer.status_code == 200, answer.content
    assert entry("referral.changed").request_id == answer.headers["X-Request-ID"]


def test_without_a_request_there_is_none() -> None:
    assert record(kind="case.viewed", by=a_user(Role.CASE_OWNER), now=NOON).request_id == ""
    assert record(kind="report.finished", by=None, now=NOON).request_id == ""

"""An immigration officer raises a live-time referral in a few words; the force completes it and commits itself."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from referrals.duty_desk import actions
from referrals.duty_desk.models import TelephoneReferral
from referrals.states import State
from tests.builders import NOON, a_force, a_user
from tests.referrals.station import signed_in, words

pytestmark = pytest.mark.django_db
RAISE = reverse("duty_desk:raise_live_time")
WORDS = {"force": "20", "caller": "Rhona Vesey", "contact": "01632 960100", "why_urgent": "Released at six."}


def test_a_few_words_reach_force_and_desk_and_nothing_is_signed_for_anybody() -> None:
    lead = a_user(Role.FORCE_LEAD)
    client, officer = signed_in(a_user(Role.IMMIGRATION_OFFICER))
    assert "Raise a live-time referral" in words(client.get(reverse("referrals:list")))
    page = words(client.post(RAISE, {**WORDS, "key": str(uuid4()), "surname": "Zelmanov"}, follow=True))
    call = TelephoneReferral.objects.get()
    referral = call.referral
    assert "Live-time referral sent" in page and referral.reference in page
    assert (referral.state, referral.channel, referral.surname) == (State.DRAFT, "live_time", "Zelmanov")
    assert referral.signatory == "" and not referral.commits_information
    assert Notification.objects.filter(person=lead, kind="call_taken").count() == 1
    assert AuditEvent.objects.filter(
        kind="call.taken", by_id=officer.pk, recipient=referral.force.name
    ).exists()
    desk, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert referral.reference in words(desk.get(reverse("duty_desk:calls")))
    force, _ = signed_in(lead)
    tasks = words(force.get(reverse("referrals:tasks", args=[referral.reference])))
    assert "Raised by an immigration officer: complete it" in tasks


def test_it_says_which_force_which_number_and_why() -> None:
    client, _ = signed_in(a_user(Role.IMMIGRATION_OFFICER))
    page = words(client.post(RAISE, {"key": str(uuid4())}))
    for sentence in ("Select the force", "Enter a telephone number", "Enter why it is urgent"):
        assert sentence in page
    assert not TelephoneReferral.objects.exists()


def test_the_same_key_is_one_referral_and_others_may_not() -> None:
    officer, key = a_user(Role.IMMIGRATION_OFFICER), uuid4()
    told = {"force": a_force(), "caller": "Rhona Vesey", "contact": "1", "why_urgent": "Released at six."}
    first = actions.raise_live_time(by=officer, now=NOON, idempotency_key=key, **told)
    assert actions.raise_live_time(by=officer, now=NOON, idempotency_key=key, **told) == first
    for role in (Role.POLICE_OFFICER, Role.REFERRALS_OFFICER):
        with pytest.raises(PermissionDenied):
            actions.raise_live_time(by=a_user(role), now=NOON, idempotency_key=uuid4(), **told)

"""A trafficking referral arrives after the force has accepted an arrest: two people, in two real browsers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Engagement
from casework.engagement.rules.authorising import Check
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from tests.browsers import Look
from tests.builders import a_force, a_user, an_assigned_case
from tests.casework.engagement.builders import NO, details, read
from tests.driving import choose, fill_date, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def an_accepted_arrest(case: Case, *, cio: User, officer: User) -> Engagement:
    """Accepted now, for tomorrow: by everything people do, within the last minutes."""
    now = timezone.now() - timedelta(minutes=1)
    owner: dict[str, Any] = {"by": case.case_owner, "now": now}
    made = actions.start(case_id=case.pk, **owner, kind="arrest", force=a_force("20"))
    one: dict[str, Any] = {"engagement_id": made.pk}
    window = {"window_starts_at": now + timedelta(days=1), "window_ends_at": now + timedelta(days=1, hours=6)}
    actions.save_risks(**one, **owner, risks=NO, at_risk_level="", safety_note="Two large dogs.")
    actions.save_details(**one, **owner, **details(**window))
    actions.request(**one, **owner)
    read(made, cio, now)
    by: dict[str, Any] = {**one, "by": cio, "now": now}
    actions.quality_assure(**by, checked=Check.values(), findings="All records were seen.")
    actions.assess_risk(**by, risk_level="medium", risk_controls="Dog handler goes in first.")
    said = {"reasons": "Necessary and proportionate to the harm.", "conditions": "", "margin_reason": ""}
    text = sha256_of(exact_text(Engagement.objects.get(pk=made.pk)))
    actions.authorise(**by, **said, expires_at=window["window_ends_at"], confirmed_at=now, sha256=text)
    actions.task(**by)
    return actions.accept(**one, by=officer, now=now, words="Response team 2.")


def test_a_trafficking_referral_that_arrives_after_an_accepted_arrest_stops_it(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    case = an_assigned_case(now=timezone.now() - timedelta(days=2))
    officer, cio = a_user(Role.POLICE_OFFICER, force=a_force("20")), a_user(Role.CIO_HMI)
    operation = an_accepted_arrest(case, cio=cio, officer=officer)
    path = live_server.url + reverse("engagement:detail", args=[operation.pk])

    force = signed_in(new_context(), live_server.url, officer)
    force.goto(path)
    expect(force.get_by_role("alert")).to_have_count(0)
    expect(force.locator("main")).to_contain_text("Carry it out within its authorisation")

    desk = signed_in(new_context(), live_server.url, case.case_owner)
    desk.goto(live_server.url + reverse("casework:record_barrier", args=[case.referral.reference]))
    choose(desk, kind="trafficking")
    fill_date(desk, "since", timezone.localdate())
    type_in(desk, details="A first responder referred him to the National Referral Mechanism today.")
    press(desk, "Record the barrier")

    force.reload()
    stop = force.get_by_role("alert")
    expect(stop).to_contain_text("Stop: do not carry this out.")
    expect(stop).to_be_in_viewport()
    looked_at(force, "stop")
    for person, kind in ((officer, "engagement_stop_now"), (cio, "engagement_stopped")):
        assert Notification.objects.filter(person=person, kind=kind).exists(), "told at once"
    desk.goto(path)
    expect(desk.locator("main")).to_contain_text("Stopped")
    expect(desk.locator("main")).to_contain_text("Trafficking indicator")
    looked_at(desk, "stopped")

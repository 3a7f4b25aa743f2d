"""An officer proposes a refusal, another reads and agrees; the manager looks at what was drawn for quality."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals.models import TriageDecision
from referrals.quality import actions as quality
from referrals.quality.models import Draw
from referrals.quality.rules import Question
from tests.browsers import Look
from tests.builders import REFUSAL, a_user, an_acceptance, in_triage
from tests.driving import choose, follow, go, press, signed_in, type_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("second_reading")]


def test_a_refusal_is_read_twice_and_a_decision_for_quality(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
    settings: Any,
) -> None:
    now, settings.NEXUS_QUALITY_PERCENT = timezone.now(), 100
    proposer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    reader = a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo")
    manager = a_user(Role.MANAGER, full_name="Maud Ellery")
    referral = in_triage(officer=proposer, surname="Fenwright", now=now - timedelta(hours=2))
    an_acceptance(officer=proposer, surname="Ashgrove", now=now.replace(day=1) - timedelta(days=3))
    quality.draw_due(now=now)

    page = signed_in(new_context(), live_server.url, proposer)
    page.goto(f"{live_server.url}/referrals/{referral.reference}/not-accept/")
    answers = dict(REFUSAL)
    choose(page, significant_impact=answers.pop("significant_impact"))
    type_in(page, **answers)
    press(page, "Continue")
    looked_at(page, "check")
    press(page, "Propose this decision")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is decided yet")
    press(page, "Open the proposed decision")

    page = signed_in(new_context(), live_server.url, reader)
    page.goto(live_server.url)
    follow(page, "Decisions to read a second time (1)")
    follow(page, "FENWRIGHT, Teodor")
    press(page, "Read the referral")
    page.go_back()
    page.reload()
    looked_at(page, "reading")
    choose(page, answer="agree")
    press(page, "Record your answer")
    expect(page.get_by_role("alert")).to_contain_text("is decided: not accepted")
    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.decided_by, decision.second_reader) == (proposer, reader)

    page = signed_in(new_context(), live_server.url, manager)
    page.goto(f"{live_server.url}/quality/")
    go(page.locator("tbody a"))
    go(page.get_by_role("link", name="Open the referral of ASHGROVE, Teodor, born"))
    page.go_back()
    page.reload()
    choose(page, **dict.fromkeys(Question.values(), "yes"), overall="with_remarks")
    type_in(page, remarks="The balance could be longer.")
    looked_at(page, "quality-reading")
    press(page, "Record the finding")
    follow(page, "See the figures for each month")
    follow(page, str(Draw.objects.get()))
    looked_at(page, "quality-draw")
    expect(page.locator("main")).to_contain_text("the same decisions in the same order")

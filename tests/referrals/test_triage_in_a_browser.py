"""A referrals officer's whole way in a real browser: claim, ask, read the answer, accept; also without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals import actions
from referrals.models import Allocation, Referral, SpecialConditionsFlag, TriageDecision
from tests.browsers import Look
from tests.builders import (
    ACCEPTANCE,
    a_complete_draft,
    a_force,
    a_submitted,
    a_user,
    an_acceptance,
    in_triage,
    with_a_question,
)
from tests.driving import choose, follow, go, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def with_events(referral: Referral) -> Referral:
    """A draft with aliases and convictions of every sort, submitted."""
    by, today = referral.created_by, timezone.localdate()

    def event(offence: str, **values: Any) -> None:
        row = {"kind": "conviction", "part": "convicted", "grounding": "fact", "offence": offence, **values}
        actions.add_row(referral_id=referral.pk, by=by, now=timezone.now(), kind="conduct", values=row)

    for number in range(3):
        convicted = today - timedelta(days=200 * (number + 1))
        event(f"Theft from a shop, number {number + 1}", convicted_on=convicted, court="Port Selby",
              sentence_type="non_custodial")  # fmt: skip
    event("Fraud by false representation", convicted_on=today - timedelta(days=2000), court="Port Selby",
          sentence_type="custodial", sentence_months=8)  # fmt: skip
    event("Robbery", kind="arrest_no_further_action", part="suspect")
    event("Assault", kind="intelligence", part="victim", grounding="assessment")
    actions.add_row(
        referral_id=referral.pk, by=by, now=timezone.now(), kind="alias", values={"name": "Tedi Zelman"}
    )
    return actions.submit(referral_id=referral.pk, by=by, now=timezone.now() - timedelta(hours=3))


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_claim_ask_accept(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, javascript: bool
) -> None:
    referral = with_events(a_complete_draft(immigration_status="limited_leave", channel="live_time", in_custody=True,
        custody_reference="PS/26/1", custody_clock_started_at=timezone.now() - timedelta(hours=5), trafficking_indicator="yes",
        vulnerability_details="A support worker raised it."))  # fmt: skip
    for number in range(3):
        a_submitted(surname=f"Aldermann{number}", now=timezone.now() - timedelta(days=4 * number + 1))
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    page = signed_in(new_context(java_script_enabled=javascript), live_server.url, officer)
    look = looked_at if javascript else (lambda page, name: None)

    page.goto(live_server.url + reverse("desk:queue"))
    look(page, "queue")
    expect(page.locator("tbody th").first).to_contain_text("ZELMANOV")
    page.get_by_label("Search by name").fill("zelman teodor")
    press(page, "Search")
    assert "zelman" not in page.url
    look(page, "queue-found")
    press(page, f"Claim {referral.reference}")
    look(page, "referral")
    expect(page.get_by_role("alert")).to_contain_text("You hold")
    go(page.get_by_role("link", name="Assessment"))
    look(page, "assessment")
    follow(page, "Referral")

    press(page, "Ask the force")
    press(page, "Ask the force")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter what you need to know")
    look(page, "question")
    page.get_by_label("What do you need to know?").fill("Which incidents were witnessed?")
    press(page, "Add another question")
    type_in(page, **{"2-question": "Where is the subject now?"})
    look(page, "question-two")
    press(page, "Ask the force")
    expect(page.locator("main")).to_contain_text("Waiting for the force’s answers: 0 of 2 answered")
    go(page.get_by_role("link", name="Timeline and questions"))
    look(page, "timeline")
    follow(page, "Withdraw this question 2")
    look(page, "question-withdraw")
    type_in(page, reason="The court has told us.")
    press(page, "Withdraw the question")
    expect(page.locator("main")).to_contain_text("The court has told us.")
    actions.answer_information(
        referral_id=referral.pk, by=referral.created_by, now=timezone.now(), answer="Two of the four."
    )
    page.reload()
    expect(page.locator("main")).to_contain_text("Two of the four.")

    follow(page, "Decision")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    look(page, "decide")
    follow(page, "Referral")
    press(page, "Accept")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    look(page, "accept")
    page.get_by_label("Balance").fill(ACCEPTANCE["balance"])
    press(page, "Continue")
    look(page, "accept-mistakes")
    expect(page.get_by_label("Balance")).to_have_value(ACCEPTANCE["balance"])
    choose(page, significant_impact="yes")
    page.get_by_label("What shows it, or does not?").fill(ACCEPTANCE["impact_reasons"])
    page.get_by_label("What did you check").fill(ACCEPTANCE["scope_confirmation"])
    page.get_by_role("group", name="Is there a significant conviction?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_label("No team has the case").check()
    page.get_by_label("Intelligence-led deportation").check()
    page.get_by_label("Not necessarily required").check()
    page.get_by_label("Reasons for the decision").fill(
        "A current and ongoing threat.\nSecond line: <b>& “quoted”</b>"
    )
    press(page, "Continue")
    look(page, "accept-confirm")
    expect(page.locator("main")).to_contain_text("the rules show otherwise")
    press(page, "Change your answers")
    assert page.get_by_label("Reasons for the decision").input_value().endswith("“quoted”</b>")
    page.get_by_label("Required", exact=True).check()
    press(page, "Continue")
    press(page, "Accept the referral")
    look(page, "accepted")
    expect(page.locator(".nexus-identity")).to_contain_text("Nexus High Harm (Regional)")

    expect(page.get_by_role("link", name="Open the case")).to_be_visible()
    expect(page.get_by_role("link", name="Key the flag")).to_be_visible()
    press(page, "Take the next referral")
    expect(page.get_by_role("alert")).to_contain_text("the next in the queue")

    decision = TriageDecision.objects.get(referral=referral)
    assert (decision.decided_by, decision.route, decision.held_by) == (officer, "intelligence_led", None)
    assert decision.reasons == "A current and ongoing threat.\nSecond line: <b>& “quoted”</b>"
    assert SpecialConditionsFlag.objects.filter(referral=referral).count() == 1
    assert Allocation.objects.get(referral=referral).team.code == "nexus_high_harm"


def test_the_other_pages(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    context = new_context()
    page = signed_in(context, live_server.url, officer)

    def visit(name: str, referral: Referral | None = None) -> None:
        page.goto(
            live_server.url + reverse(f"referrals:{name}", args=[referral.reference] if referral else [])
        )

    mine = in_triage(officer=officer)
    theirs = in_triage(officer=a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo"))
    visit("release", mine)
    looked_at(page, "release")
    visit("decide", theirs)
    looked_at(page, "decide-refused")
    visit("not_accept", mine)
    choose(page, significant_impact="no")
    page.get_by_label("What shows it, or does not?").fill("Nobody was hurt, and nothing was lost.")
    page.get_by_label("Balance").fill("Long residence, two children.")
    page.get_by_label("Reasons for the decision").fill("One conviction, in 2012.")
    press(page, "Continue")
    looked_at(page, "not-accept-confirm")
    press(page, "Do not accept the referral")
    looked_at(page, "not-accepted")
    press(page, "Reopen the referral")
    looked_at(page, "reopen")
    page.get_by_label("What is new?").fill("The force telephoned on 20 November 2026.")
    press(page, "Reopen")
    visit("redirect", mine)
    looked_at(page, "redirect")
    page.get_by_label("National Removal Command").check()
    page.get_by_label("Reasons for the decision").fill("Removal directions are already set.")
    press(page, "Continue")
    press(page, "Redirect the referral")
    visit("decide", mine)
    looked_at(page, "redirected")

    waiting = a_submitted(surname="Ó" * 118, forenames="Wolfeschlegelsteinhausenbergerdorff" * 3)
    page.goto(live_server.url + reverse("desk:queue"))
    looked_at(page, "queue-long-name")
    actions.claim(referral_id=waiting.pk, by=theirs.claimed_by, now=timezone.now())
    press(page, f"Claim {waiting.reference}")
    expect(page.locator("main")).to_contain_text("Piers Okonjo already holds this referral")
    looked_at(page, "claimed-by-another")
    visit("take_back", with_a_question(officer=officer))
    looked_at(page, "take-back")
    page.goto(live_server.url + reverse("desk:queue") + "?state=information_requested")
    looked_at(page, "queue-asked")
    page.goto(
        live_server.url + reverse("desk:queue") + "?state=information_requested&held_by=me&age=3-5&force=01"
    )
    looked_at(page, "queue-empty")

    flagged = an_acceptance(
        surname="Quintanilha", by=a_user(Role.POLICE_OFFICER, force=a_force("01"))
    ).referral
    page = signed_in(new_context(), live_server.url, a_user(Role.CRIMINAL_CASEWORK))
    visit("flags")
    looked_at(page, "flags")
    page.get_by_label("Reference, Home Office reference").fill("quintanilha")
    press(page, "Search")
    expect(page.get_by_role("main")).to_contain_text(flagged.reference)
    looked_at(page, "flags-found")
    page.get_by_label("Reference, Home Office reference").fill("nobody of this name")
    press(page, "Search")
    looked_at(page, "flags-none")

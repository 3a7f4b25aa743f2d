"""A decision from its draft to the end of an appeal, by the people who do it, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from casework.decisions import actions
from casework.decisions.models import Decision
from casework.models import Case
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_user, an_assigned_case, decision_answers
from tests.driving import choose, fill_date, follow, go, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_draft_to_the_end_of_an_appeal(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
) -> None:
    today, then = timezone.localdate(), timezone.now() - timedelta(days=3)
    case = an_assigned_case(now=then)
    case.referral.conduct.create(
        kind="pending_charge", part="suspect", offence="Assault on a shop worker", grounding="fact"
    )
    case.referral.conduct.create(kind="conviction", part="victim", offence="A robbery", grounding="fact")
    address = live_server.url + reverse("decisions:detail", args=[case.referral.reference])
    senior = a_user(Role.SENIOR_CASEWORKER, full_name="Sten Vollmer")

    owner = signed_in(new_context(), live_server.url, case.case_owner)
    owner.goto(address)
    press(owner, "Draft a decision")
    looked_at(owner, "draft")
    follow(owner, "Human rights")
    choose(owner, article_3="no")
    type_in(owner, article_3_reasons="No such risk is shown.")
    looked_at(owner, "section")
    press(owner, "Save and continue")
    expect(owner.get_by_role("heading", level=1)).to_have_text("Withdrawal agreement and EEA protection")
    press(owner, "Save and return to the list")
    looked_at(owner, "what-is-open")
    decision = Decision.objects.get()
    actions.save_section(
        decision_id=decision.pk, by=case.case_owner, now=timezone.now(), answers=decision_answers()
    )
    follow(owner, "Findings")
    press(owner, "Add an allegation")
    expect(owner.locator("main")).not_to_contain_text("A robbery")
    expect(owner.locator("main")).to_contain_text("Not a record: only the acts alleged may be proved")
    owner.get_by_label("Pending charge: Assault on a shop worker").check()
    type_in(owner, allegation="He struck a shop worker on 4 March.")
    looked_at(owner, "add-allegation")
    press(owner, "Add the allegation")
    press(owner, "Record the finding on allegation 1")
    choose(owner, proved="yes")
    type_in(owner, evidence="The statement of the shop worker.", reasons="Two people saw it.")
    press(owner, "Save and continue")
    looked_at(owner, "findings")
    follow(owner, "Back to the sections")
    press(owner, "Submit for review")
    press(owner, "Submit for review")

    page = signed_in(new_context(), live_server.url, senior)
    page.goto(live_server.url + reverse("casework:mine"))
    follow(page, "Waiting for you")
    follow(page, "Decisions to review (1)")
    looked_at(page, "to-review")
    follow(page, case.referral.subject_name)
    looked_at(page, "submitted")
    press(page, "Review the decision")
    type_in(page, reasons="The finding follows from two accounts.")
    press(page, "Review the decision")
    expect(page.get_by_role("alert")).to_contain_text("The decision is reviewed")

    owner.goto(address)
    press(owner, "Make the decision")
    type_in(owner, reasons="The conduct outweighs seven years here.", shared_text="A decision was made.")
    looked_at(owner, "decide")
    press(owner, "Make the decision")
    follow(owner, "Preview and make: Notice of decision")
    expect(owner.locator("main")).to_contain_text("He struck a shop worker on 4 March.")
    looked_at(owner, "letter")
    press(owner, "Make the letter")
    press(owner, "Record the service")
    owner.get_by_label("Notice of decision (letter").check()
    choose(owner, how="post", place="in_uk")
    fill_date(owner, "on", today)
    fill_date(owner, "document_on", today)
    type_in(owner, document="The reasons", rule="Regulation 7", to="The subject", by_whom="Nexus High Harm")
    type_in(owner, shared_text="The decision was served.")
    looked_at(owner, "serve")
    press(owner, "Record the service")

    press(owner, "Record a challenge")
    choose(owner, kind="appeal", suspends_removal="no")
    fill_date(owner, "lodged_on", today)
    type_in(owner, suspends_reason="It is certified by the court.", shared_text="An appeal was lodged.")
    looked_at(owner, "challenge")
    press(owner, "Record a challenge")
    follow(owner, "Add a hearing")
    fill_date(owner, "on", today + timedelta(days=3))
    type_in(
        owner,
        place="Birmingham",
        witnesses="PC Ashdown",
        to_bring="Notebook",
        shared_text="It is listed for May by the court.",
    )
    looked_at(owner, "hearing")
    press(owner, "Add a hearing")
    owner.goto(live_server.url + reverse("casework:mine"))
    follow(owner, "Waiting for you")
    go(owner.get_by_role("link", name="Hearings, the next on"))
    looked_at(owner, "hearings")
    follow(owner, case.referral.subject_name)
    looked_at(owner, "challenged")
    follow(owner, "Record how the challenge ended")
    choose(owner, outcome="dismissed")
    fill_date(owner, "outcome_on", today)
    type_in(owner, reasons="No error of law.", shared_text="The appeal was dismissed.")
    press(owner, "Record how the challenge ended")
    expect(owner.locator(".nexus-identity")).to_contain_text("Decision served")
    looked_at(owner, "served")
    follow(owner, "Summary")
    expect(owner.locator("main")).to_contain_text(
        "Permission to appeal further can be asked for in time until"
    )
    expect(owner.locator("main")).to_contain_text("No notice of intention to remove has been given since")
    assert Case.objects.get().state == "served"

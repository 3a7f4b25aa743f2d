"""Matrix → result → a draft, or a discussion that Croydon finds; in a real browser, with JavaScript and without."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from referrals.matrix.models import MatrixAssessment
from referrals.models import Referral
from tests.browsers import Look
from tests.builders import a_case, a_user
from tests.driving import choose, fill_date, follow, go, press, sign_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def answer(page: Page) -> None:
    """A subject with leave and two convictions: for a person to judge."""
    type_in(page, own_reference="OP-17", **{"event-0-offence": "Robbery", "event-0-sentence_months": "6"})
    fill_date(page, "date_of_birth", date(1988, 5, 17))
    choose(
        page,
        **{"date_of_birth-precision": "exact", "nationality": "BRA", "immigration_status": "limited_leave"},
    )
    choose(page, active_police_interest="yes", harm_to_individuals="harm_to_community", material_level="none")
    choose(
        page,
        **{"event-0-kind": "conviction", "event-0-part": "convicted", "event-0-sentence_type": "suspended"},
    )
    type_in(page, **{"event-0-convicted_on": "4 March 2025"})
    press(page, "Add another event")
    expect(page.get_by_role("group", name="Event 2", exact=True)).to_be_visible()
    choose(page, **{"event-1-kind": "caution", "event-1-part": "suspect"})
    press(page, "Add another event")
    press(page, "Remove event 3")
    expect(page.locator('[name="event-0-offence"]')).to_have_value("Robbery")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_a_subject_to_a_referral_or_a_discussion(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, javascript: bool
) -> None:
    def look(page: Page, name: str) -> None:
        if javascript:
            looked_at(page, name)

    officer = a_user(Role.POLICE_OFFICER, full_name="PC Rowan Ashdown")
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    follow(page, "Referral matrix")
    look(page, "list-empty")
    press(page, "Assess a subject")
    look(page, "start")
    answer(page)
    type_in(page, **{"event-0-sentence_months": "0"})
    press(page, "Assess")
    expect(page.get_by_role("alert")).to_contain_text("Length of the sentence must be 1 or more")
    look(page, "start-error")
    type_in(page, **{"event-0-sentence_months": "6"})
    page.locator('[name="own_reference"]').press("Enter")  # the keyboard's way, past "remove" and "add"
    expect(page.locator("h1")).to_have_text("M5 Insufficient information")
    expect(page.get_by_text("4 more dated convictions would meet the guide.").first).to_be_visible()
    look(page, "m5")

    follow(page, "Change the answers and assess again")
    expect(page.locator('[name="event-0-offence"]')).to_have_value("Robbery")
    choose(page, active_police_interest="no")
    press(page, "Assess")
    expect(page.locator("h1")).to_have_text("M6 Provisionally not suitable")
    look(page, "m6")

    go(page.get_by_role("button", name="Log a discussion with the Referrals Office").first)
    look(page, "discuss")
    question = page.get_by_label("What do you want to discuss?")
    question.fill(question.input_value() + "He was in the town centre again. May we talk?")
    press(page, "Send the question")
    expect(page.get_by_text("May we talk?").first).to_be_visible()

    follow(page, "Referral matrix")
    look(page, "list")
    go(page.get_by_role("row").filter(has_text="M6").get_by_role("link"))
    go(page.get_by_role("button", name="Refer anyway with these answers").first)
    expect(page.get_by_role("alert")).to_contain_text("has been started with your answers")
    draft = Referral.objects.get()
    assert draft.conduct.count() == 2 and draft.immigration_status == "limited_leave"

    office = sign_in(
        new_context(java_script_enabled=javascript), live_server.url, a_user(Role.REFERRALS_OFFICER).email
    )
    enquiry = MatrixAssessment.objects.latest("pk").enquiry
    office.goto(live_server.url + reverse("duty_desk:detail", args=[enquiry.pk]))
    expect(office.get_by_text("May we talk?").first).to_be_visible()
    office.goto(f"{live_server.url}/matrix/")
    look(office, "list-office")


def test_agreement_for_managers(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    a_case()
    a_case(active_police_interest=False)
    page = sign_in(new_context(), live_server.url, a_user(Role.MANAGER).email)
    follow(page, "Results")
    follow(page, "Matrix agreement")
    expect(page.get_by_text("Nothing automatic follows")).to_be_visible()
    looked_at(page, "agreement")

"""Police support by the people who act in it: Criminal Casework asks, Croydon passes it on, the force lead
accepts, both talk, the force does it, and the ledger shows it kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_flag_only_case, a_user
from tests.driving import choose, fill_date, follow, go, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_criminal_casework_asks_and_the_force_helps(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
) -> None:
    def at(user: Any, name: str) -> Page:
        page = signed_in(new_context(), live_server.url, user)
        page.goto(live_server.url + reverse(name))
        return page

    now = timezone.now()
    case = a_flag_only_case(now=now - timedelta(days=3))
    reference, today = case.referral.reference, timezone.localdate()
    criminal = a_user(Role.CRIMINAL_CASEWORK, full_name="Wilf Arkwright")

    page = at(criminal, "referrals:flags")
    type_in(page, words="Zelmanov")
    press(page, "Search")
    looked_at(page, "flags")
    press(page, f"Ask for police support for {reference}")
    looked_at(page, "ask")
    choose(page, kind="tracing")
    type_in(
        page,
        asked="Visit the last known address.",
        why="He has not reported since May.",
        own_reference="CC/9",
    )
    fill_date(page, "due_on", today + timedelta(days=7))
    press(page, "Save and check")
    looked_at(page, "draft")
    press(page, "Submit the request")
    expect(page.get_by_role("alert")).to_contain_text("the Referrals Office, which passes it on")

    office = at(a_user(Role.REFERRALS_OFFICER), "support:list")
    follow(office, "Tracing an absconder")
    press(office, "Pass it on to West Midlands Police")
    expect(office.get_by_role("alert")).to_contain_text("The request is with West Midlands Police")

    lead = at(a_user(Role.FORCE_LEAD, full_name="Marit Hollins"), "referrals:asked")
    looked_at(lead, "asked-of-us")
    follow(lead, "Waiting for you")
    follow(lead, "Requests for support to accept or decline (1)")
    looked_at(lead, "list-force")
    follow(lead, "Tracing an absconder")
    looked_at(lead, "asked-of-force")
    press(lead, "Accept")
    looked_at(lead, "accept")
    type_in(lead, answer="The neighbourhood team visits this week and rings you.")
    press(lead, "Accept the request")
    press(lead, "Write a message")
    looked_at(lead, "message")
    type_in(lead, text="The house has two doors. Which one?")
    press(lead, "Send the message")
    expect(lead.get_by_role("alert")).to_contain_text("The message is sent")

    page.reload()
    expect(page.get_by_text("The house has two doors. Which one?")).to_be_visible()
    press(page, "Write a message")
    type_in(page, text="The left one.")
    press(page, "Send the message")

    lead.reload()
    expect(lead.get_by_text("The left one.")).to_be_visible()
    press(lead, "Record what was done")
    type_in(lead, done="He lives there and was seen.")
    fill_date(lead, "done_on", today)
    press(lead, "Record what was done")
    expect(lead.get_by_text("Fulfilled", exact=True)).to_be_visible()
    looked_at(lead, "fulfilled")
    lead.goto(live_server.url + reverse("support:ledger"))
    expect(lead.get_by_text("1 thing asked: 1 kept in time.")).to_be_visible()
    looked_at(lead, "ledger-lead")

    manager = at(a_user(Role.MANAGER), "support:ledger")
    looked_at(manager, "ledgers")
    manager.goto(live_server.url + reverse("support:case", args=[reference]))
    expect(manager.get_by_text("1 thing asked: 1 kept in time.")).to_be_visible()
    looked_at(manager, "case")
    go(manager.get_by_role("row", name="Tracing an absconder").get_by_role("link").first)
    looked_at(manager, "in-its-case")

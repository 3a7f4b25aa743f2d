"""A reviewer at work in a browser: the list, one record, its end; and a person's request for access."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from nexus.retention.models import Review
from nexus.rights import actions as rights
from tests.builders import NOON, a_case_in, a_user
from tests.driving import choose, follow, press, signed_in, type_in
from tests.nexus.retention.builders import LATER, LOOKED, a_due_review, a_proposed_erasure

pytestmark = pytest.mark.django_db(transaction=True)
Look = Callable[[Page], None]


def test_a_reviewer_proposes_a_second_one_erases_and_a_person_is_answered(
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    axe_at_both_widths: Look,
    screenshot: Callable[[Page, str], None],
) -> None:
    def look(name: str) -> None:
        axe_at_both_widths(page)
        screenshot(page, name)

    manager = a_user(Role.MANAGER)
    review, proposed = (a_case_in("closed").referral for _ in range(2))
    due = a_due_review(review)
    other = a_proposed_erasure(proposed)
    page = signed_in(new_context(), live_server.url, manager)
    page.goto(f"{live_server.url}/retention/")
    look("retention-queue")
    follow(page, due.reference)
    look("retention-review")
    press(page, "Propose to erase it")
    choose(page, ground="period")
    type_in(page, because=LOOKED)
    look("retention-propose")
    press(page, "Propose to erase it")
    expect(page.get_by_role("main")).to_contain_text("Erasure proposed")
    page.goto(f"{live_server.url}/retention/{other.pk}/")
    press(page, "Erase it")
    look("retention-erase")
    press(page, "Erase it for good")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Erased: {other.reference}")
    look("retention-tombstone")
    assert Review.objects.get(pk=other.pk).confirmed_by == manager
    page.goto(f"{live_server.url}/retention/periods/")
    look("retention-periods")
    asked = rights.receive(
        by=manager,
        now=LATER,
        name="Teodor Zelmanov",
        born_on=None,
        contact="1 The Street",
        identity="A copy of the passport was seen.",
        received_on=NOON.date(),
    )
    page.goto(f"{live_server.url}/access-requests/")
    look("access-register")
    follow(page, str(asked))
    press(page, "Add a record")
    type_in(page, reference=due.reference)
    press(page, "Add the record")
    look("access-request")
    press(page, "Decide what is disclosed")
    look("access-decide")

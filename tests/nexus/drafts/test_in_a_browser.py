"""Typed, left, found again; saved by somebody else meanwhile, and both kept: in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Route, expect

from casework.engagement import actions
from casework.engagement.models import Issue
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.drafts.models import Draft
from tests.browsers import Look
from tests.builders import a_user
from tests.casework.engagement.builders import at, read, requested
from tests.driving import follow, press, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
MINE, THEIRS = "It is his sister’s.", "It is rented by his brother."


def an_issue() -> tuple[User, str]:
    """Whoever answers an issue of a returned operation, and the page where they do."""
    operation, cio = requested(), a_user(Role.CIO_HMI)
    read(operation, cio)
    actions.send_back(engagement_id=operation.pk, by=cio, now=at(6), issues=["Whose house is it?"])
    issue = operation.issues.get()
    return operation.requested_by, reverse("engagement:settle_issue", args=[operation.pk, issue.pk])


def test_a_draft_comes_back_and_two_tabs_lose_nothing(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    owner, path = an_issue()
    page = signed_in(new_context(), live_server.url, owner)
    page.goto(live_server.url + path)
    page.locator('[name="reply"]').fill(MINE)
    expect(page.locator("[data-nexus-draft]")).to_contain_text("Draft saved")
    follow(page, "Cancel")

    # Another tab saves the same page meanwhile: it begins with the draft, which is let go of there.
    other = page.context.new_page()
    other.goto(live_server.url + path)
    expect(other.locator('[name="reply"]')).to_have_value(MINE)
    press(other, "Discard the draft")
    expect(other.locator('[name="reply"]')).to_have_value("")
    page.goto(live_server.url + path)
    page.locator('[name="reply"]').fill(MINE)
    other.locator('[name="reply"]').fill(THEIRS)
    press(other, "Save the answer")

    press(page, "Save the answer")
    both = page.locator("table", has_text="Changed by two people")
    expect(both).to_contain_text(THEIRS)
    expect(both).to_contain_text(f"Saved by {owner.full_name}")
    expect(page.locator('[name="reply"]')).to_have_value(MINE)
    looked_at(page, "conflict")
    press(page, "Keep both, one below the other")
    assert Issue.objects.get().reply == f"{THEIRS}\n\n{MINE}"
    assert not Draft.objects.exists()


def test_what_was_typed_before_the_script_came_is_kept_too(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    owner, path = an_issue()
    page = signed_in(new_context(), live_server.url, owner)
    held: list[Route] = []
    page.route(re.compile(r"/govuk-frontend[^/]*\.js"), lambda asked: held.append(asked))
    with page.expect_request(re.compile(r"/govuk-frontend[^/]*\.js")):
        page.goto(live_server.url + path, wait_until="commit")
    page.locator('[name="reply"]').fill(MINE)
    held[0].continue_()
    expect(page.locator("[data-nexus-draft]")).to_contain_text("Draft saved")


def test_without_a_script_a_button_keeps_what_was_typed(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    owner, path = an_issue()
    page = signed_in(new_context(java_script_enabled=False), live_server.url, owner)
    page.goto(live_server.url + path)
    expect(page.locator(".nexus-without-script")).to_contain_text("signed out after 15 minutes")
    expect(page.locator(".nexus-without-script")).to_be_visible()
    page.locator('[name="reply"]').fill(MINE)
    press(page, "Save a draft")
    expect(page.get_by_role("alert")).to_contain_text("Draft saved")
    expect(page.locator('[name="reply"]')).to_have_value(MINE)

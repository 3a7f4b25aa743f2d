"""Clerical review in a real browser: by single keys, and by buttons without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals.datawash.models import Review
from tests.browsers import Look
from tests.builders import a_user
from tests.driving import choose, follow, go, press, show_filters, sign_in, type_in, unfold
from tests.referrals.datawash.pairs import a_wash_to_review, row_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_pairs_are_reviewed_one_after_the_other(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, settings: Any,
    tmp_path: Path, javascript: bool,
) -> None:  # fmt: skip
    settings.NEXUS_DATA_DIR = tmp_path
    wash = a_wash_to_review(now=timezone.now())
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    look = looked_at if javascript else (lambda page, name: None)

    def say(words: str, key: str) -> None:
        if javascript:
            with page.expect_navigation():
                page.keyboard.press(key)
        else:
            press(page, words)
        expect(page.get_by_role("alert")).to_contain_text(f"“{words}” is recorded")

    follow(page, "Data-wash")
    follow(page, "Review matches")
    expect(page.locator("h1")).to_have_text("Data-wash review (2)")
    look(page, "queue")
    press(page, "Review next")
    expect(page.locator("tr", has_text="Surname")).to_contain_text("Agrees")
    look(page, "pair")
    if javascript:
        page.keyboard.press("s")
        page.get_by_label("Answer with single keys").press("Space")
        expect(page.get_by_label("Answer with single keys")).to_be_checked()
        assert not Review.objects.exists()
    say("The same person", "s")
    assert row_of(wash, "one").confirmed is True

    expect(page.locator("tr", has_text="Surname")).to_contain_text("Thistlewood")
    look(page, "one-of-two")
    type_in(page, note="seen, not convinced")  # its letters are no answers
    if javascript:
        unfold(page.locator("h1"))
    say("Not the same", "n")
    expect(page.get_by_text("seen, not convinced")).to_be_visible()
    say("Cannot tell", "c")
    expect(page.locator("h1")).to_have_text("Data-wash review (0)")
    look(page, "nothing-waits")
    assert Review.objects.count() == 3

    show_filters(page)
    choose(page, shown="unsettled")
    press(page, "Apply filters")
    go(page.locator("tbody a"))
    expect(page.get_by_text("person 2", exact=False).first).to_be_visible()
    look(page, "looked-at")
    if javascript:
        page.get_by_label("Answer with single keys").press("Space")
        page.keyboard.press("s")
        page.reload()
        expect(page.get_by_label("Answer with single keys")).not_to_be_checked()
        assert Review.objects.count() == 3

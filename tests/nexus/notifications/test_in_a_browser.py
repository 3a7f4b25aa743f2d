"""Told, read, answered for: an officer's inbox in a real browser, with and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from nexus.notifications import actions
from nexus.notifications.actions import sending
from nexus.notifications.models import Mail, Notification
from tests.builders import a_user, with_a_question
from tests.driving import choose, follow, go, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_an_officer_reads_what_they_were_told(
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    axe_at_both_widths: Callable[[Page], None],
    screenshot: Callable[[Page, str], None],
    javascript: bool,
) -> None:
    def look(name: str) -> None:
        if javascript:
            axe_at_both_widths(page)
            screenshot(page, name)

    now = timezone.now() - timedelta(hours=1)
    officer = a_user(Role.POLICE_OFFICER)
    referral = with_a_question(by=officer, now=now)
    for number in range(3):
        actions.notify(
            event_key=f"decision:{number}",
            kind="referral_decided",
            to=[officer],
            now=now,
            subject=referral,
            url_name="referrals:detail",
            url_args=[referral.reference],
        )
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    follow(page, "Notifications (4 unread)")
    expect(page.get_by_text("Unread", exact=True)).to_have_count(4)
    look("notifications")
    follow(page, f"The Referrals Office has a question about {referral.reference}")
    expect(page.get_by_text("Which of the incidents were witnessed?").first).to_be_visible()
    follow(page, "Notifications (3 unread)")
    press(page, "Mark all as read")
    expect(page.get_by_text("3 notifications marked as read")).to_be_visible()
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    follow(page, "Choose how you are told")
    look("notifications-preferences")
    choose(page, information="daily", decisions="none")
    press(page, "Save your choices")
    expect(page.get_by_text("Your choices have been saved")).to_be_visible()
    assert sorted(officer.notification_preferences.values_list("group", "delivery")) == [
        ("decisions", "none"),
        ("information", "daily"),
    ]
    assert not Notification.objects.filter(person=officer, read_at=None).exists()


def test_an_administrator_looks_after_the_mail(
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    axe_at_both_widths: Callable[[Page], None],
    screenshot: Callable[[Page, str], None],
) -> None:
    with_a_question(now=timezone.now() - timedelta(hours=1))
    row, now = Mail.objects.get(), timezone.now()
    token = sending.begin(mail_id=row.pk, now=now)
    assert token
    words = sending.refused_sentence(Mail.objects.get(), "SMTPRecipientsRefused")
    sending.park(mail_id=row.pk, token=token, now=now, failure=words, may_have_arrived=False)
    page = sign_in(new_context(), live_server.url, a_user(Role.ADMINISTRATOR).email)
    follow(page, "E-mail")
    axe_at_both_widths(page)
    screenshot(page, "notifications-parked")
    go(page.get_by_role("button", name="Send again"))
    expect(page.get_by_text("The e-mail will be sent again")).to_be_visible()
    expect(page.get_by_role("heading", name="Every e-mail has been sent")).to_be_visible()
    screenshot(page, "notifications-parked-none")

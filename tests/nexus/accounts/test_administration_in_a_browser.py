"""The administrator and the auditor in a real browser: what they do, and how it looks at both widths."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus import working_days
from nexus.accounts import actions
from nexus.accounts.invitations import new_link
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.working_days import add_working_days
from tests.browsers import Look
from tests.builders import a_case, a_user
from tests.driving import follow, go, press, show_filters, sign_in, signed_in, unfold
from tests.identity import now_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_account_is_added_and_used(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, scripts: bool
) -> None:
    administrator = a_user(Role.ADMINISTRATOR)
    page = sign_in(new_context(java_script_enabled=scripts), live_server.url, administrator.email)
    follow(page, "Users")
    press(page, "Add a user")
    page.get_by_label("Full name").fill("Sigrid Marlowe")
    page.get_by_label("E-mail address").fill("sigrid.marlowe@police.example")
    page.get_by_label("Police officer", exact=True).check()
    press(page, "Add user")
    expect(page.get_by_text("Select the force of the police officer or force lead").first).to_be_visible()
    page.get_by_label("Force", exact=True).select_option(label="West Yorkshire Police")
    press(page, "Add user")
    expect(page.get_by_text("A link to choose a password has been sent")).to_be_visible()
    user = User.objects.get(email="sigrid.marlowe@police.example")
    theirs = new_context(java_script_enabled=scripts).new_page()
    theirs.goto(live_server.url + new_link(user, now=timezone.now()))
    expect(theirs.get_by_text("You will sign in as sigrid.marlowe@police.example")).to_be_visible()
    if scripts:
        looked_at(theirs, "choose-password")
    press(theirs, "Continue")
    expect(theirs.get_by_text("Enter a password").first).to_be_visible()
    theirs.get_by_label("Password", exact=True).fill("three unrelated words")
    press(theirs, "Continue")
    unfold(theirs.get_by_text("I cannot scan it"))
    secret = theirs.locator(".nexus-token code").inner_text().replace(" ", "")
    theirs.get_by_label("Code from your app").fill(now_of(secret))
    press(theirs, "Continue")
    go(theirs.get_by_role("button", name="I have kept them. Continue"))
    expect(theirs.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_label("Find a person").fill("marlowe")
    press(page, "Find")
    assert "marlowe" not in page.url
    go(page.get_by_role("link", name="Sigrid Marlowe"))
    go(page.get_by_role("link", name="Disable this account"))
    press(page, "Disable account")
    expect(page.get_by_text("Sigrid Marlowe can no longer sign in")).to_be_visible()
    theirs.goto(live_server.url + reverse("accounts:account"))
    expect(theirs.get_by_role("heading", name="Sign in")).to_be_visible()


def a_program(**changes: Any) -> dict[str, Any]:
    reason = "It copies the decisions every night."
    return {"name": "Force crime system", "reads": ["referrals:read"], "reason": reason, **changes}


def test_the_administrators_pages_look_right(
    page: Page,
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    administrator = a_user(Role.ADMINISTRATOR)
    officer = a_user(Role.POLICE_OFFICER, full_name="Caradoc Penn")
    for role in Role:
        a_user(role)
    page = sign_in(page.context, live_server.url, administrator.email)
    one = {"user_id": officer.pk}
    now = timezone.now()
    soon = add_working_days(now, 5)
    holiday = actions.add_bank_holiday(by=administrator, now=now, day=soon, reason="State funeral")
    program = actions.grant_integration(
        **one, by=administrator, now=now, confirmed_at=now, **a_program(days=90)
    )
    for name, kwargs in (
        ("users", {}),
        ("user_add", {}),
        ("user_change", one),
        ("user_disable", one),
        ("user_password", one),
        ("integration_grant", one),
        ("integration_withdraw", {**one, "integration_id": program.pk}),
        ("program_key_add", {**one, "integration_id": program.pk}),
        ("forces", {}),
        ("force_add", {}),
        ("force_change", {"code": "20"}),
        ("bank_holidays", {}),
        ("bank_holiday_add", {}),
        ("bank_holiday_withdraw", {"holiday_id": holiday.pk}),
        ("teams", {}),
        ("team_add", {}),
    ):
        page.goto(live_server.url + reverse(f"administration:{name}", kwargs=kwargs))
        looked_at(page, f"administration-{name}")
    page.goto(live_server.url + reverse("administration:user_add"))
    press(page, "Add user")
    looked_at(page, "administration-user_add-mistakes")
    page.goto(live_server.url + reverse("administration:force_add"))
    press(page, "Add force")
    looked_at(page, "administration-force_add-mistakes")
    page.goto(live_server.url + reverse("administration:bank_holiday_add"))
    press(page, "Add bank holiday")
    looked_at(page, "administration-bank_holiday_add-mistakes")
    monkeypatch.setattr(working_days, "published", lambda: {soon: "Boxing Day"})
    page.goto(live_server.url + reverse("administration:bank_holidays"))
    looked_at(page, "administration-bank_holidays-list-ends")
    page.goto(live_server.url + reverse("administration:users"))
    looked_at(page, "administration-users-list-ends")
    mine = signed_in(new_context(), live_server.url, officer)
    mine.goto(live_server.url + reverse("accounts:account"))
    press(mine, "Make a token")
    expect(mine.get_by_text("Your new token")).to_be_visible()
    looked_at(mine, "account-tokens")
    page.goto(live_server.url + reverse("accounts:invitation", args=["of-nobody"]))
    looked_at(page, "invitation-not-open")
    page.goto(live_server.url + reverse("administration:user_disable", kwargs={"user_id": administrator.pk}))
    expect(page.get_by_text("You cannot disable yourself")).to_be_visible()
    looked_at(page, "administration-refused")
    page.goto(live_server.url + reverse("administration:users") + "?role=police_officer&active=yes")
    looked_at(page, "administration-users-filtered")


def test_the_auditors_pages_look_right(page: Page, live_server: Any, looked_at: Look) -> None:
    case = a_case()
    page = sign_in(page.context, live_server.url, a_user(Role.AUDITOR).email)
    follow(page, "Audit log")
    looked_at(page, "audit-log")
    show_filters(page)
    page.get_by_label("Referral reference").fill(case.referral.reference)
    press(page, "Apply filters")
    looked_at(page, "audit-log-filtered")
    accepted = AuditEvent.objects.get(kind="referral.accepted")
    page.goto(live_server.url + reverse("audit:entry", kwargs={"entry_id": accepted.pk}))
    looked_at(page, "audit-entry")
    page.goto(live_server.url + reverse("audit:person"))
    page.get_by_label("Find a person").fill("Referrals officer")
    press(page, "Find")
    looked_at(page, "audit-person")
    page.goto(live_server.url + reverse("audit:log") + "?reference=NHH-1999-000001")
    looked_at(page, "audit-log-empty")
    page.goto(live_server.url + reverse("audit:log"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    assert download.value.suggested_filename == "audit-log.csv"

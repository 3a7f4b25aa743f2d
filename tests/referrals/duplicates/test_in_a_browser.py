"""One person referred by two forces, in a real browser: seen, compared, linked, and taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals.duplicates import actions
from referrals.duplicates.models import Judgement, Pair
from tests.browsers import Look
from tests.builders import a_user
from tests.driving import go, mark, press, sign_in, type_in
from tests.referrals.datawash.builders import a_register
from tests.referrals.duplicates.pairs import IN_REGISTER, a_referral

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_two_forces_refer_one_person(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, settings: Any,
    tmp_path: Path, javascript: bool,
) -> None:  # fmt: skip
    settings.NEXUS_DATA_DIR = tmp_path
    now = timezone.now()
    a_register(IN_REGISTER)
    _, other = a_referral("20", now=now), a_referral("06", now=now, surname="Thisslewood")
    actions.search(referral_id=other.pk, now=now)
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    look = looked_at if javascript else (lambda page, name: None)

    page.goto(f"{live_server.url}/referrals/{other.reference}/")
    expect(page.get_by_text("The register has this subject: Held by Criminal Casework")).to_be_visible()
    expect(page.get_by_text("both names nearly the same").first).to_be_visible()
    look(page, "found")
    pair = Pair.objects.get(other=other)
    go(page.locator(f'a[href^="/same-person/{pair.pk}/"]'))
    expect(page.locator("tr", has_text="Date of birth")).to_contain_text("Agrees")
    look(page, "pair")
    press(page, "Record")
    expect(page.get_by_role("link", name="Select whether this is the same person")).to_be_visible()
    mark(page.get_by_label("The same person", exact=True))
    type_in(page, reason="Both forces sent the same passport.")
    press(page, "Record")
    expect(page.get_by_role("heading", name="The same person", exact=True)).to_be_visible()
    look(page, "linked")

    page.goto(f"{live_server.url}/same-person/{pair.pk}/")
    press(page, "Take this back")
    type_in(page, reason="The passports differ in their last digit.")
    look(page, "take-back")
    press(page, "Take back")
    mark(page.get_by_label("Not the same person", exact=True))
    type_in(page, reason="Two cousins.")
    press(page, "Record")
    expect(page.get_by_text("Not the same person (1)")).to_be_visible()
    look(page, "told-apart")
    assert list(Judgement.objects.order_by("pk").values_list("verdict", flat=True)) == ["same", "not_same"]

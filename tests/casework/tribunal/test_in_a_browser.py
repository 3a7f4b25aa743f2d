"""A bundle from its draft to the file, in a real browser: chosen, ordered by dragging and by a button, redacted, made."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader

from casework.tribunal import actions
from casework.tribunal.models import Bundle, BundleVersion, Redaction
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_user
from tests.casework.tribunal.builders import a_convicted_person, a_hearing, a_statement, case_of
from tests.driving import choose, go, press, scripts_have_run, signed_in, type_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_hearing_to_the_finished_bundle(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    reference = case.referral.reference
    a_convicted_person(case)
    a_statement(case, "I am a constable.\n\nAnna Bell called us.", {"a.txt": b"One.", "b.txt": b"Two."})
    owner = signed_in(new_context(), live_server.url, case.case_owner)
    owner.goto(live_server.url + reverse("tribunal:hearing", args=[reference, hearing.pk]))
    looked_at(owner, "hearing")
    press(owner, "Start the bundle")
    press(owner, "Start a bundle")
    looked_at(owner, "bundle")
    bundle = Bundle.objects.get()
    before = list(bundle.entries.filter(section="statements"))
    go(owner.locator(f'[data-nexus-entry="{before[2].pk}"] button[value="up"]'))
    scripts_have_run(owner)
    with owner.expect_navigation():
        owner.locator(f'[data-nexus-entry="{before[1].pk}"]').drag_to(
            owner.locator(f'[data-nexus-entry="{before[0].pk}"]'), target_position={"x": 20, "y": 4}
        )
    assert list(bundle.entries.filter(section="statements")) == [before[1], before[0], before[2]]

    owner.goto(live_server.url + reverse("tribunal:mark_redaction", args=[reference]))
    scripts_have_run(owner)
    owner.get_by_text("Anna Bell called us.").click(click_count=3)
    expect(owner.locator("[name=found_in]")).to_have_value("Paragraph 2 of the statement of PC Rowan Ashdown")
    type_in(owner, passage="Anna Bell")
    choose(owner, because="third_party")
    looked_at(owner, "redact")
    press(owner, "Mark a redaction")
    expect(owner.locator("main")).to_contain_text("Not confirmed")
    senior = signed_in(new_context(), live_server.url, a_user(Role.SENIOR_CASEWORKER))
    senior.goto(live_server.url + reverse("tribunal:redactions", args=[reference]))
    looked_at(senior, "redactions")
    go(senior.get_by_role("button", name="Confirm"))
    assert Redaction.objects.get().confirmed_by is not None
    go(senior.get_by_role("link", name="Withdraw"))
    looked_at(senior, "withdraw")

    owner.goto(live_server.url + reverse("tribunal:chronology", args=[reference]))
    looked_at(owner, "chronology")
    owner.goto(live_server.url + reverse("tribunal:bundle", args=[reference, bundle.pk]))
    go(owner.locator(f'[data-nexus-entry="{before[0].pk}"] a'))
    looked_at(owner, "entry")
    owner.go_back()
    press(owner, "Make the bundle")
    looked_at(owner, "make")
    choose(owner, is_final="draft")
    press(owner, "Make the bundle")
    expect(owner.locator("#versions")).to_contain_text("documents ready")
    assert actions.build(version_id=BundleVersion.objects.get().pk, clock=timezone.now)
    expect(owner.locator("#versions")).to_contain_text("SHA-256", timeout=15_000)
    looked_at(owner, "made")
    with owner.expect_download() as downloading:
        owner.locator("#versions a[download]").click()
    read = PdfReader(io.BytesIO(downloading.value.path().read_bytes()))
    words = " ".join(page.extract_text() for page in read.pages)
    assert "[redacted] called us." in " ".join(words.split()) and "Bell" not in words

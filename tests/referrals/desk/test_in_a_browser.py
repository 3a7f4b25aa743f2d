"""The desk in a real browser: take next, a saved view, many at once, a file and keys; also without JavaScript."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from referrals import actions
from referrals.desk.actions import end_idle_claims, tell_of_clocks
from referrals.models import Referral
from tests.browsers import Look
from tests.builders import a_user, in_triage, with_a_question
from tests.driving import choose, follow, go, mark, press, show_filters, sign_in, tick, type_in, unfold
from tests.referrals.croydon import sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_morning_at_the_desk(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look, javascript: bool
) -> None:
    now = timezone.now()
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    other = a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo")
    old = in_triage(officer=officer, now=now - timedelta(days=60), surname="Fenwright")
    assert end_idle_claims(now=now) == 1
    urgent = sent(surname="Quillfeather", channel="live_time", in_custody=True, custody_reference="PS/26/1",
                  custody_clock_started_at=now - timedelta(hours=19), now=now - timedelta(hours=2))  # fmt: skip
    mine = [in_triage(officer=officer, surname=f"Ashgrove{number}", now=now) for number in range(2)]
    with_a_question(officer=other, surname="Marchbank", immigration_status="unknown",
                    now=now - timedelta(days=9), due_on=(now + timedelta(days=2)).date())  # fmt: skip
    page = sign_in(new_context(java_script_enabled=javascript), live_server.url, officer.email)
    look = looked_at if javascript else (lambda page, name: None)
    follow(page, "Triage queue")

    look(page, "queue")
    expect(page.get_by_role("region", name="Important")).to_contain_text("because you had not worked on them")
    expect(page.locator("tr", has_text="MARCHBANK")).to_contain_text("answer from the force")
    notified(page, old, now)
    actions.claim(referral_id=old.pk, by=other, now=now)
    press(page, "Take next")
    expect(page.get_by_role("alert")).to_contain_text(urgent.reference)
    look(page, "taken")

    follow(page, "Triage queue")
    show_filters(page)
    choose(page, held_by="me")
    mark(page.locator('input[name="state"][value="in_triage"]'))
    press(page, "Apply filters")
    expect(page.locator("h1")).to_have_text("Triage queue (3)")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Triage queue (5)")
    page.go_forward()
    expect(page.locator(".moj-filter__tag")).to_have_text(
        ["Remove this filter: In triage", "Remove this filter: Me"]
    )
    follow(page, "Save these filters as a view")
    type_in(page, name="What I hold")
    tick(page, "default")
    look(page, "save-view")
    press(page, "Save the view")
    expect(page.locator(".nexus-views [aria-current]")).to_have_text("What I hold (3)")
    follow(page, "Manage views")
    look(page, "views")
    follow(page, "Triage queue")
    assert "held_by=me" in page.url

    press(page, "Release")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select at least one referral")
    look(page, "none-chosen")
    for each in mine:
        mark(page.get_by_label(f"Choose {each.reference}"))
    actions.release(referral_id=mine[1].pk, by=officer, now=timezone.now())
    press(page, "Hand over")
    look(page, "many")
    choose(page, to=str(other.pk))
    press(page, "Hand over 1 referral")
    look(page, "many-done")
    follow(page, mine[0].reference)
    page.go_back()
    expect(page.locator("h1")).to_have_text("1 referral handed over")
    assert Referral.objects.get(pk=mine[0].pk).claimed_by == other
    follow(page, "Back to the queue")
    expect(page.locator("h1")).to_have_text("Triage queue (1)")
    page.goto(f"{live_server.url}/referrals/queue/?state=submitted&sort=name")
    with page.expect_download() as download:
        page.get_by_role("link", name="ODS").click()
    assert download.value.suggested_filename.endswith(".ods")
    if javascript:
        keys(page, mine[1], other.full_name)
    else:
        expect(page.locator("[data-nexus-keys]")).to_be_hidden()


def notified(page: Page, late: Referral, now: datetime) -> None:
    """A local target has passed: the inbox says so and leads to the referral."""
    assert tell_of_clocks(now=now) > 0
    go(page.get_by_role("link", name="Notifications"))
    go(page.get_by_role("link", name=f"The local target of {late.reference} has passed"))
    expect(page.locator(".nexus-identity")).to_contain_text(late.reference)
    follow(page, "Triage queue")


def keys(page: Page, waiting: Referral, other: str) -> None:
    """Off until switched on; then j goes to the first referral, Enter opens it, c asks and claims when pressed again."""
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=waiting.subject_name)).not_to_be_focused()
    unfold(page.get_by_role("button", name="Switch on keys for this list"))
    page.keyboard.press("c")
    expect(page.get_by_text("Go to a referral first")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=waiting.subject_name)).to_be_focused()
    page.keyboard.press("c")
    question = page.get_by_text(f"Claim {waiting.reference}? Press c again to claim it.")
    expect(question).to_be_visible()
    page.keyboard.press("k")
    expect(question).to_be_hidden()
    page.keyboard.press("c")
    expect(question).to_be_visible()
    page.keyboard.press("c")
    page.wait_for_url(f"**/{waiting.reference}/")
    expect(page.get_by_role("alert")).to_contain_text("You hold")


def test_a_dozen_rows_of_the_queue_stand_on_the_first_screen(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    """At 1280 × 900: a low head, rows of two lines, nothing cut at the sides; what is shortened is said in full."""
    now = timezone.now()
    arrived = [
        sent(
            surname=f"Thacker{number}",
            forenames="Osbert",
            now=now - timedelta(days=number),
            immigration_status="unknown",
        )  # fmt: skip
        for number in range(13)
    ]
    arrived.append(
        sent(
            surname="Quillfeather",
            channel="live_time",
            in_custody=True,
            custody_reference="PS/26/1",
            custody_clock_started_at=now - timedelta(hours=19),
            now=now - timedelta(hours=2),
        )  # fmt: skip
    )
    for each in arrived:
        each.nationalities.update(code="JAM")
    page = sign_in(new_context(), live_server.url, a_user(Role.REFERRALS_OFFICER).email)
    page.set_viewport_size({"width": 1280, "height": 900})
    follow(page, "Triage queue")
    expect(page.locator("tr", has_text="QUILLFEATHER")).to_contain_text("minutes left, until")

    boxes = [row.bounding_box() for row in page.locator("tbody tr").all()]
    assert len(boxes) == 14 and all(box and box["height"] <= 52 for box in boxes), boxes
    assert sum(box["y"] + box["height"] <= 900 for box in boxes if box) >= 12, boxes
    head = page.locator("header").bounding_box()
    assert head and head["height"] <= 120, head
    for width in (1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.querySelector('.nexus-scroll').scrollWidth") <= page.evaluate(
            "document.querySelector('.nexus-scroll').clientWidth"
        )

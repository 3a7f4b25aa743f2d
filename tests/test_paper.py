"""Pages as paper: rendered to PDF by Chromium, their sheets counted, and their words looked for whole."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from nexus.accounts.roles import Role
from tests.builders import a_submitted, a_user, an_assigned_case, in_triage
from tests.driving import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_PAGE = 25  # rows of the queue: three pages of the list are 74 rows and more
QUEUE_SHEETS = 3


def on_paper(page: Page, address: str) -> tuple[int, str]:
    """The sheets of a page, and its words with single spaces."""
    page.goto(address)
    found = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return len(found.pages), " ".join(" ".join(sheet.extract_text() for sheet in found.pages).split())


def test_the_queue_the_referral_and_the_board_are_whole_on_paper(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    now = timezone.now()
    names = [f"Zelmanovskaja{chr(97 + number)}" for number in range(A_PAGE)]
    for name in names:
        a_submitted(
            surname=name, trafficking_indicator="yes", vulnerability_details="A worker said so.", now=now
        )
    officer = a_user(Role.REFERRALS_OFFICER)
    page = signed_in(new_context(), live_server.url, officer)

    sheets, words = on_paper(page, live_server.url + reverse("desk:queue"))
    assert sheets * 3 <= QUEUE_SHEETS, f"{sheets} sheets for {A_PAGE} rows"
    assert [name for name in names if name.upper() not in words] == []
    assert "Held by" in words and "OFFICIAL-SENSITIVE" in words

    held = in_triage(officer=officer, now=now)
    sheets, words = on_paper(page, live_server.url + reverse("referrals:detail", args=[held.reference]))
    answer = page.request.get(live_server.url + reverse("referrals:pdf", args=[held.reference]))
    # The page has beside the referral what the rules show of it: two sheets more at most.
    assert sheets <= len(PdfReader(BytesIO(answer.body())).pages) + 2, f"{sheets} sheets"
    assert "Commitments" in words and "What the rules show" in words and "Family name" in words

    an_assigned_case(now=now)
    board = signed_in(new_context(), live_server.url, a_user(Role.MANAGER))
    sheets, words = on_paper(board, live_server.url + reverse("casework:workload"))
    assert sheets == 1 and "Next action overdue" in words and "Stalled" in words

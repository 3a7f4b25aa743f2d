"""An officer comes from the queue's tag to one person referred twice, merges, looks at both, and undoes it;
then asks to hear of a view. In a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from nexus.accounts.roles import Role
from referrals.desk import actions as desk
from referrals.desk.models import ViewAlert
from referrals.duplicates.models import Merge, Pair
from tests.browsers import Look
from tests.builders import a_user
from tests.driving import choose, follow, go, mark, press, signed_in, type_in
from tests.referrals.duplicates.pairs import a_referral

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = [
    {"field": "starting point", "words": "how rare a second referral is", "weight": -12.0},
    {"field": "names", "words": "both names nearly the same", "weight": 15.2},
    {"field": "date of birth", "words": "the same date of birth", "weight": 13.0},
]


def test_from_the_queue_to_a_merge_and_back(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    looked_at: Look,
) -> None:
    now = timezone.now()
    one, other = a_referral("20", now=now), a_referral("06", now=now, surname="Thisslewood")
    Pair.objects.create(referral=one, other=other, probability=0.97, steps=STEPS, found_at=now)
    officer = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    desk.save_view(by=officer, now=now, name="Waiting", query="state=submitted", shared=True)
    page = signed_in(new_context(), live_server.url, officer)

    page.goto(f"{live_server.url}/referrals/queue/")
    looked_at(page, "queue")
    go(page.get_by_role("link", name=f"Same person? 1 to judge, {other}"))
    go(page.get_by_role("link", name="Compare and decide"))
    expect(page.locator("tr", has_text="Date of birth")).to_contain_text("28 June 1990")
    mark(page.get_by_label("The same person", exact=True))
    type_in(page, reason="Both forces sent the same passport.")
    press(page, "Record")
    follow(page, f"Merge with {one}")
    looked_at(page, "question")
    press(page, "Merge")
    expect(page.get_by_role("link", name="Select which referral leads")).to_be_visible()
    choose(page, leading=str(one))
    type_in(page, reason="The same conduct, reported twice.")
    press(page, "Merge")
    expect(page.get_by_text(f"{other} follows this referral.")).to_be_visible()
    looked_at(page, "leading")
    follow(page, f"Open {other}")
    expect(page.get_by_text(f"This referral follows {one}: continue there.")).to_be_visible()
    expect(page.get_by_role("button", name="Claim this referral")).to_have_count(0)
    looked_at(page, "follower")

    page.goto(f"{live_server.url}/referrals/queue/")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Leads 1")
    page.goto(f"{live_server.url}/referrals/{one}/")
    follow(page, f"Undo the merge with {other}")
    looked_at(page, "undo")
    type_in(page, reason="Two cousins.")
    press(page, "Undo the merge")
    expect(page.get_by_role("button", name="Claim this referral")).to_be_visible()
    assert Merge.objects.get().undone_by == officer

    page.goto(f"{live_server.url}/referrals/queue/views/")
    looked_at(page, "views")
    follow(page, "Set alerts about Waiting")
    looked_at(page, "alerts")
    choose(page, how_often="daily")
    press(page, "Save")
    expect(page.get_by_text("Once a day, how many")).to_be_visible()
    assert ViewAlert.objects.get().person == officer

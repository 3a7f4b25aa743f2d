"""A deportation is decided by two people, with the guidance's test and the law beside, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from casework.actions import change_route
from casework.models import Case
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_draft_decision, a_user, an_assigned_case
from tests.casework.decisions.test_two_people import LED
from tests.driving import choose, press, signed_in, type_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_decide_a_deportation(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    then = timezone.now() - timedelta(days=3)
    case = an_assigned_case(now=then, years_of_residence=7, age_at_arrival=22)
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": then}
    change_route(**one, route="conviction_led", reason="The convictions weigh most.")
    decision = a_draft_decision(Case.objects.get(pk=case.pk), now=then, **LED, enquiries="", residence="")
    where = [case.referral.reference, decision.pk]
    senior = a_user(Role.SENIOR_CASEWORKER, full_name="Sten Vollmer")

    owner = signed_in(new_context(), live_server.url, case.case_owner)
    owner.goto(live_server.url + reverse("decisions:section", args=[*where, "threat"]))
    expect(owner.locator("main")).to_contain_text("Residence in the UK")
    choose(owner, residence="yes")
    type_in(owner, residence_reasons="Seven years from the age of 22; the harm outweighs them.")
    looked_at(owner, "threat")
    press(owner, "Save and continue")
    expect(owner.get_by_role("heading", level=1)).to_have_text("What is not known")
    choose(owner, enquiries="complete")
    type_in(owner, enquiries_reasons="x")
    press(owner, "Save and continue")
    expect(owner.locator("main")).to_contain_text("A tribunal may read it")
    looked_at(owner, "wordless")
    type_in(owner, enquiries_reasons="The school was asked on 3 November and knew of no child.")
    press(owner, "Save and return to the list")
    expect(owner.locator("main")).to_contain_text("Two people decide this")
    looked_at(owner, "by-two")
    press(owner, "Submit for review")
    press(owner, "Submit for review")

    page = signed_in(new_context(), live_server.url, senior)
    page.goto(live_server.url + reverse("decisions:approve", args=where))
    expect(page.locator("main")).to_contain_text("It is a deportation, which two people decide.")
    looked_at(page, "review")

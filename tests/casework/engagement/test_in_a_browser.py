"""An arrest from the case-owner's request to the force's record, by the people who act in it, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from casework.engagement.models import Authorisation, Engagement
from nexus.accounts.roles import Role
from tests.browsers import Look
from tests.builders import a_user, an_assigned_case
from tests.casework.engagement.builders import NO
from tests.driving import choose, fill_date, follow, go, press, signed_in, type_in
from tests.identity import code_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_arrest_from_request_to_record(
    new_context: Callable[..., BrowserContext], live_server: Any, looked_at: Look
) -> None:
    now, today = timezone.now(), timezone.localdate()
    case = an_assigned_case(
        now=now - timedelta(days=3), case_owner=a_user(Role.CASE_OWNER, full_name="Ines Abara")
    )
    cio = a_user(Role.CIO_HMI, full_name="Maud Winterbourne")
    officer = a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")

    page = signed_in(new_context(), live_server.url, case.case_owner)
    page.goto(live_server.url + reverse("casework:detail", args=[case.referral.reference]))
    go(page.get_by_label("Case", exact=True).get_by_role("link", name="Operations"))
    press(page, "Ask for an operation")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(page.get_by_label("Which force is asked?")).to_have_value("20")  # the referral's own
    choose(page, kind="arrest")
    press(page, "Continue")
    for question in NO:
        choose(page, **{question: "no"})
    choose(page, warnings="yes")
    type_in(page, warnings_words="Two dogs in the yard.", safety_note="Carries an inhaler.")
    press(page, "Save the answers")
    expect(page.get_by_role("button", name="Send the request")).to_have_count(0)
    looked_at(page, "missing")
    follow(page, "Select the legal power")  # each thing that is missing leads to its field
    press(page, "Save the request")
    expect(page.get_by_role("link", name="Enter the address")).to_be_visible()
    choose(page, legal_power="ia1971_s2_17")
    type_in(page, address="14 Quince Row", asked="Four officers and a van.", why="He absconded twice.")
    for name, days in (("window_starts_on", 1), ("window_ends_on", 2)):
        fill_date(page, name, today + timedelta(days=days))
    type_in(page, window_starts_time="6am", window_ends_time="6am")
    looked_at(page, "details")
    press(page, "Save the request")
    press(page, "Send the request")
    press(page, "Send it to the CIO or HMI")
    expect(page.get_by_text("The request is with the CIOs and HMI")).to_be_visible()

    desk = signed_in(new_context(), live_server.url, cio, confirmed=False)
    desk.goto(live_server.url)
    looked_at(desk, "start-page")
    follow(desk, "Requests to quality-assure (1)")
    follow(desk, "Arrest: ZELMANOV, Teodor")
    press(desk, "Quality-assure")
    for box in desk.get_by_role("checkbox").all():
        box.press("Space")
    type_in(desk, findings="Seen with the case-owner.")
    press(desk, "Confirm the quality")
    press(desk, "Assess the risk")
    choose(desk, risk_level="medium")
    type_in(desk, risk_controls="Dog handler first.")
    press(desk, "Save the assessment")
    press(desk, "Authorise")
    type_in(desk, reasons="Necessary and proportionate.", conditions="Not before 6am.")
    type_in(desk, one_time_password="000000")
    press(desk, "Authorise the operation")
    expect(
        desk.get_by_role(
            "link", name="The code is not right, or was used before. Enter the code your app shows now"
        )
    ).to_be_visible()
    looked_at(desk, "authorise")
    type_in(desk, one_time_password=code_of(cio))
    press(desk, "Authorise the operation")
    press(desk, "Task the force")
    press(desk, "Task the force")
    expect(desk.get_by_text("The force has been tasked")).to_be_visible()
    looked_at(desk, "tasked")

    force = signed_in(new_context(), live_server.url, officer)
    force.goto(live_server.url + reverse("engagement:list"))
    follow(force, "Arrest: ZELMANOV, Teodor")
    expect(force.get_by_text("Two dogs in the yard.")).to_be_visible()
    expect(force.get_by_text("He absconded twice.")).to_have_count(0)
    looked_at(force, "force")
    press(force, "Accept")
    press(force, "Accept it for the force")
    engagement = Engagement.objects.get()
    Engagement.objects.filter(pk=engagement.pk).update(tasked_at=now - timedelta(hours=2))
    press(force, "Record that it was carried out")
    fill_date(force, "happened_on", timezone.localdate(now - timedelta(minutes=5)))
    happened = timezone.localtime(now - timedelta(minutes=5))
    type_in(force, happened_time=f"{happened:%H:%M}", officers="PC 4471")
    press(force, "Record it")
    press(force, "Record the outcome")
    type_in(force, what_happened="Arrested without force.", custody_reference="BX/1044")
    press(force, "Record the outcome")
    looked_at(force, "outcome")
    engagement.refresh_from_db()
    assert (engagement.state, engagement.custody_reference) == ("concluded", "BX/1044")
    assert Authorisation.objects.get().authorised_by == cio

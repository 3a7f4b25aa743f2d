"""One enquiry from the force to Croydon and back in a real browser, with and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from nexus.accounts.roles import Role
from nexus.ui import formatting
from referrals.duty_desk.models import Enquiry, Shift, TelephoneReferral
from tests.browsers import Look
from tests.builders import a_submitted, a_user
from tests.driving import choose, fill_date, follow, go, press, sign_in, signed_in, type_in
from tests.referrals.duty_desk.desk import a_shift, filled_in

pytestmark = pytest.mark.django_db(transaction=True)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_asked_taken_handed_over_linked_answered_and_read(
    javascript: bool, new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    look = looked_at if javascript else (lambda page, name: None)  # axe is a script
    now = timezone.now()
    asker = a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")
    first = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")
    second = a_user(Role.REFERRALS_OFFICER, full_name="Imran Calloway")
    referral = a_submitted(by=asker, now=now - timedelta(days=1))

    def at(email: str) -> Page:
        return sign_in(new_context(java_script_enabled=javascript), live_server.url, email)

    force = at(asker.email)
    follow(force, "Duty Desk")
    press(force, "Ask the Duty Desk")
    look(force, "ask")
    press(force, "Send the question")
    expect(force.get_by_role("link", name="Enter the question")).to_be_visible()
    type_in(force, question="Should we name the brother in the referral, too?", contact="Extension 4470")
    press(force, "Send the question")
    expect(force.get_by_text("Your question is with the Duty Desk")).to_be_visible()
    look(force, "asked")
    enquiry = Enquiry.objects.get()

    desk = at(first.email)
    follow(desk, "Duty Desk")
    look(desk, "list")
    follow(desk, str(enquiry))
    press(desk, "Take it")
    press(desk, "Link to a referral")
    type_in(desk, reference=referral.reference)
    press(desk, "Link the enquiry to a referral")
    press(desk, "Hand over")
    look(desk, "hand-over")
    choose(desk, to=str(second.pk))
    type_in(desk, note="Knows the family.")
    press(desk, "Hand over the enquiry")
    look(desk, "enquiry")

    other = at(second.email)
    other.goto(live_server.url + path_of(desk))
    press(other, "Answer")
    type_in(other, reply="Not in this one. Refer him by himself.")
    press(other, "Answer the enquiry")
    expect(other.get_by_text("The answer is given")).to_be_visible()

    force.reload()
    expect(force.get_by_text("Not in this one. Refer him by himself.").first).to_be_visible()
    expect(force.get_by_text("Knows the family.")).to_have_count(0)
    expect(force.get_by_role("link", name=referral.reference)).to_be_visible()
    look(force, "answered")
    press(force, "Ask again")
    type_in(force, reason="And where does the cousin live?")
    press(force, "Reopen the enquiry")
    expect(force.get_by_text("The enquiry is open again")).to_be_visible()


def test_a_manager_fills_a_gap_and_takes_a_call_off_the_rota(
    new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    now = timezone.now()
    cio = a_user(Role.CIO_HMI, full_name="Maud Winterbourne")
    a_shift(now + timedelta(days=8), now + timedelta(days=9), person=cio, now=now)
    page = sign_in(new_context(), live_server.url, a_user(Role.MANAGER).email)
    follow(page, "Triage")
    follow(page, "Duty Desk")
    follow(page, "Rota")
    follow(page, "Week after")
    looked_at(page, "rota")
    follow(page, "Week after")  # where no gap has begun yet
    go(page.get_by_role("link", name="Fill this gap: No CIO or HMI on call").first)
    looked_at(page, "shift")
    choose(page, person=str(cio.pk))
    press(page, "Add the shift")
    expect(page.get_by_text("Maud Winterbourne is on the rota")).to_be_visible()
    go(page.get_by_role("link", name="Take off").first)
    type_in(page, reason="Planned twice.")
    press(page, "Take the shift off the rota")
    expect(page.get_by_text("The rota is changed")).to_be_visible()
    assert Shift.objects.filter(cancelled_at__isnull=False).count() == 1
    assert path_of(page) == reverse("duty_desk:rota")


def test_a_call_is_written_down_while_it_lasts(
    new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    page = sign_in(new_context(), live_server.url, a_user(Role.REFERRALS_OFFICER).email)
    follow(page, "Duty Desk")
    press(page, "Log an enquiry")
    looked_at(page, "log")
    choose(page, asker="custody")
    type_in(
        page, caller="Marit Hollins", question="In custody until 6pm: is there a flag?", reply="There is."
    )
    press(page, "Log the enquiry")
    expect(page.get_by_role("strong").filter(has_text="Answered")).to_be_visible()


def test_a_call_becomes_a_referral_and_its_litigation_is_watched(
    new_context: Callable[..., BrowserContext], live_server: object, looked_at: Look
) -> None:
    """Taken at the desk, completed by the force; then an appeal is added, checked and tasked beside it."""
    address, now = live_server.url, timezone.now()
    officer = a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")
    desk = signed_in(new_context(), address, a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt"))
    desk.goto(address + reverse("duty_desk:enquiries"))
    follow(desk, "Live-time calls")
    press(desk, "Take a call")
    press(desk, "Save the call")
    expect(desk.get_by_role("link", name="Enter why it is urgent")).to_be_visible()
    choose(desk, force="20")
    began = formatting.time(now - timedelta(hours=3))
    told = {"caller": "PC Osei", "why_urgent": "Bail at 6pm.", "clock_time": began, "surname": "Vrana"}
    told["custody_reference"] = "Perry Barr PB/114"
    type_in(desk, **told, account=officer.email)
    looked_at(desk, "take-call")
    press(desk, "Save the call")
    expect(desk.get_by_text("Being completed by the force")).to_be_visible()
    type_in(desk, text="Keep the passport.")
    press(desk, "Log the advice")
    looked_at(desk, "call")
    desk.goto(address + reverse("duty_desk:calls"))
    looked_at(desk, "calls")

    force = signed_in(new_context(), address, officer)
    force.goto(address + reverse("referrals:list"))
    expect(force.get_by_text("Taken by telephone: complete it")).to_be_visible()
    go(force.get_by_role("link", name="VRANA"))
    looked_at(force, "complete-it")
    call = TelephoneReferral.objects.get()
    filled_in(call, officer)
    force.reload()
    press(force, "Check and submit")
    press(force, "Submit the referral")
    expect(force.get_by_role("heading", level=1)).to_contain_text("submitted", ignore_case=True)

    desk.goto(address + reverse("referrals:detail", args=[call.referral.reference]))
    follow(desk, "Add immigration litigation")
    choose(desk, kind="appeal", suspends_removal="not_known")
    type_in(desk, what="Against the refusal", their_reference="HU/00001/2026")
    fill_date(desk, "next_on", timezone.localdate(now) + timedelta(days=9))
    looked_at(desk, "add-litigation")
    press(desk, "Add the matter")
    press(desk, "Task it")
    choose(desk, to="nexus_casework")
    type_in(desk, reason="They decide the case.")
    press(desk, "Task the litigation")
    press(desk, "Record whether it suspends removal")
    choose(desk, suspends="yes")
    type_in(desk, reason="An appeal in the country.")
    press(desk, "Record the effect")
    looked_at(desk, "litigation-matter")
    desk.goto(address + reverse("duty_desk:litigation"))
    looked_at(desk, "litigation")
    go(desk.get_by_role("link", name="Read it or record a check"))
    press(desk, "Record a check")
    type_in(desk, result="Listed for hearing.")
    fill_date(desk, "hearing_on", timezone.localdate(now) + timedelta(days=20))
    press(desk, "Record the check")
    expect(desk.get_by_text("The check is recorded")).to_be_visible()

"""The lists: the desk's daily one with its filters, and the own one of those who ask."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.duty_desk import actions
from referrals.duty_desk.models import Enquiry
from tests.builders import NOON, a_force, a_user
from tests.referrals.croydon import as_role, signed_in
from tests.referrals.duty_desk.desk import a_shift, an_answered, an_enquiry

pytestmark = pytest.mark.django_db
LIST = reverse("duty_desk:enquiries")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def listed(address: str = LIST, role: Role = Role.REFERRALS_OFFICER) -> list[int]:
    """The numbers of the enquiries on the page, in its order, going by the audit entry."""
    assert as_role(role).get(address).status_code == 200
    return AuditEvent.objects.filter(kind="enquiry.listed").latest("id").subjects


def test_open_first_oldest_first_and_of_the_answered_only_todays() -> None:
    today = an_answered(now=NOON - HOUR)
    new, old = an_enquiry(now=NOON - HOUR), an_enquiry(now=NOON - 3 * DAY)
    an_answered(now=NOON - DAY)
    assert listed() == [old.pk, new.pk, today.pk]
    assert listed(role=Role.MANAGER) == [old.pk, new.pk, today.pk]


def test_the_filters_combine() -> None:
    merseyside = a_user(Role.POLICE_OFFICER, force=a_force("05"))
    theirs, ours = an_enquiry(by=merseyside), an_enquiry()
    ccu = an_enquiry(by=a_user(Role.IMMIGRATION_OFFICER), asker="ccu", force=a_force("05"))
    old = an_answered(now=NOON - 3 * DAY)
    assert listed(f"{LIST}?force=05") == [theirs.pk, ccu.pk]
    assert listed(f"{LIST}?asker=ccu") == [ccu.pk]
    assert listed(f"{LIST}?force=05&asker=force") == [theirs.pk]
    assert listed(f"{LIST}?state=answered") == [old.pk]
    assert listed(f"{LIST}?day-day=13&day-month=11&day-year=2026") == [old.pk]
    assert listed(f"{LIST}?state=nonsense&owner=x&force=99") == [theirs.pk, ours.pk, ccu.pk]


def test_by_who_has_it() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    mine, free = an_enquiry(), an_enquiry()
    actions.hand_over(enquiry_id=mine.pk, by=officer, now=NOON, to=officer)
    assert listed(f"{LIST}?owner={officer.pk}") == [mine.pk]
    assert listed(f"{LIST}?owner=nobody") == [free.pk]
    assert "(you)" in signed_in(officer).get(f"{LIST}?owner=me").text


def test_it_turns_by_key() -> None:
    rows = [an_enquiry(now=NOON - DAY + number * timedelta(minutes=1)).pk for number in range(26)]
    assert listed() == rows[:25]
    assert listed(f"{LIST}?after={rows[24]}") == rows[25:]


def test_the_queries_do_not_grow() -> None:
    a_shift(NOON - HOUR, NOON + HOUR, duty="desk")
    desk = as_role(Role.REFERRALS_OFFICER)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    an_enquiry()
    few = queries()
    officer = a_user(Role.REFERRALS_OFFICER)
    for number in range(6):
        enquiry = an_enquiry(now=NOON - number * HOUR)
        actions.hand_over(enquiry_id=enquiry.pk, by=officer, now=NOON, to=officer)
        a_shift(NOON + (number + 1) * DAY, NOON + (number + 2) * DAY)
    assert queries() == few


def test_a_force_sees_what_its_officers_ask_and_others_see_their_own() -> None:
    lead, immigration = a_user(Role.FORCE_LEAD), a_user(Role.IMMIGRATION_OFFICER)
    ours = an_enquiry()
    theirs = an_enquiry(by=a_user(Role.POLICE_OFFICER, force=a_force("05")))
    ice = an_enquiry(by=immigration, asker="ice", force=None)
    for person, own in ((lead, ours), (immigration, ice)):
        page = signed_in(person).get(LIST).text
        for each in (ours, theirs, ice):
            assert (f"{each}</a>" in page) is (each == own)
    entry = AuditEvent.objects.filter(kind="enquiry.listed", by_id=lead.pk).get()
    assert entry.recipient == "West Midlands Police"


def test_nobody_else_has_a_list() -> None:
    for role in (Role.CASE_OWNER, Role.CIO_HMI, Role.AUDITOR, Role.ADMINISTRATOR):
        assert as_role(role).get(LIST).status_code == 403


def test_an_empty_desk_says_so() -> None:
    assert "Nothing is open" in as_role(Role.REFERRALS_OFFICER).get(LIST).text
    assert "No enquiries match" in as_role(Role.REFERRALS_OFFICER).get(f"{LIST}?asker=ice").text
    assert "You have not asked anything yet" in as_role(Role.FORCE_LEAD).get(LIST).text
    assert not Enquiry.objects.exists()

"""Criminal matters: listed when a referral is sent or by the desk, checked, worked down, read beside it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals import actions as referral_actions
from referrals.duty_desk import actions
from referrals.duty_desk.models import PendingMatter
from referrals.models import Referral
from tests.builders import NOON, a_complete_draft, a_submitted, a_user, in_triage
from tests.referrals.croydon import as_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST = reverse("duty_desk:matters")
HEARING = date(2026, 11, 30)
CHARGE = {
    "kind": "pending_charge",
    "part": "suspect",
    "grounding": "fact",
    "offence": "Affray",
    "court": "Leeds",
}


def a_matter(referral: Referral | None = None, **told: Any) -> PendingMatter:
    """A trial the desk has heard of."""
    told = {"what": "Trial for affray"} | told
    by, now = told.pop("by", None) or a_user(Role.REFERRALS_OFFICER), told.pop("now", NOON)
    return actions.add_matter(referral_id=(referral or a_submitted()).pk, by=by, now=now, **told)


def checked(matter: PendingMatter, by: User | None = None, **found: Any) -> PendingMatter:
    found = {"result": "Adjourned.", "changes": "", "next_on": HEARING, "now": NOON} | found
    return actions.check_matter(matter_id=matter.pk, by=by or a_user(Role.REFERRALS_OFFICER), **found)


def concluded(matter: PendingMatter, by: User | None = None, **found: Any) -> PendingMatter:
    found = {"ending": "discontinued", "result": "No evidence of harm.", "changes": "", "now": NOON} | found
    return actions.conclude_matter(matter_id=matter.pk, by=by or a_user(Role.REFERRALS_OFFICER), **found)


def listed(query: str = "") -> list[int]:
    """The matters of the page, in its order, by the links to read them."""
    page = as_role(Role.REFERRALS_OFFICER).get(LIST + query).text
    return [int(number) for number in re.findall(r"/pending/([0-9]+)/", page)]


def test_what_the_form_says_is_pending_is_listed_when_it_is_sent() -> None:
    told = {"pending_criminal": "yes", "pending_criminal_details": "Trial in spring."}
    told |= {"pending_appeals": "yes", "pending_appeals_details": "Upper Tribunal."}
    referral = a_complete_draft(**told)
    one: dict[str, Any] = {"referral_id": referral.pk, "by": referral.created_by, "now": NOON}
    referral_actions.add_row(**one, kind="conduct", values=CHARGE)
    assert not PendingMatter.objects.exists()
    referral_actions.submit(**one)
    assert list(referral.pending_matters.order_by("pk").values_list("kind", "what", "court")) == [
        ("criminal", "Trial in spring.", ""),
        ("appeal", "Upper Tribunal.", ""),
        ("criminal", "Charge: Affray", "Leeds"),
    ]


def test_nothing_pending_lists_nothing() -> None:
    assert not a_submitted().pending_matters.exists()


def test_a_check_says_the_result_what_it_changes_and_what_is_next() -> None:
    matter = a_matter(now=NOON - 9 * DAY)
    found = checked(matter, result="Dismissed.", changes="Removal is open.", next_on=HEARING)
    assert (found.looked_at, found.result, found.changes, found.next_on) == (
        NOON,
        "Dismissed.",
        "Removal is open.",
        HEARING,
    )
    entry = AuditEvent.objects.get(kind="matter.checked")
    assert entry.subject_id == str(matter.referral_id)
    assert (entry.reason, entry.detail["next_on"]) == ("", "2026-11-30")  # the words stay with the matter


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"result": " "}, "Enter what you found out."),
        ({"next_on": None}, "record that the matter has ended"),
        ({"next_on": NOON.date() - DAY}, "must be today or later"),
        ({"next_on": None, "hearing_on": NOON.date() - DAY}, "must be today or later"),
    ],
)
def test_a_check_is_refused(found: dict[str, Any], reason: str) -> None:
    matter = a_matter()
    with pytest.raises(Refused, match=reason):
        checked(matter, **found)
    matter.refresh_from_db()
    assert matter.checked_by is None and not AuditEvent.objects.filter(kind="matter.checked").exists()


def test_what_is_over_leaves_the_list_and_is_not_checked_again() -> None:
    matter = concluded(a_matter(), result="No evidence of harm.")
    assert listed() == [] and "No evidence of harm." in as_role(Role.MANAGER).get(f"{LIST}?over=on").text
    for again in (checked, concluded):
        with pytest.raises(Refused, match="This matter has ended"):
            again(matter)


def test_how_it_ended_fits_its_kind() -> None:
    with pytest.raises(Refused, match="Select how it ended"):
        concluded(a_matter(), ending="dismissed")


def test_without_a_day_to_check_it_is_the_day_of_the_hearing() -> None:
    assert checked(a_matter(), next_on=None, hearing_on=HEARING).next_on == HEARING
    soon = checked(a_matter(), next_on=HEARING, hearing_on=HEARING + DAY)
    assert (soon.next_on, soon.hearing_on) == (HEARING, HEARING + DAY)


def test_everything_written_of_it_is_kept() -> None:
    matter = a_matter()
    checked(matter, result="Adjourned.", changes="Nothing yet.")
    concluded(matter)
    told = [(str(entry), entry.text, entry.changes) for entry in matter.entries.all()]
    assert told == [
        ("Listed", "Trial for affray", ""),
        ("Checked", "Adjourned.", "Nothing yet."),
        ("Concluded: discontinued", "No evidence of harm.", ""),
    ]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        matter.entries.update(text="Otherwise.")


def test_matters_of_referrals_that_are_not_accepted_are_not_watched() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    referral = in_triage(officer=officer)
    matter = a_matter(referral)
    referral_actions.not_accept(
        referral_id=referral.pk, by=officer, now=NOON, reasons="No harm shown.", balance="Long residence."
    )
    assert listed() == []
    with pytest.raises(Refused, match="nothing pending is monitored"):
        checked(matter)
    with pytest.raises(Refused, match="nothing pending is monitored"):
        a_matter(referral)


def test_only_the_desk_and_managers() -> None:
    matter = a_matter()
    for role in (Role.POLICE_OFFICER, Role.CASE_OWNER, Role.CIO_HMI, Role.AUDITOR):
        with pytest.raises((PermissionDenied, PendingMatter.DoesNotExist)):
            checked(matter, by=a_user(role))
        assert as_role(role).get(LIST).status_code == 403
    with pytest.raises(Referral.DoesNotExist):
        a_matter(matter.referral, by=a_user(Role.AUDITOR))


@time_machine.travel(NOON, tick=False)
def test_the_list_by_how_long_nobody_looked_and_by_hearing() -> None:
    old = a_matter(now=NOON - 20 * DAY)
    soon = a_matter(now=NOON - 8 * DAY, next_on=HEARING)
    new = checked(a_matter(now=NOON - 30 * DAY), next_on=HEARING + DAY)
    assert listed() == [old.pk, soon.pk, new.pk]
    assert listed("?sort=next") == [soon.pk, new.pk, old.pk]
    assert (listed("?unchecked=7"), listed("?unchecked=14")) == ([old.pk, soon.pk], [old.pk])
    assert listed("?unchecked=x") == [old.pk, soon.pk, new.pk]


@time_machine.travel(NOON, tick=False)
def test_the_queries_do_not_grow() -> None:
    desk = as_role(Role.MANAGER)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    a_matter()
    few = queries()
    for _ in range(10):
        checked(a_matter())
    assert queries() == few


@time_machine.travel(NOON, tick=False)
def test_recorded_on_the_page_and_read_beside_the_referral() -> None:
    desk, matter = as_role(Role.REFERRALS_OFFICER), a_matter()
    address = reverse("duty_desk:check_matter", args=[matter.pk])
    day = {"next_on-day": "30", "next_on-month": "11", "next_on-year": "2026"}
    assert (
        "Enter the next hearing or the day to check again"
        in desk.post(address, {"result": "Adjourned."}).text
    )
    page = desk.post(address, {"result": "Adjourned.", "changes": "Nothing yet.", **day}, follow=True)
    assert "The check is recorded" in page.text and "Adjourned." in page.text
    beside = desk.get(reverse("referrals:detail", args=[matter.referral.reference])).text
    assert "Trial for affray" in beside and "next 30 November 2026" in beside
    assert "Nothing yet." in beside and "Add a pending criminal matter" in beside


def test_added_on_the_page() -> None:
    desk, referral = as_role(Role.MANAGER), a_submitted()
    address = reverse("duty_desk:add_matter", args=[referral.reference])
    assert "Enter what is pending" in desk.post(address, {"court": "Hull"}).text
    desk.post(address, {"what": "Bail hearing", "court": "Hull"})
    assert referral.pending_matters.get().court == "Hull"
    assert as_role(Role.CASE_OWNER).get(address).status_code == 404


def test_the_database_keeps_it_whole() -> None:
    matter = a_matter()
    for wrong in (
        {"what": ""},
        {"kind": "x"},
        {"result": "Found."},
        {"ended_at": NOON},
        {"ending": "other"},
        {"tasked_to": "nexus_casework"},
        {"suspends_removal": False},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PendingMatter.objects.filter(pk=matter.pk).update(**wrong)

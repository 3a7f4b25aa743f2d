"""The pages: who sees which, what they say, and how many questions they ask of the database."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.reports import actions
from casework.reports.disclosure import CHECKLIST
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.waiting import waiting_for
from referrals.models import Referral
from tests.builders import NOON, a_case, a_force, a_user, an_assigned_case, progress, with_a_question
from tests.casework.reports.builders import (
    ASKED,
    BUILT,
    a_built_report,
    a_released_report,
    a_report,
    again,
    opened,
)

pytestmark = pytest.mark.django_db


def signed_in(role_or_user: Role | User) -> Client:
    client = Client()
    client.force_login(role_or_user if isinstance(role_or_user, User) else a_user(role_or_user))
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    page = answer.content.decode()
    assert "OFFICIAL-SENSITIVE" in page
    return page


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock a day after the builders' referrals were made."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: BUILT + timedelta(minutes=30))


def test_a_manager_sees_periods_with_how_far_they_are() -> None:
    a_report(force=a_force("06"))
    built = a_built_report()
    answer = signed_in(Role.MANAGER).get(reverse("reports:list"))
    page = text_of(answer)
    assert "Built 1 of 2" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    still = text_of(signed_in(Role.MANAGER).get(reverse("reports:list"), {"still": "1"}))
    assert "http-equiv" not in still
    assert reverse("reports:period", args=[built.period_from, built.period_to]) in page
    entry = AuditEvent.objects.filter(kind="report.listed").earliest("pk")
    assert len(entry.subjects) == 1


def test_nothing_is_looked_at_again_when_nothing_is_on_its_way() -> None:
    a_built_report()
    assert "http-equiv" not in text_of(signed_in(Role.MANAGER).get(reverse("reports:list")))


def test_a_manager_is_told_of_reports_to_check() -> None:
    a_report(force=a_force("06"))
    a_built_report()
    told = [(line.words, line.count) for line in waiting_for(a_user(Role.MANAGER), BUILT)]
    assert ("Progress reports to check", 1) in told
    assert not [line for line in waiting_for(a_user(Role.FORCE_LEAD), BUILT) if "reports" in line.words]


def test_one_period_shows_every_force() -> None:
    a_report(force=a_force("06"))
    built = a_built_report()
    page = text_of(
        signed_in(Role.MANAGER).get(reverse("reports:period", args=[built.period_from, built.period_to]))
    )
    assert "Built 1 of 2" in page
    assert "West Midlands Police" in page
    assert "Greater Manchester Police" in page
    assert "Waiting to be built" in page
    assert "Ready to check" in page


def test_a_period_without_reports_and_a_date_that_does_not_exist_are_404() -> None:
    client = signed_in(Role.MANAGER)
    assert client.get("/reports/2026-01-01/2026-01-31/").status_code == 404
    assert client.get("/reports/2026-02-30/2026-03-31/").status_code == 404


def test_a_force_sees_its_own_released_reports_only() -> None:
    a_built_report(period=Period(date(2026, 10, 1), date(2026, 10, 31)))
    released = a_released_report()
    a_released_report(force=a_force("06"))
    page = text_of(signed_in(Role.POLICE_OFFICER).get(reverse("reports:list")))
    assert reverse("reports:detail", args=[released.pk]) in page
    assert page.count('href="/reports/') == 2  # this report, and the navigation
    assert "October 2026" not in page


def test_a_force_without_reports_is_told_when_they_come() -> None:
    page = text_of(signed_in(Role.FORCE_LEAD).get(reverse("reports:list")))
    assert "A report appears here after a manager has checked and released it." in page


def test_the_report_reads_as_it_was_built(monday: None) -> None:
    case = an_assigned_case()
    progress(case, text="<b>Told</b> the officer.", asked_of_force="Send the crime reports.")
    with_a_question()
    report, lead = a_released_report(), a_user(Role.FORCE_LEAD)
    page = text_of(signed_in(lead).get(reverse("reports:detail", args=[report.pk])))
    assert "&lt;b&gt;Told&lt;/b&gt; the officer." in page
    assert "Open requests to you" in page
    assert page.count("Asked on 16 November 2026: Send the crime reports.") == 2
    assert "Which of the incidents were witnessed?" in page
    assert "Disclosure check" not in page
    assert reverse("reports:download", args=[report.pk, "pdf"]) in page
    for words, number in (("Referrals in this report", 2), ("Accepted in the period", 1)):
        assert f'{words}</th><td class="govuk-table__cell govuk-table__cell--numeric">{number}</td>' in page
    entry = AuditEvent.objects.filter(kind="report.viewed").latest("pk")
    assert (entry.by_id, entry.recipient) == (lead.pk, "West Midlands Police")


@pytest.mark.parametrize(
    ("role", "force", "released", "status"),
    [
        (Role.MANAGER, None, False, 200),
        (Role.MANAGER, None, True, 200),
        (Role.FORCE_LEAD, "20", True, 200),
        (Role.POLICE_OFFICER, "20", True, 200),
        (Role.FORCE_LEAD, "20", False, 404),
        (Role.FORCE_LEAD, "06", True, 404),
        (Role.POLICE_OFFICER, "06", True, 404),
        (Role.REFERRALS_OFFICER, None, True, 404),
        (Role.CASE_OWNER, None, True, 404),
        (Role.AUDITOR, None, True, 404),
        (Role.ADMINISTRATOR, None, True, 404),
        (Role.IMMIGRATION_OFFICER, None, True, 404),
    ],
)
def test_who_may_read_a_report(role: Role, force: str | None, released: bool, status: int) -> None:
    report = a_released_report() if released else a_built_report()
    user = a_user(role, force=a_force(force)) if force else a_user(role)
    assert signed_in(user).get(reverse("reports:detail", args=[report.pk])).status_code == status


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_managers_pages_are_theirs(role: Role) -> None:
    report = a_released_report()
    client = signed_in(role)
    assert client.get(reverse("reports:request")).status_code == 403
    period = reverse("reports:period", args=[report.period_from, report.period_to])
    assert client.get(period).status_code == 403
    expected = 403 if role in (Role.POLICE_OFFICER, Role.FORCE_LEAD) else 404
    assert client.get(reverse("reports:release", args=[report.pk])).status_code == expected
    assert client.post(reverse("reports:requeue", args=[report.pk])).status_code == expected
    listed = 200 if role in (Role.POLICE_OFFICER, Role.FORCE_LEAD) else 403
    assert client.get(reverse("reports:list")).status_code == listed


def test_a_manager_asks_for_one_force(monday: None) -> None:
    client = signed_in(Role.MANAGER)
    answer = client.post(
        reverse("reports:request"), {"force": a_force().pk, "which": "this_month"}, follow=True
    )
    report = ProgressReport.objects.get()
    assert report.period == Period(date(2026, 11, 1), date(2026, 11, 17))
    assert answer.redirect_chain[0][0] == reverse("reports:detail", args=[report.pk])
    page = text_of(answer)
    assert "1 report will be built now" in page
    assert "Waiting to be built" in page
    answer = client.post(
        reverse("reports:request"), {"force": a_force().pk, "which": "this_month"}, follow=True
    )
    assert "This report exists already" in text_of(answer)


def test_a_manager_asks_for_every_force(monday: None) -> None:
    a_force()
    answer = signed_in(Role.MANAGER).post(
        reverse("reports:request"), {"force": "", "which": "previous_month"}, follow=True
    )
    page = text_of(answer)
    assert "43 reports will be built now" in page
    assert "Built 0 of 43" in page
    assert "October 2026" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Select the period"),
        ({"which": "dates"}, "Enter the first day"),
        ({"which": "nonsense"}, "Select the period from the list"),
        (
            {"which": "dates", "first-day": "1", "first-month": "11", "first-year": "2026",
             "last-day": "18", "last-month": "11", "last-year": "2026"},
            "The last day must be today, 17 November 2026, or earlier.",
        ),
        (
            {"which": "dates", "first-day": "31", "first-month": "2", "first-year": "2026"},
            "First day must be a real date",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_request_is_said(monday: None, typed: dict[str, str], sentence: str) -> None:
    page = signed_in(Role.MANAGER).post(reverse("reports:request"), typed).content.decode()
    assert "There is a problem" in page
    assert sentence in page
    assert not ProgressReport.objects.exists()


def test_a_manager_checks_and_releases(monday: None) -> None:
    case = an_assigned_case()
    progress(case, text="The victim was told in hospital.")
    report = a_built_report()
    client = signed_in(Role.MANAGER)
    address = reverse("reports:release", args=[report.pk])
    early = client.get(address)
    assert early.status_code == 409
    assert "Open and read the report before you release it." in early.content.decode()
    text_of(client.get(reverse("reports:detail", args=[report.pk])))
    page = text_of(client.get(address))
    assert "You cannot do this now" not in page
    assert "health (hospital); third parties (victim)" in page
    page = text_of(client.post(address, {"checked": ["health"], "disclosure_check": ""}))
    assert "Confirm that the report holds no legal advice" in page
    assert "Enter what you checked and what you found" in page
    typed = {"checked": list(CHECKLIST), "disclosure_check": "Read; the hospital is on record."}
    page = text_of(client.post(address, typed, follow=True))
    assert "The report has been released to West Midlands Police" in page
    assert again(report).state == "released"


def test_a_release_that_is_refused_keeps_what_was_typed(monday: None) -> None:
    report = a_built_report()
    typed = {"checked": list(CHECKLIST), "disclosure_check": "Nothing to hold back."}
    answer = signed_in(Role.MANAGER).post(reverse("reports:release", args=[report.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Open and read the report before you release it." in page
    assert "Nothing to hold back." in page
    assert again(report).state == "draft"


def test_a_draft_is_built_again(monday: None) -> None:
    report = a_built_report()
    answer = signed_in(Role.MANAGER).post(reverse("reports:requeue", args=[report.pk]), follow=True)
    assert "The report will be built again" in text_of(answer)
    refused = signed_in(Role.MANAGER).post(reverse("reports:requeue", args=[report.pk]))
    assert refused.status_code == 409
    assert "Waiting to be built" in refused.content.decode()


def test_a_parked_report_says_what_to_do(monday: None) -> None:
    report = a_report()
    for minutes in (0, 2, 4):
        actions.begin(report_id=report.pk, now=ASKED + timedelta(minutes=minutes))
        actions.sweep(now=ASKED + timedelta(minutes=minutes + 2))
    page = text_of(signed_in(Role.MANAGER).get(reverse("reports:detail", args=[report.pk])))
    assert "Building failed 3 times. Build it again" in page
    assert "Build again" in page


def test_the_force_lead_acknowledges(monday: None) -> None:
    report = a_released_report(now=NOON, at=NOON, period=Period(date(2026, 11, 1), date(2026, 11, 16)))
    ProgressReport.objects.filter(pk=report.pk).update(released_at=BUILT)
    client = signed_in(Role.FORCE_LEAD)
    early = client.post(reverse("reports:acknowledge", args=[report.pk]))
    assert early.status_code == 409
    page = text_of(client.get(reverse("reports:detail", args=[report.pk])))
    assert "Acknowledge this report" in page
    answer = client.post(reverse("reports:acknowledge", args=[report.pk]), follow=True)
    assert "You have acknowledged the report" in text_of(answer)
    assert again(report).state == "acknowledged"


def test_an_officer_is_not_offered_to_acknowledge() -> None:
    report = a_released_report()
    client = signed_in(Role.POLICE_OFFICER)
    page = text_of(client.get(reverse("reports:detail", args=[report.pk])))
    assert "Acknowledge this report" not in page
    assert client.post(reverse("reports:acknowledge", args=[report.pk])).status_code == 403


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_report_asks_the_same_few_questions_whatever_its_length() -> None:
    by = a_user(Role.MANAGER)
    manager = signed_in(by)
    a_case()
    short = a_built_report()
    officer = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    for _ in range(4):
        progress(an_assigned_case(by=officer), asked_of_force="Send it.")
    long = a_built_report(force=a_force("06"))
    for report in (short, long):
        opened(report, by)
    for name in ("reports:detail", "reports:release"):
        addresses = [reverse(name, args=[report.pk]) for report in (short, long)]
        assert queries_of(manager, addresses[0]) == queries_of(manager, addresses[1])


def test_the_lists_ask_the_same_few_questions_whatever_their_length() -> None:
    manager, lead = signed_in(Role.MANAGER), signed_in(Role.FORCE_LEAD)
    a_released_report()
    addresses = [reverse("reports:list"), reverse("reports:period", args=["2026-11-01", "2026-11-17"])]
    few = [queries_of(manager, address) for address in addresses] + [queries_of(lead, addresses[0])]
    for month in (7, 8, 9):
        a_released_report(period=Period(date(2026, month, 1), date(2026, month, 30)))
    for code in ("06", "13", "05"):
        a_report(force=a_force(code))
    assert [queries_of(manager, address) for address in addresses] + [queries_of(lead, addresses[0])] == few


def test_a_report_says_whom_each_referral_is_about_and_who_referred_it() -> None:
    """A lead knows it without opening each; the name is for those who may see the referral."""
    referral = a_case().referral
    report = a_released_report()
    page = text_of(signed_in(Role.FORCE_LEAD).get(reverse("reports:detail", args=[report.pk])))
    assert f"</a>, <bdi>{referral.subject_name}</bdi></h3>" in page
    assert f"Referred by <bdi>{referral.created_by.full_name}</bdi>" in page


def test_a_report_keeps_to_initials_where_the_name_may_not_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage: with nothing visible of the referrals, no name is left on the page."""
    referral = a_case().referral
    report = a_released_report()
    monkeypatch.setattr(type(Referral.objects.all()), "visible_to", lambda rows, user: rows.none())
    page = text_of(signed_in(Role.FORCE_LEAD).get(reverse("reports:detail", args=[report.pk])))
    assert f"</a>, <bdi>{referral.subject_initials}</bdi></h3>" in page
    assert referral.subject_name not in page

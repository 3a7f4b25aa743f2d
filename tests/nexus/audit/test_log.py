"""The auditor's pages: the log, one entry, finding a person, the export."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.queries import EACH_VALUE, entries_like, entries_of, values_in
from nexus.audit.recording import record
from tests.builders import NOON, a_case, a_submitted, a_user

pytestmark = pytest.mark.django_db
LOG = "/audit/"


@pytest.fixture
def auditor() -> User:
    return a_user(Role.AUDITOR, full_name="Petra Vane")


@pytest.fixture
def client(auditor: User) -> Client:
    client = Client()
    client.force_login(auditor)
    return client


def shown(client: Client, **filters: Any) -> str:
    answer = client.get(LOG, filters)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_log_says_who_did_what_to_which_referral(client: Client) -> None:
    referral = a_submitted()
    page = shown(client)
    assert "Referral submitted" in page and f"Referral {referral.reference}" in page
    assert referral.created_by.full_name in page
    table = page.split("<table")[1]
    assert table.index("Referral submitted") < table.index("Referral started")  # newest first


def test_reading_the_log_is_recorded(client: Client, auditor: User) -> None:
    shown(client, kind="user.added")
    event = AuditEvent.objects.latest("id")
    assert (event.kind, event.by_id, event.by_role) == ("audit.read", auditor.pk, Role.AUDITOR)
    assert event.request_id
    assert event.detail == {"filters": [], "rows": 0}  # no such kind yet, so it filters nothing


def test_filters_narrow_the_log(client: Client) -> None:
    one, other = a_submitted(), a_submitted()
    page = shown(client, reference=one.reference.lower())
    assert one.reference in page and other.reference not in page
    page = shown(client, kind="referral.submitted")
    assert "Referral started" not in page.split("<table")[1] and one.reference in page
    page = shown(client, person=one.created_by_id)
    assert one.reference in page and other.reference not in page
    assert f"Only entries by <strong><bdi>{one.created_by.full_name}" in page
    page = shown(client, subject_type="referrals.referral", subject_id=other.pk)
    assert other.reference in page and one.reference not in page.split("<table")[1]
    assert "No entries match" in shown(client, reference="NHH-1999-000001")


def test_a_reference_finds_the_case_and_the_lists_that_showed_it(client: Client) -> None:
    case = a_case()
    record(kind="referral.listed", by=None, subjects=[case.referral], now=NOON)
    page = shown(client, reference=case.referral.reference)
    assert "Case opened" in page and "Referrals listed" in page and "Flag set" in page


def test_days_are_the_uks_and_both_count(client: Client) -> None:
    late_in_june = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July, 12:30am, in London
    record(kind="case.viewed", by=None, now=late_in_june)
    day = {
        f"{end}-{part}": value
        for end in ("since", "until")
        for part, value in (("day", 1), ("month", 7), ("year", 2026))
    }
    assert "Case viewed" in shown(client, **day)
    assert "No entries match" in shown(client, **{**day, "since-day": 2, "until-day": 2})


def test_an_entry_shows_both_times_and_leads_into_no_case(client: Client) -> None:
    case = a_case()
    event = record(
        kind="case.viewed",
        by=case.referral.claimed_by,
        subject=case,
        now=datetime(2026, 7, 1, 11, 5, tzinfo=UTC),
        reason="Asked by the court",
        recipient="West Midlands Police",
        detail={"fields": ["route"]},
        request_id="5c4f3b0e-9d5e-4f5e-8d83-0d6a1d6a8a10",
    )
    page = client.get(reverse("audit:entry", kwargs={"entry_id": event.pk})).content.decode()
    for words in (
        "1 July 2026 at 12:05pm",
        "2026-07-01T11:05:00.000+00:00",
        "Asked by the court",
        "West Midlands Police",
        "fields: route",
        "5c4f3b0e-9d5e-4f5e-8d83-0d6a1d6a8a10",
        f"Case {case.referral.reference}",
        "Referrals officer",
    ):
        assert words in page
    assert "/cases/" not in page and "/referrals/" not in page
    assert case.referral.surname not in page
    assert AuditEvent.objects.latest("id").subject_id == str(event.pk)


def test_a_list_entry_names_its_rows(client: Client) -> None:
    referral = a_submitted()
    event = record(kind="referral.listed", by=None, subjects=[referral], now=NOON)
    assert (
        referral.reference
        in client.get(reverse("audit:entry", kwargs={"entry_id": event.pk})).content.decode()
    )


def test_a_person_is_found_without_their_name_in_a_url(client: Client) -> None:
    wanted = a_user(Role.MANAGER, full_name="Isolde Quarry")
    answer = client.post(reverse("audit:person"), {"name": "quarry"}, follow=True)
    assert f'href="/audit/?person={wanted.pk}"' in answer.content.decode()
    assert (
        "0 people found"
        in client.post(reverse("audit:person"), {"name": "nobody at all"}, follow=True).content.decode()
    )
    assert "Enter a name" in client.post(reverse("audit:person"), {"name": " "}).content.decode()


def test_the_export_honours_the_filters_is_recorded_and_runs_no_formula(client: Client) -> None:
    referral = a_submitted()
    record(kind="case.viewed", by=None, now=NOON, reason="=HYPERLINK(1)")
    answer = client.get(reverse("audit:export"), {"kind": "case.viewed"})
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["OFFICIAL-SENSITIVE"] and rows[1][0] == "Entry"
    assert len(rows) == 3 and "'=HYPERLINK(1)" in rows[2]
    assert referral.reference not in text
    event = AuditEvent.objects.latest("id")
    assert (event.kind, event.detail) == ("audit.exported", {"filters": ["kind"], "rows": 1})


def test_the_log_pages_by_key_at_a_constant_cost(client: Client, django_assert_max_num_queries: Any) -> None:
    person = a_user(Role.MANAGER)
    for minute in range(60):
        record(kind="case.viewed", by=person, now=NOON + timedelta(minutes=minute))
    with django_assert_max_num_queries(
        18
    ):  # one of them for the header’s count, three for what is wrong with the record
        first = shown(client, kind="case.viewed")
    assert "Showing 1 to 25 of 60" in first
    oldest = AuditEvent.objects.filter(kind="case.viewed").order_by("-id")[24]
    with django_assert_max_num_queries(20):
        assert "Showing 26 to 50 of 60" in shown(client, kind="case.viewed", after=oldest.pk)


@pytest.mark.parametrize(
    "rubbish", [{"person": "x"}, {"kind": "'; --"}, {"since-day": "99"}, {"after": "ü"}, {"person": "9" * 30}]
)
def test_rubbish_in_the_address_filters_nothing(client: Client, rubbish: dict[str, str]) -> None:
    assert "Audit log" in shown(client, **rubbish)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_nobody_else_reads_the_log(role: Role) -> None:
    theirs = Client()
    theirs.force_login(a_user(role))
    assert theirs.get(LOG).status_code == 403
    assert theirs.get(reverse("audit:export")).status_code == 403


def test_what_changed_is_found_without_leafing_through_what_was_listed(client: Client, auditor: User) -> None:
    """By subject, by person and by day; the entry's own page leads there."""
    case = a_case()
    officer = case.referral.claimed_by
    assert officer
    for _ in range(30):
        record(kind="case.listed", by=officer, subjects=[case], now=NOON)
        record(kind="case.viewed", by=officer, subject=case, now=NOON)
    changed = record(kind="case.renamed", by=officer, subject=case, now=NOON)
    table = shown(client, changes="on").split("<table")[1]
    assert "Case renamed" in table and "listed" not in table and "viewed" not in table
    entry = client.get(reverse("audit:entry", kwargs={"entry_id": changed.pk})).text
    links = [part.split('"')[0].replace("&amp;", "&") for part in entry.split('href="')[1:]]
    by_person, of_subject = (
        next(link for link in links if "changes=on" in link and word in link)
        for word in ("person=", "subject_id=")
    )
    for link in (by_person, of_subject):
        table = client.get(link).text.split("<table")[1]
        assert "Case renamed" in table and "viewed" not in table


def test_the_export_has_references_and_details_and_only_changes_where_asked(client: Client) -> None:
    referral = a_submitted()
    record(kind="referral.listed", by=None, subjects=[referral], now=NOON)
    record(kind="user.changed", by=None, now=NOON, detail={"role": ["police_officer", "manager"]})
    rows = lines_of(client)
    listed = next(row for row in rows if row["Kind"] == "referral.listed")
    assert listed["References of rows shown"] == f"Referral {referral.reference}"
    assert (
        next(row for row in rows if row["Kind"] == "user.changed")["Details"]
        == "role: police_officer → manager"
    )
    assert not any(row["Kind"].endswith((".listed", ".viewed")) for row in lines_of(client, changes="on"))


def lines_of(client: Client, **filters: Any) -> list[dict[str, str]]:
    """The rows of the export below its marking."""
    answer = client.get(reverse("audit:export"), filters)
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text.split("\n", 1)[1])))


def test_a_search_of_one_referral_shows_its_changes_before_its_readings(client: Client) -> None:
    referral = a_submitted()
    record(kind="referral.viewed", by=None, subject=referral, now=NOON + timedelta(days=1))
    table = shown(client, reference=referral.reference).split("<table")[1]
    assert (
        table.index("Referral submitted") < table.index("Referral started") < table.index("Referral viewed")
    )
    table = shown(client).split("<table")[1]
    assert table.index("Referral viewed") < table.index("Referral submitted")


def test_each_filter_of_the_log_is_read_from_an_index() -> None:
    """Among many entries; the planner is not asked what it thinks of a few."""
    since = (NOON + timedelta(days=1)).date()
    with connection.cursor() as ask:
        ask.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for filters in (
        {},
        {"kind": "referral.viewed"},
        {"person": 7},
        {"changes": True},
        {"changes": True, "person": 7},
        {"since": since},
        {"until": since},
        {"kind": "referral.viewed", "until": since},
    ):
        plan = entries_like(**filters).order_by("-at", "-pk")[:25].explain()
        assert "Index" in plan and "Sort" not in plan, (filters, plan)
    referral = a_submitted()
    with connection.cursor() as ask:
        ask.execute("SET LOCAL enable_sort = on; SET LOCAL enable_indexscan = off")
    about, _, parts = entries_of("referrals.referral", "referral", referral.pk)
    listed = AuditEvent.objects.filter(subjects__contains=[referral.pk]).exclude(subjects=[])
    for entries, index in (
        (about, "audit_by_subject"),
        (listed, "audit_by_row_shown"),
        (parts, "audit_by_detail"),
    ):
        plan = entries.order_by().explain()
        assert index in plan, plan


def test_the_kinds_are_asked_of_the_index_one_by_one() -> None:
    """The choices of the filters, without a row of the record being read."""
    a_submitted()
    record(kind="zebra.viewed", by=None, now=NOON)
    for column in ("kind", "subject_type"):
        every = set(AuditEvent.objects.order_by().values_list(column, flat=True))
        assert values_in(column) == sorted(every)
    with connection.cursor() as ask:
        ask.execute("SET LOCAL enable_seqscan = off")
        ask.execute("EXPLAIN " + EACH_VALUE.replace("COLUMN", "kind"))
        plan = "\n".join(line for (line,) in ask.fetchall())
    assert "Index Only Scan using audit_by_kind" in plan, plan

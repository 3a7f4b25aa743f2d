"""The force's report: on screen and as files, a recorded disclosure, and nothing of the Home Office's own."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.exports import FORMULA_LEADS
from referrals.datawash.models import Wash, WashRow
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import HEAD, LIST, PEOPLE, a_checked_wash, a_register, a_washed_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def wash() -> Wash:
    a_register()
    return a_washed_list()


def read(wash: Wash, by: User | None = None, query: str = "") -> str:
    client = Client()
    client.force_login(by or wash.uploaded_by)
    answer = client.get(reverse("datawash:detail", args=[wash.pk]) + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def fetched(wash: Wash, kind: str, by: User | None = None) -> Any:
    client = Client()
    client.force_login(by or wash.uploaded_by)
    return client.get(reverse("datawash:download", args=[wash.pk, kind]))


def cells_of(wash: Wash, kind: str) -> list[list[str]]:
    answer = fetched(wash, kind)
    assert answer.status_code == 200
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell.value or "" for cell in row] for row in book.active.iter_rows()]


def shown(page: str) -> set[str]:
    return {ref for ref in ("R1", "R2", "R3") if f"<bdi>{ref}</bdi>" in page}


def test_the_report_shows_rows_grades_pots_the_registers_age_and_the_caveat(wash: Wash) -> None:
    page = read(wash)
    assert shown(page) == {"R1", "R2", "R3"}
    assert "3 rows: 1 found exactly, 1 probably or possibly, 1 not found." in page
    assert "Being checked by the Referrals Office" in page and "This does not mean no leave" in page
    assert "Register as at" in page and "This is not a decision." in page
    assert "GURISHTI, Ardit" in page and "31 July 1985" in page
    assert 'href="?pot=no+leave"' in page  # from the chart to its rows


def test_nothing_of_the_home_offices_own_is_on_the_page_or_in_the_files(wash: Wash) -> None:
    secrets = {person["person_id"] for person in PEOPLE} | {
        "overstayer",
        "eea_settled",
        "probability",
        "agree well",
    }
    told = [read(wash), *(str(cells_of(wash, kind)) for kind in ("csv", "xlsx"))]
    for text in told:
        assert [secret for secret in secrets if secret in text] == []
        assert "EEA" not in text.split("R2")[-1].split("R3")[0]


def test_an_unconfirmed_pot_is_neither_counted_nor_found_by_the_filter(wash: Wash) -> None:
    row = wash.rows.get(force_row_ref="R2")
    assert (row.grade, row.pot) == ("probable", "EEA")
    assert shown(read(wash, query="?pot=EEA")) == set()
    assert shown(read(wash, query="?pot=undetermined")) == {"R2", "R3"}
    WashRow.objects.filter(pk=row.pk).update(confirmed=True)
    assert shown(read(wash, query="?pot=EEA")) == {"R2"}
    WashRow.objects.filter(pk=row.pk).update(confirmed=False)
    assert shown(read(wash, query="?pot=EEA")) == set()
    assert shown(read(wash, query="?grade=no+trace")) == {"R2", "R3"}


def test_filters(wash: Wash) -> None:
    for query, rows in (
        ("?grade=exact", {"R1"}),
        ("?grade=exact&grade=probable", {"R1", "R2"}),
        ("?pot=no+leave", {"R1"}),
        ("?pot=no+leave&grade=probable", set()),
        ("?pot=nonsense", {"R1", "R2", "R3"}),
    ):
        assert shown(read(wash, query=query)) == rows, query


def test_the_search_for_a_reference_stays_out_of_the_address(wash: Wash) -> None:
    client = Client()
    client.force_login(wash.uploaded_by)
    answer = client.post(reverse("datawash:detail", args=[wash.pk]), {"words": "r3"})
    assert answer.status_code == 302 and "r3" not in answer["Location"].split("find=")[1]
    assert shown(client.get(answer["Location"]).content.decode()) == {"R3"}


def test_a_long_report_is_paged_in_constant_queries(django_assert_max_num_queries: Any) -> None:
    rows = [f"N{at},Quillfeather,Barty,19{50 + at % 50}-11-08,,,,,,,," for at in range(120)]
    wash = a_washed_list("\n".join([HEAD, *rows]))
    client = Client()
    client.force_login(wash.uploaded_by)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("datawash:detail", args=[wash.pk])).content.decode()
    assert "Showing 1 to 50 of 120" in page
    last = wash.rows.get(number=49).pk
    assert "Showing 51 to 100 of 120" in read(wash, query=f"?after={last}")


def test_each_reading_by_the_force_is_a_disclosure_with_its_recipient(wash: Wash) -> None:
    read(wash)
    fetched(wash, "csv")
    seen = AuditEvent.objects.filter(kind="datawash.disclosed").order_by("pk")
    assert [(entry.recipient, entry.reason) for entry in seen] == [
        ("West Midlands Police", "Whom to refer")
    ] * 2
    assert len(seen[0].subjects) == 3 and seen[1].detail == {"format": "csv"}
    read(wash, by=a_user(Role.REFERRALS_OFFICER))
    assert AuditEvent.objects.filter(kind="datawash.viewed", recipient="").count() == 1
    assert AuditEvent.objects.filter(kind="datawash.disclosed").count() == 2


def test_another_force_gets_nothing_and_before_the_wash_there_is_no_file(wash: Wash) -> None:
    other = a_user(Role.FORCE_LEAD, force=a_force("06"))
    assert fetched(wash, "csv", by=other).status_code == 404
    checked = a_checked_wash(f"{HEAD}\nX,Y,Z,1980,,,,,,,,\n")
    assert fetched(checked, "csv").status_code == 404
    assert not AuditEvent.objects.filter(kind="datawash.disclosed").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_says_what_the_page_says_under_the_marking(wash: Wash, kind: str) -> None:
    rows = cells_of(wash, kind)
    assert rows[0][0] == "OFFICIAL-SENSITIVE"
    heads = {row[0]: row[1] for row in rows if len(row) > 1}
    assert heads["Force"] == "West Midlands Police" and heads["Purpose"] == "Whom to refer"
    assert heads["Register as at"] and heads["Caveat"].startswith("This is not a decision.")
    found = {row[0]: row[4:6] for row in rows if row[:1] in (["R1"], ["R2"], ["R3"])}
    assert found == {
        "R1": ["exact", "no leave"],
        "R2": ["probable", "undetermined"],
        "R3": ["no trace", "undetermined"],
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_starts_a_formula(kind: str) -> None:
    """A name may start with a minus: it comes in, and goes out as text."""
    wash = a_washed_list(f"{HEAD}\n%1,-Gurishti,|Ardit,1985-07-31,,,,,,,,\n")
    cells = [cell for row in cells_of(wash, kind) for cell in row]
    assert "'-Gurishti" in cells and "'|Ardit" in cells and "'%1" in cells
    assert [cell for cell in cells if cell.strip().startswith(FORMULA_LEADS)] == []


def test_the_file_is_named_and_kept_by_nobody(wash: Wash) -> None:
    answer = fetched(wash, "xlsx")
    assert answer["Content-Disposition"] == (
        f'attachment; filename="official-sensitive-data-wash-west-midlands-police-2026-11-16-report-{wash.pk}.xlsx"'
    )
    assert answer["Cache-Control"] == "no-store"


def test_a_stale_report_says_so_on_the_page_and_in_the_file(wash: Wash) -> None:
    wash.move("go_stale", by=None, now=NOON + timedelta(days=40))
    assert "This report is out of date. Wash the list again" in read(wash)
    assert ["Out of date", "Wash the list again before you rely on it."] in [
        row[:2] for row in cells_of(wash, "csv")
    ]


def test_a_parked_list_shows_its_sentence_and_can_be_washed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wash = a_checked_wash(LIST)
    Wash.objects.filter(pk=wash.pk).update(state="queued")
    Wash.objects.filter(pk=wash.pk).update(
        state="washing", lease_token="6c5d1a9e-2f57-4a9c-9d0c-2f0f5f0a7d11", lease_ends_at=NOON
    )
    Wash.objects.filter(pk=wash.pk).update(
        state="parked", lease_token=None, lease_ends_at=None, failure="Washing failed 3 times."
    )
    page = read(wash)
    assert "Washing failed 3 times." in page and "Wash this list" in page and "Discard" in page


def test_the_office_reads_the_report_but_is_offered_no_act_of_the_forces(wash: Wash) -> None:
    page = read(wash, by=a_user(Role.MANAGER))
    assert shown(page) == {"R1", "R2", "R3"}
    assert "Start a referral" not in page and "Check in the matrix" not in page

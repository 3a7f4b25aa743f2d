"""What is wrong with a row is named by its own reference, linked, and comes back as a list to mend and send again."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.exports import FORMULA_LEADS, bare_cell, safe_cell
from referrals.datawash import actions
from referrals.datawash.models import Wash
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import (
    EXACT,
    HEAD,
    a_checked_wash,
    a_register,
    a_washed_list,
)

pytestmark = pytest.mark.django_db
WRONG = (
    "K7,Adebayo,Tunde,31/02/1985,M,Nigerian,,,,=A1+1,,",
    'K8,"Ruiz, Marta",,never,F,,,,,-Marta,,"SW1A 1AA"',
    ",Costa,Ana,1990,,,,,,,,",
)
BAD_LIST = "\n".join([HEAD, EXACT, *WRONG]) + "\n"


def a_client(wash: Wash) -> Client:
    client = Client()
    client.force_login(wash.uploaded_by)
    return client


def downloaded(wash: Wash, kind: str = "csv") -> bytes:
    answer = a_client(wash).get(reverse("datawash:rejected", args=[wash.pk, kind]))
    assert "official-sensitive" in answer["Content-Disposition"] and answer.status_code == 200
    return answer.content


def test_each_fault_carries_the_rows_own_reference_and_is_linked_from_the_summary() -> None:
    wash = a_checked_wash(BAD_LIST)
    page = a_client(wash).get(reverse("datawash:detail", args=[wash.pk])).content.decode()
    assert "<title>Error: " in page and "There is a problem" in page
    assert '<a href="#line-3">K7, line 3: dob is no day of the calendar.' in page
    assert '<a href="#line-5">Line 5: force_row_ref is empty.' in page
    assert all(f'id="line-{line}"' in page for line in (3, 4, 5)) and 'id="line-2"' not in page


def test_many_faults_are_linked_as_far_as_anybody_reads() -> None:
    rows = [f"B{at},Nobody,,never,,,,,,,," for at in range(30)]
    wash = a_checked_wash("\n".join([HEAD, *rows]))
    page = a_client(wash).get(reverse("datawash:detail", args=[wash.pk])).content.decode()
    assert page.count('<a href="#line-') == 10 and '<a href="#found">20 more rows below</a>' in page


def test_the_rejected_rows_come_back_as_they_were_written_with_what_is_wrong() -> None:
    wash = a_checked_wash(BAD_LIST)
    lines = list(csv.reader(io.StringIO(downloaded(wash).decode("utf-8-sig"))))
    assert lines[0][0] == "OFFICIAL-SENSITIVE"
    head = next(at for at, line in enumerate(lines) if line and line[0] == "force_row_ref")
    found = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert [each["force_row_ref"] for each in found] == ["K7", "K8", ""]
    assert (found[0]["dob"], found[1]["surname"], found[1]["postcode"]) == (
        "31/02/1985",
        "Ruiz, Marta",
        "SW1A 1AA",
    )
    assert found[0]["fault"].startswith("Line 3: dob is no day") and "R1" not in str(found)
    entry = AuditEvent.objects.filter(kind="datawash.disclosed").latest("pk")
    assert entry.detail == {"format": "csv", "rows": "rejected"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_the_rejected_rows_is_a_formula(kind: str) -> None:
    content = downloaded(a_checked_wash(BAD_LIST), kind)
    if kind == "csv":
        cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in line]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for line in sheet for cell in line} <= {"s", "n"}
        cells = [str(cell.value or "") for line in sheet for cell in line]
    assert "'=A1+1" in cells and not [cell for cell in cells if cell.startswith(FORMULA_LEADS)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_mended_and_sent_again_they_are_accepted_and_nothing_is_asked(kind: str) -> None:
    wash = a_checked_wash(BAD_LIST)
    content = downloaded(wash, kind)
    mends = (("31/02/1985", "28/02/1985"), ("never", "1991"), ("'=A1+1", "Tunde A"))
    if kind == "csv":
        text = content.decode()
        for wrong, right in mends:
            text = text.replace(wrong, right)
        mended = text.encode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        for cell in [cell for line in book.active for cell in line]:
            cell.value = dict(mends).get(str(cell.value), cell.value)
        written = io.BytesIO()
        book.save(written)
        mended = written.getvalue()
    again = a_checked_wash(mended, name=f"mended.{kind}")
    assert [(row.force_row_ref, row.dob, row.aliases) for row in again.rows.order_by("number")] == [
        ("K7", "1985-02-28", "Tunde A"),
        ("K8", "1991", "-Marta"),
    ]
    assert again.questions == {} and again.file is None and again.rejected == 1


def test_what_was_made_safe_comes_back_as_it_was() -> None:
    for text in ("-Marta", "=1", "'Abd", "O'Neill", "", "@x", "plain", "'"):
        assert bare_cell(str(safe_cell(text))) == text


def test_the_rejected_rows_can_be_mended_after_the_wash_until_the_agreed_days_are_over() -> None:
    a_register()
    wash = a_washed_list(BAD_LIST)
    page = a_client(wash).get(reverse("datawash:detail", args=[wash.pk])).content.decode()
    assert "Download all 3 as a list" in page and b"K7" in downloaded(wash)
    actions.purge(now=NOON + timedelta(days=15))
    assert not wash.remarks.exists()
    answer = a_client(wash).get(reverse("datawash:rejected", args=[wash.pk, "csv"]))
    assert answer.status_code == 404


def test_nobody_but_the_force_downloads_them() -> None:
    wash = a_checked_wash(BAD_LIST)
    for role, force, status in (
        (Role.POLICE_OFFICER, a_force("06"), 404),
        (Role.REFERRALS_OFFICER, None, 403),
        (Role.CASE_OWNER, None, 404),
    ):
        client = Client()
        client.force_login(a_user(role, force=force) if force else a_user(role))
        assert client.get(reverse("datawash:rejected", args=[wash.pk, "csv"])).status_code == status

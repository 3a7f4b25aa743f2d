"""The queue as a file: the rows of the page, all of them, in its order, and no formula among them."""

import csv
import io
import zipfile
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.desk import exports
from referrals.models import Referral
from referrals.queue import SORTS
from referrals.queue.listing import in_order
from tests.builders import a_force, a_user, in_triage, with_a_question
from tests.referrals.croydon import as_role, sent, signed_in

pytestmark = pytest.mark.django_db
EXPORT = "/referrals/queue/export/"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture
def officer() -> User:
    return a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Brandt")


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def of_xlsx(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content))["List"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def of_ods(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert packed.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        for name in ("styles.xml", "META-INF/manifest.xml"):
            ElementTree.fromstring(packed.read(name))  # noqa: S314  (a file of our own)
        root = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314
    assert not [each for each in root.iter() if f"{TABLE}formula" in each.attrib]
    return [
        ["\n".join("".join(line.itertext()) for line in cell) for cell in row]
        for row in root.iter(f"{TABLE}table-row")
    ]


SORTS_OF = {
    "clock": SORTS["clock"],
    "force": SORTS["force"],
    "-age": ["submitted_at"],
    "-name": ["-surname", "-forenames"],
}
READ = {"csv": of_csv, "xlsx": of_xlsx, "ods": of_ods}
per_kind = pytest.mark.parametrize("kind", READ)


def rows_of(client: Client, kind: str, query: str = "") -> list[list[str]]:
    response = client.get(f"{EXPORT}{kind}/{query}")
    assert response.status_code == 200
    name = f"official-sensitive-triage-queue-{timezone.localdate()}.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    return READ[kind](response.getvalue())


@per_kind
def test_it_holds_what_the_page_shows_under_its_filters(desk: Client, kind: str) -> None:
    sent(by=a_user(Role.POLICE_OFFICER, force=a_force("05")))
    shown = [sent(surname=name).reference for name in ("Brook", "Ashgrove")]
    rows = rows_of(desk, kind, "?force=20&sort=name")
    assert rows[0][0].startswith("OFFICIAL-SENSITIVE")
    assert "Triage queue: Force: West Midlands Police" in rows[1][0]
    assert rows[4][:3] == ["Referral", "Subject", "Force"]
    assert [row[0] for row in rows[5:]] == shown[::-1]
    assert [row[1] for row in rows[5:]] == ["ASHGROVE, Teodor", "BROOK, Teodor"]


@per_kind
def test_nothing_in_it_is_a_formula(desk: Client, kind: str) -> None:
    sent(surname="=cmd|' /C calc'!A0", forenames='<b>& "Q"')
    (row,) = rows_of(desk, kind)[5:]
    assert row[1] == "'=CMD|' /C CALC'!A0, <b>& \"Q\""


@per_kind
def test_a_search_counts_too(desk: Client, kind: str) -> None:
    wanted = sent(surname="Quillfeather")
    sent()
    find = desk.post("/referrals/queue/", {"words": "quillfeather"}).url.partition("?")[2]
    assert [row[0] for row in rows_of(desk, kind, f"?{find}")[5:]] == [wanted.reference]


def test_clocks_and_what_is_missing_are_in_it(desk: Client, officer: User) -> None:
    began = datetime.now(tz=timezone.get_default_timezone())
    asked = with_a_question(officer=officer, now=began, due_on=began.date(), immigration_status="unknown")
    rows = rows_of(desk, "csv")
    line = dict(zip(rows[4], rows[5], strict=True))
    assert line["Held by"] == "Ottoline Brandt" and line["State"] == "Information requested"
    assert line["Local target: working days left"] == "10"
    assert line["Paused while the force is asked"] == "Yes"
    assert line["Missing"] == f"answer from the force, due {began:%-d %B}; immigration status"
    assert line["Referral"] == asked.reference


def test_it_is_recorded_with_every_referral_in_it(desk: Client, officer: User) -> None:
    referrals = [sent(), in_triage()]
    rows_of(desk, "ods")
    entry = AuditEvent.objects.get(kind="referral.exported")
    assert (entry.by_id, entry.detail) == (officer.pk, {"format": "ods", "filters": ""})
    assert set(entry.subjects) == {each.pk for each in referrals} and entry.request_id


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_too_many_for_a_file_that_is_made_whole_are_refused(
    desk: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    sent()
    monkeypatch.setattr("referrals.desk.views.export.MOST", 0)
    response = desk.get(f"{EXPORT}{kind}/")
    assert response.status_code == 409 and "Filter the queue first, or take a CSV." in response.text
    assert exports.MOST == 5000


@pytest.mark.parametrize("sort", ["clock", "-age", "force", "-name"])
def test_a_csv_of_everything_is_streamed_and_written_down_once(
    desk: Client, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    """However many they are: each row once and in the page's order, two at a time in memory."""
    monkeypatch.setattr("referrals.desk.views.export.MOST", 3)
    monkeypatch.setattr("referrals.desk.views.export.AT_ONCE", 2)
    made = [sent(surname=name) for name in ("Brook", "Ash", "Cole", "Dunn", "Ash")]
    response = desk.get(f"{EXPORT}csv/?sort={sort}&channel=standard")
    assert response.streaming
    with CaptureQueriesContext(connection) as asked:
        rows = of_csv(response.getvalue())[5:]
    whole = [each.reference for each in in_order(Referral.objects.all(), SORTS_OF[sort])]
    assert [row[0] for row in rows] == whole and len(rows) == 5
    assert sum(one["sql"].endswith("LIMIT 2") for one in asked) == 3  # two, two, one
    entry = AuditEvent.objects.get(kind="referral.exported")
    assert entry.subjects == [] and entry.detail["up_to"] == max(each.pk for each in made)
    assert "channel=standard" in entry.detail["filters"]


def test_who_may_and_which(desk: Client) -> None:
    assert desk.get(f"{EXPORT}exe/").status_code == 404
    for role in set(Role) - {Role.REFERRALS_OFFICER, Role.MANAGER}:
        assert as_role(role).get(f"{EXPORT}csv/").status_code == 403

"""A list comes in: checked at once, counted to the last row, once however often it is sent."""

import io
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import StoredFile
from nexus.documents.places import path_of
from nexus.documents.scanning import EICAR
from nexus.refusals import Refused
from referrals.datawash import actions
from referrals.datawash.actions import reading
from referrals.datawash.linkage.checking import Listed
from referrals.datawash.linkage.files import LARGEST, OPTIONAL, REQUIRED
from referrals.datawash.models import Wash, WashRow
from referrals.datawash.states import State
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import (
    EXACT,
    HEAD,
    LIST,
    NOBODY,
    a_checked_wash,
    a_file,
    a_queued_wash,
    a_washed_list,
    an_agreement,
)

pytestmark = pytest.mark.django_db
BAD = "R9,Nobody,,,,,,,,,,"


@pytest.fixture
def client() -> Client:
    """An officer of a force with an agreement."""
    an_agreement(now=timezone.now())
    client = Client()
    client.force_login(a_user(Role.POLICE_OFFICER))
    return client


def send(
    client: Client,
    content: str | bytes = LIST,
    name: str = "custody.csv",
    purpose: str = "To find whom to refer",
) -> Any:
    """Uploaded, and read as a worker would."""
    answer = client.post(reverse("datawash:upload"), {"purpose": purpose, "file": a_file(content, name)})
    for wash in Wash.objects.filter(state=State.RECEIVED):
        actions.read(wash_id=wash.pk, clock=timezone.now)
    return answer


def test_a_list_is_read_by_a_worker_and_its_rows_are_kept(client: Client) -> None:
    answer = send(client)
    wash = Wash.objects.get()
    assert answer["Location"] == reverse("datawash:detail", args=[wash.pk])
    assert (wash.state, wash.read, wash.accepted, wash.rejected) == (State.CHECKED, 3, 3, 0)
    row = WashRow.objects.get(force_row_ref="R1")
    assert (row.surname, row.dob, row.pnc_id, row.aliases) == (
        "Gurishti", "1985-07-31", "1999/0123456X", "Gurisht Ardi;Ardit G",
    )  # fmt: skip
    page = client.get(answer["Location"]).content.decode()
    assert (
        "Your list has been uploaded and is being read" in page
        and "Wash this list" in page
        and "Discard" in page
    )
    assert AuditEvent.objects.get(kind="datawash.uploaded").reason == "To find whom to refer"
    assert AuditEvent.objects.get(kind="datawash.checked").detail == {"read": 3, "accepted": 3, "rejected": 0}


def test_a_workbook_is_read_like_a_csv(client: Client) -> None:
    book = openpyxl.Workbook()
    for line in LIST.splitlines():
        book.active.append(line.split(","))
    written = io.BytesIO()
    book.save(written)
    assert send(client, written.getvalue(), "custody.xlsx").status_code == 302
    assert Wash.objects.get().accepted == 3


def test_rows_reconcile_and_each_rejection_has_its_line_and_reason(client: Client) -> None:
    repeated, wrong = EXACT.replace("R1", "R4"), "R5,Name,A,1980-01-01,,,20/9Z,,,,,"
    page = client.get(
        send(client, "\n".join([HEAD, EXACT, BAD, repeated, wrong]))["Location"]
    ).content.decode()
    wash = Wash.objects.get()
    assert (wash.read, wash.accepted, wash.rejected) == (4, 3, 1)
    assert list(wash.remarks.values_list("line", "kind", "text")) == [
        (3, "rejected", "dob is empty."),
        (4, "repeated", "it repeats line 2."),
        (5, "remark", "pnc_id is not valid and was left out."),
    ]
    for words in ("Dob is empty.", "It repeats line 2.", "Pnc_id is not valid and was left out."):
        assert words in page


def test_many_rejections_are_paged_in_constant_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    lines = [HEAD, EXACT, *(BAD.replace("R9", f"B{at}") for at in range(120))]
    where = send(client, "\n".join(lines))["Location"]
    with django_assert_max_num_queries(16):
        page = client.get(where).content.decode()
    assert "Showing 1 to 50 of 120" in page and "?after=" in page


def test_a_list_without_one_good_row_says_so_and_cannot_be_washed(client: Client) -> None:
    page = client.get(send(client, f"{HEAD}\n{BAD}\n")["Location"]).content.decode()
    assert "No row of this list can be washed" in page and "Wash this list" not in page
    wash = Wash.objects.get()
    with pytest.raises(Refused, match="Correct the list"):
        actions.queue(wash_id=wash.pk, by=wash.uploaded_by, now=timezone.now())


def test_the_same_file_leads_to_the_same_wash_with_a_sentence(client: Client) -> None:
    first = send(client)["Location"]
    again = send(client, name="another name.csv", purpose="Again")
    assert again["Location"] == first
    assert b"This file has already been uploaded" in client.get(first).content
    assert Wash.objects.count() == 1


def test_the_same_file_may_come_again_after_it_was_discarded_or_went_stale(client: Client) -> None:
    send(client)
    wash = Wash.objects.get()
    actions.discard(wash_id=wash.pk, by=wash.uploaded_by, now=timezone.now())
    send(client)
    assert Wash.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_the_same_moment_makes_one() -> None:
    an_agreement()
    officers = [a_user(Role.POLICE_OFFICER) for _ in range(4)]
    together = threading.Barrier(4)

    def race(number: int) -> bool:
        together.wait()
        try:
            return actions.upload(by=officers[number], now=NOON, purpose="Whom", file=a_file()).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(race, range(4)))
    assert new.count(True) == 1
    assert Wash.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_without_a_running_agreement_the_page_says_what_to_do() -> None:
    agreement = an_agreement(
        starts_on=NOON.date() - timedelta(days=9), ends_on=NOON.date() - timedelta(days=2)
    )
    officer = a_user(Role.POLICE_OFFICER)
    client = Client()
    client.force_login(officer)
    for page in ("datawash:list", "datawash:upload"):
        text = client.get(reverse(page)).content.decode()
        assert "has no agreement for data-washes in force today" in text
        assert 'type="file"' not in text
    assert b"has no agreement" in send(client).content
    with pytest.raises(Refused, match="Ask your force lead"):
        actions.upload(by=officer, now=NOON, purpose="Whom", file=a_file())
    assert not agreement.washes.exists()


def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post(reverse("datawash:upload"), {"purpose": "To find whom to refer"}).content.decode()
    assert "Select the list" in answer and "To find whom to refer</textarea>" in answer
    assert "Enter what the list is for" in send(client, purpose=" ").content.decode()
    assert not Wash.objects.exists()


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes that unpacks to 150 MB."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<x/>" + b" " * 150_000_000)
    return written.getvalue()


def with_macros() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("xl/vbaProject.bin", b"\0" * 10)
    return written.getvalue()


# What the form finds at its field is 200; what is found in the content is said on the list’s own page.
HOSTILE = [
    ("100 MB", lambda: b"x" * 99_000_000, "list.csv", "smaller than 20 MB", 200),
    ("just too large", lambda: b"x" * (LARGEST + 1), "list.csv", "smaller than 20 MB", 200),
    ("empty", lambda: b"", "list.csv", "The selected file is empty", 200),
    ("one column", lambda: b"surname\nGurishti\n", "list.csv", "have no column", 302),
    ("wrong encoding", lambda: LIST.encode("utf-16-le"), "list.csv", "NUL characters", 302),
    ("a million columns", lambda: b"c," * 1_000_000, "list.csv", "longer than", 302),
    ("a zip bomb", bomb, "list.xlsx", "unpacks to more than", 302),
    ("macros", with_macros, "list.xlsx", "holds macros", 302),
    ("damaged", lambda: b"PK\x03\x04 no workbook", "list.xlsx", "damaged", 302),
    ("a virus", lambda: LIST.encode() + EICAR, "list.csv", "The virus check refused the file", 302),
    ("another kind", lambda: LIST.encode(), "list.pdf", "must be a CSV or XLSX file", 200),
    ("a program", lambda: LIST.encode(), "list.exe.csv", "two extensions", 200),
]


@pytest.mark.parametrize(
    ("make", "name", "sentence", "status"), [each[1:] for each in HOSTILE], ids=[each[0] for each in HOSTILE]
)
def test_a_hostile_file_is_refused_in_a_sentence_and_the_purpose_stays(
    client: Client, make: Any, name: str, sentence: str, status: int
) -> None:
    answer = send(client, make(), name)
    page = answer.content.decode()
    assert answer.status_code == status and not WashRow.objects.exists()
    if status == 200:
        assert (
            sentence in page and "There is a problem" in page and "To find whom to refer</textarea>" in page
        )
        assert not Wash.objects.exists()
        return
    wash, page = Wash.objects.get(), client.get(answer["Location"]).content.decode()
    assert wash.state == State.UNREADABLE and sentence in page and "Upload a corrected list" in page
    assert not wash.file and not StoredFile.objects.exists()
    assert client.post(reverse("datawash:queue", args=[wash.pk])).status_code == 409


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("=HYPERLINK(1)", "surname starts like a formula."), ("@SUM", "surname starts like a formula.")],
)
def test_a_formula_is_a_rejected_row(client: Client, cell: str, reason: str) -> None:
    send(client, f"{HEAD}\n{EXACT}\nR2,{cell},A,1980-01-01,,,,,,,,\n")
    assert Wash.objects.get().remarks.get().text == reason


def test_a_date_in_the_year_1_is_a_rejected_row(client: Client) -> None:
    send(client, f"{HEAD}\n{EXACT}\nR2,Name,A,0001-01-01,,,,,,,,\n")
    assert Wash.objects.get().remarks.get().text == "dob must lie between 1900 and today."


def test_a_request_that_no_form_sends_is_not_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nexus.documents.uploading.LARGEST_REQUEST", 1000)
    assert send(client, LIST * 10).status_code == 413
    assert not Wash.objects.exists()


def test_while_the_virus_check_does_not_answer_the_list_waits(client: Client, settings: Any) -> None:
    settings.NEXUS_SCANNER = "clamd://127.0.0.1:9"
    page = client.get(send(client)["Location"]).content.decode()
    assert "Waiting to be read" in page and not WashRow.objects.exists()
    settings.NEXUS_SCANNER = "builtin"
    assert actions.sweep(now=timezone.now()) == 1
    assert actions.read(wash_id=Wash.objects.get().pk, clock=timezone.now)
    assert Wash.objects.get().state == State.CHECKED


def test_discarding_takes_the_rows_and_keeps_the_counts() -> None:
    wash = a_checked_wash(f"{LIST}{BAD}\n")
    client = Client()
    client.force_login(wash.uploaded_by)
    assert client.post(reverse("datawash:discard", args=[wash.pk])).status_code == 302
    wash = Wash.objects.get()
    assert (wash.state, wash.accepted, wash.rejected) == (State.DISCARDED, 3, 1)
    assert not wash.rows.exists() and not wash.remarks.exists()
    assert AuditEvent.objects.get(kind="datawash.discarded").detail == {"rows": 3}
    assert (
        b"was discarded and its rows have been removed"
        in client.get(reverse("datawash:detail", args=[wash.pk])).content
    )
    assert client.post(reverse("datawash:queue", args=[wash.pk])).status_code == 409


def test_washing_waits_for_the_force_to_say_so_and_is_asked_for_once() -> None:
    wash = a_queued_wash()
    client = Client()
    client.force_login(wash.uploaded_by)
    page = client.get(reverse("datawash:detail", args=[wash.pk])).content.decode()
    assert (
        "Waiting to be washed" in page and 'data-refresh-after="2"' in page and 'http-equiv="refresh"' in page
    )
    assert (
        'http-equiv="refresh"'
        not in client.get(reverse("datawash:detail", args=[wash.pk]) + "?still=1").content.decode()
    )
    assert client.post(reverse("datawash:queue", args=[wash.pk])).status_code == 409
    assert client.post(reverse("datawash:discard", args=[wash.pk])).status_code == 409


def test_an_agreement_that_ended_meanwhile_washes_nothing() -> None:
    wash = a_checked_wash()
    with pytest.raises(Refused, match="no longer in force"):
        wash.agreement.ends_on = NOON.date()
        wash.agreement.save()
        actions.queue(wash_id=wash.pk, by=wash.uploaded_by, now=NOON + timedelta(days=1))


def test_another_force_and_other_roles() -> None:
    wash = a_checked_wash()
    with pytest.raises(Wash.DoesNotExist):
        actions.queue(wash_id=wash.pk, by=a_user(Role.POLICE_OFFICER, force=a_force("06")), now=NOON)
    for verb in (actions.queue, actions.discard):
        with pytest.raises(PermissionDenied):
            verb(wash_id=wash.pk, by=a_user(Role.MANAGER), now=NOON)
    with pytest.raises(PermissionDenied):
        actions.upload(by=a_user(Role.REFERRALS_OFFICER), now=NOON, purpose="Whom", file=a_file())


def test_the_list_shows_the_force_its_own_and_the_office_everybodys(
    django_assert_max_num_queries: Any,
) -> None:
    a_checked_wash(name="ours.csv")
    a_checked_wash(f"{HEAD}\n{NOBODY}\n", by=a_user(Role.FORCE_LEAD, force=a_force("06")), name="theirs.csv")
    for role, seen, unseen in (
        (Role.FORCE_LEAD, ["ours.csv"], ["theirs.csv"]),
        (Role.REFERRALS_OFFICER, ["ours.csv", "theirs.csv", "Greater Manchester Police"], []),
        (Role.MANAGER, ["ours.csv", "theirs.csv", "Agreements with forces"], []),
    ):
        client = Client()
        client.force_login(a_user(role))
        with django_assert_max_num_queries(13):
            page = client.get(reverse("datawash:list")).content.decode()
        assert all(words in page for words in seen) and not any(words in page for words in unseen)
    assert AuditEvent.objects.filter(kind="datawash.listed").count() == 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_what_the_upload_takes(client: Client, kind: str) -> None:
    made = client.get(reverse("datawash:template", args=[kind]))
    assert made["Content-Disposition"] == f'attachment; filename="data-wash-list.{kind}"'
    if kind == "csv":
        filled = made.content + b"R1,Gurishti,Ardit,31/07/1985\r\n"
    else:
        book = openpyxl.load_workbook(io.BytesIO(made.content))
        assert book.sheetnames == ["List", "Instructions"]
        assert {cell.value for cell in book["Instructions"]["A"]} >= {*REQUIRED, *OPTIONAL}
        book["List"].append(["R1", "Gurishti", "Ardit", "31/07/1985"])
        written = io.BytesIO()
        book.save(written)
        filled = written.getvalue()
    send(client, filled, f"filled.{kind}")
    assert (Wash.objects.get().accepted, Wash.objects.get().rejected) == (1, 0)


def test_the_pack_says_what_the_report_will_not_say(client: Client) -> None:
    page = client.get(reverse("datawash:pack")).content.decode()
    assert all(f"<code>{name}</code>" in page for name in (*REQUIRED, *OPTIONAL))
    assert "What the report will not say" in page and "never means “no leave”" in page


def test_a_washed_list_cannot_be_discarded() -> None:
    wash = a_washed_list()
    with pytest.raises(Refused, match="cannot be discarded"):
        actions.discard(wash_id=wash.pk, by=wash.uploaded_by, now=NOON)


def test_a_request_stores_the_list_and_opens_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web process hands the file on: whatever is in it, it is opened by a worker."""

    def opened(*given: Any, **named: Any) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("nexus.confined.running._told", opened)
    monkeypatch.setattr("nexus.documents.actions.verdict_on", opened)
    answer = client.post(reverse("datawash:upload"), {"purpose": "Whom", "file": a_file()})
    page = client.get(answer["Location"]).content.decode()
    assert "Waiting to be read" in page and 'data-refresh-after="2"' in page
    assert Wash.objects.get().state == State.RECEIVED
    with pytest.raises(AssertionError, match="opened"):  # sabotage: the worker does open it
        actions.read(wash_id=Wash.objects.get().pk, clock=timezone.now)


def test_reading_is_done_once_and_its_lease_can_be_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(reverse("datawash:upload"), {"purpose": "Whom", "file": a_file()})
    wash = Wash.objects.get()

    def overtaken(*given: Any, **named: Any) -> Any:
        """The worker is so slow that its lease ends and another takes the list."""
        late = timezone.now() + timedelta(days=1)
        assert actions.sweep(now=late) >= 1
        return Listed()

    monkeypatch.setattr("referrals.datawash.actions.reading.read_list", overtaken)
    assert not actions.read(wash_id=wash.pk, clock=timezone.now)
    wash.refresh_from_db()
    assert (wash.state, wash.attempts, wash.lease_token) == (State.RECEIVED, 1, None)
    monkeypatch.undo()
    assert actions.read(wash_id=wash.pk, clock=timezone.now)
    assert not actions.read(wash_id=wash.pk, clock=timezone.now)
    wash.refresh_from_db()
    assert (wash.state, wash.accepted, wash.file) == (State.CHECKED, 3, None)


def test_a_list_that_cannot_be_read_again_and_again_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any, **named: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("referrals.datawash.actions.reading.read_list", broken)
    where = send(client)["Location"]
    for _ in range(2):
        actions.read(wash_id=Wash.objects.get().pk, clock=timezone.now)
    assert "Reading failed 3 times. Upload the file again" in client.get(where).content.decode()
    assert Wash.objects.get().state == State.UNREADABLE


def test_progress_is_shown_while_a_list_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    kept = reading.keep_rows

    def looking(**given: Any) -> None:
        kept(**given)
        seen.append(client.get(reverse("datawash:detail", args=[given["wash_id"]])).content.decode())

    monkeypatch.setattr(reading, "keep_rows", looking)
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    send(client)
    assert ["2 of 3 rows done" in seen[0], "3 of 3 rows done" in seen[1]] == [True, True]
    assert all("Keeping the rows" in page for page in seen)


def test_the_file_is_erased_once_its_rows_are_kept(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(reverse("datawash:upload"), {"purpose": "Whom", "file": a_file()})
    place = path_of(StoredFile.objects.get().pk)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.read(wash_id=Wash.objects.get().pk, clock=timezone.now)
    assert not place.exists() and not StoredFile.objects.exists()

"""What a file leaves open is asked on the page of its check: which sheet, and what its own headings stand for."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import StoredFile
from nexus.documents.places import path_of
from nexus.refusals import Refused
from referrals.datawash import actions
from referrals.datawash.models import Agreement, Wash
from referrals.datawash.states import State
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import a_checked_wash, an_agreement
from tests.referrals.datawash.linkage.lists import HEADINGS, LIST, a_workbook, row, sheet

pytestmark = pytest.mark.django_db
OTHER = "force_row_ref,surname,forenames,dob,PNC No.,Sex/Gender,Remark\nA1,Okafor,Chidi,1988-03-09,99/123456X,M,tall\n"
FOREIGN = "Custody no,Family name,Given names,Born on\nA1,Okafor,Chidi,1988-03-09\n"
SECOND = sheet(row(1, *HEADINGS), row(2, "B1", "Demir", "Ayla", "1991-06-17"))


def page_of(wash: Wash) -> str:
    client = Client()
    client.force_login(wash.uploaded_by)
    return client.get(reverse("datawash:detail", args=[wash.pk])).content.decode()


def answered(wash: Wash, **answers: Any) -> Wash:
    actions.answer(wash_id=wash.pk, by=wash.uploaded_by, now=NOON, **answers)
    assert actions.read(wash_id=wash.pk, clock=lambda: NOON)
    return Wash.objects.get(pk=wash.pk)


def test_an_unknown_heading_is_listed_with_what_it_may_have_meant_and_mapped_on_the_check_page() -> None:
    wash = a_checked_wash(OTHER)
    page = page_of(wash)
    assert "The column “PNC No.” was not read: did you mean pnc_id?" in page
    assert "The column “Remark” was not read." in page and "Read the file again" in page
    assert page.count("<select") == 3 and '<option value="pnc_id" selected>' in page
    client = Client()
    client.force_login(wash.uploaded_by)
    answers = {"column_0": "pnc_id", "column_1": "sex", "column_2": ""}
    assert client.post(reverse("datawash:answer", args=[wash.pk]), answers).status_code == 302
    assert actions.read(wash_id=wash.pk, clock=timezone.now)
    wash = Wash.objects.get()
    kept = wash.rows.get()
    assert (kept.pnc_id, kept.sex, wash.state) == ("1999/0123456X", "M", State.CHECKED)
    assert "The column “PNC No.” was read as pnc_id." in page_of(wash)
    assert AuditEvent.objects.get(kind="datawash.answered").detail == {
        "sheet": False,
        "columns": ["pnc_id", "sex"],
    }


def test_what_was_said_of_a_heading_is_remembered_under_the_agreement_alone() -> None:
    wash = a_checked_wash(OTHER)
    answered(wash, columns={"pnc_no": "pnc_id", "sex_gender": "sex", "remark": ""})
    other = a_checked_wash(OTHER.replace("A1", "A2").replace("Remark", "Note"))
    assert other.rows.get().pnc_id == "1999/0123456X"
    assert "The column “Note” was not read." in other.about
    elsewhere = a_checked_wash(OTHER, by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert elsewhere.rows.get().pnc_id == ""
    answered(other, columns={"pnc_no": "", "sex_gender": "sex", "note": ""})
    assert Agreement.objects.get(pk=wash.agreement_id).columns["pnc_no"] == ""
    assert a_checked_wash(OTHER.replace("A1", "A3")).rows.get().pnc_id == ""


def test_a_column_under_its_own_name_is_never_read_from_another_heading() -> None:
    answered(a_checked_wash(OTHER), columns={"pnc_no": "pnc_id"})
    both = a_checked_wash(
        "force_row_ref,surname,forenames,dob,pnc_id,PNC No.\nA5,Okafor,Chidi,1988-03-09,20/9N,99/123456X\n"
    )
    assert both.rows.get().pnc_id == "2020/0000009N"
    assert "The column “PNC No.” was not read." in both.about


def test_a_list_with_headings_of_its_own_is_asked_about_and_read() -> None:
    wash = a_checked_wash(FOREIGN)
    assert wash.state == State.ASKED and not wash.rows.exists()
    page = page_of(wash)
    assert "The list cannot be read yet" in page and "family_name: did you mean surname?" in page
    assert "Wash this list" not in page and "Discard the list" in page
    with pytest.raises(Refused, match="cannot be"):
        actions.queue(wash_id=wash.pk, by=wash.uploaded_by, now=NOON)
    columns = {
        "custody_no": "force_row_ref",
        "family_name": "surname",
        "given_names": "forenames",
        "born_on": "dob",
    }
    kept = answered(wash, columns=columns).rows.get()
    assert (kept.force_row_ref, kept.surname, kept.dob) == ("A1", "Okafor", "1988-03-09")


def test_several_sheets_with_the_headings_are_a_question_and_the_answer_can_be_changed() -> None:
    wash = a_checked_wash(a_workbook({"March": LIST, "April": SECOND}), name="custody.xlsx")
    assert wash.state == State.ASKED
    page = page_of(wash)
    assert "Several sheets have the headings: “March”, “April”." in page
    assert "Which sheet is the list?" in page and page.count('type="radio"') == 2 and "checked" not in page
    client = Client()
    client.force_login(wash.uploaded_by)
    blank = client.post(reverse("datawash:answer", args=[wash.pk]), {})
    assert "Select the sheet that is the list" in blank.content.decode()
    wash = answered(wash, sheet="April")
    assert wash.rows.get().force_row_ref == "B1"
    assert "Columns read from the sheet “April”: force_row_ref, surname, forenames, dob." in wash.about
    assert "Other sheets were not read: March." in wash.about
    assert answered(wash, sheet="March").rows.get().force_row_ref == "R1"


def test_two_headings_are_never_one_column_and_nothing_else_is_taken() -> None:
    wash = a_checked_wash(OTHER)
    for columns, sentence in (
        ({"pnc_no": "cro", "remark": "cro"}, "Only one heading can be cro"),
        ({"pnc_no": "wash_id"}, "Choose for each heading"),
        ({"surname": "dob"}, "Choose for each heading"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.answer(wash_id=wash.pk, by=wash.uploaded_by, now=NOON, columns=columns)
    assert Agreement.objects.get().columns == {}


@pytest.mark.parametrize("verb", ["queue", "discard"])
def test_the_file_waits_for_an_answer_and_not_longer(
    verb: str, django_capture_on_commit_callbacks: Any
) -> None:
    wash = a_checked_wash(OTHER)
    place = path_of(StoredFile.objects.get().pk)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        getattr(actions, verb)(wash_id=wash.pk, by=wash.uploaded_by, now=NOON)
    assert not place.exists() and not StoredFile.objects.exists()
    with pytest.raises(Refused):
        actions.answer(wash_id=wash.pk, by=wash.uploaded_by, now=NOON, columns={})


def test_a_list_that_nobody_answers_about_is_purged_with_its_file() -> None:
    wash = a_checked_wash(FOREIGN)
    actions.purge(now=NOON + timedelta(days=15))
    wash.refresh_from_db()
    assert (wash.state, wash.questions, wash.about, wash.file) == (State.DISCARDED, {}, [], None)
    assert not StoredFile.objects.exists()


def test_nothing_is_open_about_a_list_in_the_templates_words() -> None:
    wash = a_checked_wash()
    assert "Read the file again" not in page_of(wash) and wash.file is None
    with pytest.raises(Refused, match="Nothing is open"):
        actions.answer(wash_id=wash.pk, by=wash.uploaded_by, now=NOON, columns={})


def test_who_may_not_answer() -> None:
    wash = a_checked_wash(OTHER)
    with pytest.raises(Wash.DoesNotExist):
        actions.answer(wash_id=wash.pk, by=a_user(Role.POLICE_OFFICER, force=a_force("06")), now=NOON)
    with pytest.raises(PermissionDenied):
        actions.answer(wash_id=wash.pk, by=a_user(Role.REFERRALS_OFFICER), now=NOON)


def test_columns_without_a_heading_are_said() -> None:
    an_agreement()
    wash = a_checked_wash("force_row_ref,surname,forenames,dob,,\nA1,Okafor,Chidi,1988-03-09,seen,\n")
    assert "Column 5 of the file: without a heading, so not read." in wash.about

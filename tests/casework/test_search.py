"""Notes and documents are found by their words, as far as the reader may see them."""

import base64
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import actions
from casework.models import Case
from casework.searching import Piece, found_by, pieces
from nexus.accounts.roles import CASEWORK_ROLES, Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from nexus.documents.reading import Unreadable
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.nexus.documents.test_reading import a_docx, a_pdf

reading = import_module("casework.actions.read_documents")
pytestmark = pytest.mark.django_db
# The smallest picture.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LATER = NOON + timedelta(days=1)


def note(case: Case, text: str = "Read this.", **values: Any) -> Any:
    return actions.add_note(case_id=case.pk, by=case.case_owner, now=LATER, text=text, **values)


def a_document(case: Case, name: str, content: bytes, description: str) -> None:
    actions.add_document(
        case_id=case.pk,
        by=case.case_owner,
        now=LATER,
        upload=SimpleUploadedFile(name, content),
        description=description,
        marking="official",
        disclosable=False,
    )


def test_notes_descriptions_and_clean_text_files_are_found() -> None:
    case = an_assigned_case()
    by = case.case_owner
    assert by
    note(case, "The landlord saw the lorries leave.")
    a_document(case, "statement.txt", b"A lorry was parked outside.", "Statement of the landlord")
    assert [row.kind for row in found_by("lorry", by=by)] == ["note"]
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=LATER)
    assert {row.kind for row in found_by("lorry", by=by)} == {"note", "file"}
    assert {row.kind for row in found_by("landlord", by=by)} == {"note", "document"}
    assert {row.kind for row in found_by("landlord -lorry", by=by)} == {"document"}
    assert {row.kind for row in found_by('"landlord saw" or parked', by=by)} == {"note", "file"}


def test_the_words_inside_word_and_pdf_documents_are_found_once_they_are_clean() -> None:
    case = an_assigned_case()
    by = case.case_owner
    assert by
    body = "<w:p><w:r><w:t>The tenancy began in Walsall.</w:t></w:r></w:p>"
    a_document(case, "tenancy.docx", a_docx(body=body), "Letter")
    a_document(case, "certificate.pdf", a_pdf(), "Certificate")
    a_document(case, "photograph.png", base64.b64decode(DOT), "Photograph")
    assert actions.read_documents(now=LATER) == 0, "nothing is read before it is checked"
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=LATER)
    assert actions.read_documents(now=LATER) == 3
    assert actions.read_documents(now=LATER) == 0
    found = found_by("tenancies walsall", by=by).get()
    assert (found.kind, found.case) == ("file", case)
    assert "".join(piece.text for piece in pieces(found.snippet)) == "The tenancy began in Walsall."
    assert case.documents.exclude(text="").count() == 2


def test_what_takes_too_long_is_read_again_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    case = an_assigned_case()
    a_document(case, "tenancy.docx", a_docx(), "Letter")
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=LATER)

    def faulty(fault: str) -> None:
        def text_in(*_: object) -> str:
            raise Unreadable(fault)

        monkeypatch.setattr(reading, "text_in", text_in)

    faulty("slow")
    assert actions.read_documents(now=LATER) == 0
    assert actions.read_documents(now=LATER + timedelta(minutes=11)) == 1
    case.documents.update(read_at=None)
    faulty("damaged")
    assert actions.read_documents(now=LATER) == 1


@pytest.mark.parametrize("role", sorted(Role))
def test_only_who_sees_the_case_finds_anything(role: Role) -> None:
    note(an_assigned_case(), "The lorry left.")
    reads = role in CASEWORK_ROLES | {Role.REFERRALS_OFFICER}
    assert found_by("lorry", by=a_user(role)).exists() is reads


def test_the_snippet_is_escaped_and_the_words_stay_out_of_the_address() -> None:
    case = an_assigned_case()
    note(case, "<script>alert(1)</script> the lorry & the van")
    client = signed_in(case.case_owner)
    answer = client.post(reverse("casework:search"), {"words": "lorry"})
    assert "lorry" not in answer.url
    page = client.get(answer.url).text
    assert "<mark>lorry</mark>" in page
    assert "&amp; the van" in page and "<script>alert" not in page
    assert AuditEvent.objects.get(kind="case.searched").subjects == [case.pk]
    assert "Your search has expired" in signed_in(a_user(Role.MANAGER)).get(answer.url).text


def test_a_snippet_is_cut_at_its_marks() -> None:
    assert pieces("a \ue000b\ue001 c\ue001") == [Piece("a ", False), Piece("b", True), Piece(" c", False)]

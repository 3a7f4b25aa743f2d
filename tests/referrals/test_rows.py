"""Other names, nationalities, conduct events and documents: add another, change, remove."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.accounts.roles import Role
from nexus.documents import actions as documents
from nexus.documents.models import StoredFile
from nexus.documents.places import path_of
from nexus.documents.scanning import EICAR
from referrals import actions
from referrals.models import Alias, Attachment, ConductEvent, Nationality, Referral
from tests.builders import NOON, a_draft, a_force, a_submitted, a_user
from tests.nexus.documents.test_kinds import DOCX, EXE, PDF
from tests.referrals.station import audited, path, signed_in, words

pytestmark = pytest.mark.django_db

EVENT = {
    "kind": "conviction",
    "part": "convicted",
    "offence": "Robbery",
    "country": "GBR",
    "grounding": "fact",
    "offence_on-day": "1",
    "offence_on-month": "2",
    "offence_on-year": "2025",
}
DOCUMENT = {"description": "Summary of four incidents", "marking": "official_sensitive", "disclosable": "yes"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def document(name: str = "summary.pdf", content: bytes = PDF) -> dict[str, Any]:
    return {**DOCUMENT, "file": SimpleUploadedFile(name, content)}


def an_event(referral: Referral, **values: Any) -> ConductEvent:
    row = actions.add_row(
        referral_id=referral.pk, by=referral.created_by, now=NOON, kind="conduct",
        values={"kind": "conviction", "part": "convicted", "offence": "Robbery", "grounding": "fact", **values},
    )  # fmt: skip
    assert isinstance(row, ConductEvent)
    return row


# Add


@pytest.mark.parametrize(
    ("kind", "sent", "shown"),
    [
        ("alias", {"name": "Teo Zelman"}, "Teo Zelman"),
        ("nationality", {"code": "RKS", "source": "document"}, "Kosovo"),
        ("nationality", {"code": "XXA", "source": "claimed"}, "Stateless person"),
        ("conduct", {**EVENT, "kind": "caution", "part": "suspect"}, "Caution"),
    ],
)
def test_a_row_is_added_listed_and_recorded(kind: str, sent: dict[str, str], shown: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("row_add", referral, kind), sent, follow=True))
    assert shown in page and "has been added" in page
    once_more = {
        "alias": "Add another name",
        "nationality": "Add another nationality",
        "conduct": "Add this event",
    }
    assert once_more[kind] in page
    assert audited(f"referral.{kind}_added", subject_id=str(referral.pk), by_id=officer.pk) == 1


def test_a_conviction_goes_on_to_its_dates_and_sentence() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(path("row_add", referral, "conduct"), EVENT)
    event = ConductEvent.objects.get()
    assert response.headers["Location"] == path("conviction", referral, event.pk)
    client.post(
        path("conviction", referral, event.pk),
        {"convicted_on-day": "3", "convicted_on-month": "4", "convicted_on-year": "2025",
         "sentence_type": "custodial", "sentence_months": "14", "standing": "stands"},
    )  # fmt: skip
    event.refresh_from_db()
    assert (event.convicted_on, event.sentence_type, event.sentence_months) == (
        date(2025, 4, 3),
        "custodial",
        14,
    )
    page = words(client.get(path("section", referral, "conduct")))
    assert "3 Apr 2025" in page and "Custodial, immediate" in page and "Robbery" in page


def test_a_victim_is_plainly_not_counted() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    sent = {**EVENT, "kind": "pending_charge", "part": "victim"}
    page = words(client.post(path("row_add", referral, "conduct"), sent, follow=True))
    assert "The subject is the victim: never counted as offending." in page


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("alias", {"name": ""}, "Enter the other name"),
        ("alias", {"name": "x" * 241}, "240 characters or fewer"),
        ("nationality", {"code": "", "source": "claimed"}, "Select the nationality"),
        ("nationality", {"code": "ZZZ", "source": "claimed"}, "from the list"),
        ("nationality", {"code": "POL"}, "Select how the nationality is known"),
        ("conduct", {**EVENT, "kind": ""}, "Select the kind of event"),
        ("conduct", {**EVENT, "part": ""}, "Select the subject’s part"),
        ("conduct", {**EVENT, "offence": " "}, "Enter the offence or conduct"),
        ("conduct", {**EVENT, "grounding": ""}, "Select whether it is fact or assessment"),
        ("conduct", {**EVENT, "part": "suspect"}, "select convicted person, victim or witness"),
        ("conduct", {**EVENT, "kind": "acquittal"}, "only for a conviction"),
        (
            "conduct",
            {**EVENT, "kind": "overseas_conviction"},
            "Select the country of the overseas conviction",
        ),
        ("conduct", {**EVENT, "country": "FRA"}, "Conviction overseas"),
        ("conduct", {**EVENT, "offence_on-year": "2099"}, "must be today or in the past"),
    ],
)
def test_a_row_that_cannot_be(kind: str, changes: dict[str, str], sentence: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(path("row_add", referral, kind), changes)
    assert response.status_code == 200 and sentence in words(response)
    assert not (Alias.objects.exists() or Nationality.objects.exists() or ConductEvent.objects.exists())


def test_a_nationality_stands_once() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    sent = {"code": "POL", "source": "claimed"}
    client.post(path("row_add", referral, "nationality"), sent)
    assert "has already been added" in words(client.post(path("row_add", referral, "nationality"), sent))
    client.post(path("row_add", referral, "nationality"), {**sent, "code": "UKR"})
    second = Nationality.objects.get(code="UKR")
    page = words(client.post(path("row_change", referral, "nationality", second.pk), sent))
    assert "has already been added" in page
    assert Nationality.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"convicted_on-year": "2024"}, "on or after the date of the offence"),
        ({"sentenced_on-day": "1", "sentenced_on-month": "3", "sentenced_on-year": "2025"}, "on or after the date of conviction"),
        ({"sentence_months": "12", "sentence_type": "non_custodial"}, "only for a custodial sentence"),
        ({"sentence_months": "12"}, "only for a custodial sentence"),
        ({"sentence_months": "0", "sentence_type": "custodial"}, "1 or more"),
        ({"standing": ""}, "Select whether the conviction stands"),
    ],
)  # fmt: skip
def test_a_conviction_that_cannot_be(sent: dict[str, str], sentence: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    event = an_event(referral, offence_on=date(2025, 2, 1))
    right = {
        "convicted_on-day": "3",
        "convicted_on-month": "4",
        "convicted_on-year": "2025",
        "standing": "stands",
    }
    assert sentence in words(client.post(path("conviction", referral, event.pk), {**right, **sent}))
    event.refresh_from_db()
    assert event.convicted_on is None


# Change


def test_a_row_is_changed_and_recorded() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    event = an_event(referral, kind="caution", part="suspect")
    assert 'value="Robbery"' in words(client.get(path("row_change", referral, "conduct", event.pk)))
    client.post(
        path("row_change", referral, "conduct", event.pk),
        {**EVENT, "kind": "caution", "part": "suspect", "offence": "Affray"},
    )
    event.refresh_from_db()
    assert event.offence == "Affray"
    assert audited("referral.conduct_changed", subject_id=str(referral.pk)) == 1


def test_what_is_no_conviction_any_more_loses_its_date_and_sentence() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    event = an_event(referral, convicted_on=date(2025, 4, 3), sentence_type="custodial", sentence_months=14)
    client.post(
        path("row_change", referral, "conduct", event.pk), {**EVENT, "kind": "acquittal", "part": "suspect"}
    )
    event.refresh_from_db()
    assert (event.kind, event.convicted_on, event.sentence_months) == ("acquittal", None, None)
    assert client.get(path("conviction", referral, event.pk)).status_code == 404


# Remove


def test_removing_asks_first_and_is_recorded() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    event = an_event(referral)
    at = path("row_remove", referral, "conduct", event.pk)
    assert "Do you want to remove this event?" in words(client.get(at))
    assert ConductEvent.objects.exists()
    for _ in range(2):  # the second press finds it gone, as was asked
        assert "has been removed" in words(client.post(at, follow=True))
    assert not ConductEvent.objects.exists()
    assert audited("referral.conduct_removed", subject_id=str(referral.pk)) == 1


# Documents


def test_a_document_is_stored_in_quarantine_and_listed() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("row_add", referral, "attachment"), document("بيان.pdf"), follow=True))
    attachment = Attachment.objects.get()
    assert "Summary of four incidents" in page and "بيان.pdf" in page and "Being checked" in page
    assert path("attachment", referral, attachment.pk) not in page
    assert path_of(attachment.file_id).read_bytes() == PDF
    assert audited("referral.attachment_added", subject_id=str(referral.pk), by_id=officer.pk) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("program.exe", EXE, "The selected file must be a PDF"),
        ("renamed.pdf", EXE, "not a PDF file"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_a_document_that_is_refused_keeps_what_was_typed(name: str, content: bytes, sentence: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("row_add", referral, "attachment"), document(name, content)))
    assert sentence in page and "Summary of four incidents" in page and "Error: " in page
    assert not StoredFile.objects.exists()


def test_a_document_too_large_is_refused_and_the_rest_kept(monkeypatch: Any) -> None:
    for module in ("kinds", "uploading"):
        monkeypatch.setattr(f"nexus.documents.{module}.LARGEST", 1000)
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("row_add", referral, "attachment"), document(content=PDF + b" " * 5000)))
    assert "must be smaller than 10 MB" in page and "Summary of four incidents" in page
    assert not StoredFile.objects.exists()


def test_without_a_file_or_with_text_for_a_file_a_file_is_asked_for() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    for sent in (DOCUMENT, {**DOCUMENT, "file": "words"}):
        assert "Select a file" in words(client.post(path("row_add", referral, "attachment"), sent))


def test_a_clean_document_is_handed_out_and_recorded() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("row_add", referral, "attachment"), document("Ward statement.docx", DOCX))
    attachment = Attachment.objects.get()
    at = path("attachment", referral, attachment.pk)
    waiting = client.get(at)
    assert waiting.status_code == 409 and "still being checked" in words(waiting)
    documents.scan(file_id=attachment.file_id, now=NOON)
    response = client.get(at)
    assert response.content == DOCX
    assert response.headers["Content-Disposition"] == 'attachment; filename="Ward statement.docx"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"].endswith("wordprocessingml.document")
    assert at in words(client.get(path("section", referral, "attachments")))
    assert audited("attachment.downloaded", subject_id=str(attachment.pk), recipient=officer.force.name) == 1


def test_a_virus_is_never_handed_out() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("row_add", referral, "attachment"), document("notes.txt", EICAR))
    attachment = Attachment.objects.get()
    documents.scan(file_id=attachment.file_id, now=NOON)
    response = client.get(path("attachment", referral, attachment.pk))
    assert response.status_code == 409 and "refused by the virus check" in words(response)
    assert audited("attachment.downloaded") == 0


def test_a_document_is_described_anew_and_removed_and_its_file_is_kept() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("row_add", referral, "attachment"), document())
    attachment = Attachment.objects.get()
    client.post(
        path("row_change", referral, "attachment", attachment.pk),
        {**DOCUMENT, "description": "Custody record"},
    )
    attachment.refresh_from_db()
    assert attachment.description == "Custody record" and attachment.file.name == "summary.pdf"
    client.post(path("row_remove", referral, "attachment", attachment.pk))
    assert not Attachment.objects.exists()
    assert StoredFile.objects.filter(pk=attachment.file_id).exists()  # it can be put back


def test_a_referral_holds_a_limited_number_of_documents(monkeypatch: Any) -> None:
    monkeypatch.setattr("referrals.forms.rows.MOST_DOCUMENTS", 1)
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("row_add", referral, "attachment"), document())
    assert "Remove one to add another" in words(
        client.post(path("row_add", referral, "attachment"), document())
    )


# Who, and when


def test_rows_of_a_sent_referral_stay() -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer)
    row = referral.nationalities.get()
    for name, *rest in (
        ("row_add", "alias"), ("row_change", "nationality", row.pk), ("row_remove", "nationality", row.pk),
        ("row_add", "attachment"),
    ):  # fmt: skip
        response = client.post(path(name, referral, *rest), {"name": "x", "code": "POL", "source": "claimed"})
        assert response.status_code == 409 and "can no longer be changed" in words(response)
    assert referral.nationalities.get().code == row.code


def test_rows_of_others_are_not_found() -> None:
    client, officer = signed_in()
    mine, theirs = a_draft(by=officer), a_draft(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    row = an_event(theirs)
    for referral in (mine, theirs):
        for name in ("row_change", "row_remove"):
            assert client.get(path(name, referral, "conduct", row.pk)).status_code == 404
        assert client.get(path("conviction", referral, row.pk)).status_code == 404
        assert client.get(path("attachment", referral, row.pk)).status_code == 404
    assert client.post(path("row_change", mine, "conduct", row.pk), EVENT).status_code == 404
    assert client.post(path("row_add", theirs, "alias"), {"name": "x"}).status_code == 404
    for name, *rest in (("row_add", "nothing"), ("row_change", "nothing", 1), ("row_remove", "nothing", 1)):
        assert client.get(path(name, mine, *rest)).status_code == 404
    assert client.get(path("row_change", mine, "alias", 10**30)).status_code == 404


def test_other_roles_may_not() -> None:
    referral = a_submitted()
    client, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert client.post(path("row_add", referral, "alias"), {"name": "x"}).status_code == 403
    assert client.post(path("row_remove", referral, "alias", 1)).status_code == 403

"""Files by the interface: in as parts beside the answers, out as they were stored, by the rules of the pages."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.reports.exports import KINDS
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import path_of
from referrals.models import Attachment, Question, Referral
from tests.builders import a_draft, a_force, a_user, in_triage, with_a_question
from tests.casework.reports.builders import a_released_report
from tests.nexus.api.calling import Caller, errors_of
from tests.referrals.datawash.builders import an_agreement

pytestmark = pytest.mark.django_db
WORDS = b"Seen at the address on two evenings."
SAID = {"description": "A note", "marking": "official", "disclosable": True}


def send(caller: Caller, path: str, answers: Any, **files: Any) -> Any:
    """A body of several parts, as curl -F sends it."""
    named = {name.replace("_", "-"): files.pop(name) for name in ("Idempotency_Key",) if name in files}
    parts = {"answers": answers if isinstance(answers, str) else json.dumps(answers), **files}
    return caller.client.post(f"/api/v1/{path}", parts, headers={**caller.headers, **named})


def note(content: bytes = WORDS, name: str = "note.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def checked(file: StoredFile) -> None:
    """What the worker's virus check does to a clean file."""
    StoredFile.objects.filter(pk=file.pk).update(scan=Scan.CLEAN, scanned_at=timezone.now())


def a_document(**more: Any) -> tuple[Caller, Referral, Attachment]:
    draft = a_draft()
    caller = Caller(draft.created_by)
    answer = send(caller, f"referrals/{draft.reference}/rows/attachment/", SAID, file=note(**more))
    assert answer.status_code == 201, answer.json()
    return caller, draft, draft.attachments.get()


def test_a_document_is_attached_polled_until_it_is_checked_and_read_back() -> None:
    caller, draft, row = a_document()
    (listed,) = caller.get(f"referrals/{draft.reference}/").json()["attachments"]
    assert (listed["name"], listed["size"], listed["scan"]) == ("note.txt", len(WORDS), "quarantined")
    address = f"referrals/{draft.reference}/attachments/{row.pk}/file/"
    early = caller.get(address)
    assert early.status_code == 409 and "still being checked" in early.json()["reasons"][0]
    checked(row.file)
    assert caller.get(f"referrals/{draft.reference}/").json()["attachments"][0]["scan"] == "clean"
    answer = caller.get(address)
    assert (answer.content, answer["Content-Type"]) == (WORDS, "application/octet-stream")
    entry = AuditEvent.objects.get(kind="attachment.downloaded")
    assert (entry.subject_id, entry.recipient) == (str(row.pk), draft.force.name)


def test_a_file_is_given_to_a_program_that_says_which_type_it_accepts() -> None:
    caller, draft, row = a_document()
    checked(row.file)
    asked = {**caller.headers, "Accept": "text/plain"}
    answer = caller.client.get(
        f"/api/v1/referrals/{draft.reference}/attachments/{row.pk}/file/", headers=asked
    )
    assert answer.content == WORDS


def test_another_forces_document_is_not_there() -> None:
    _, draft, row = a_document()
    stranger = Caller(a_user(Role.POLICE_OFFICER, force=a_force("01")))
    assert stranger.get(f"referrals/{draft.reference}/attachments/{row.pk}/file/").status_code == 404
    path = f"referrals/{draft.reference}/rows/attachment/"
    assert send(stranger, path, SAID, file=note()).status_code == 404


def test_a_file_that_is_not_what_was_stored_is_not_given_out() -> None:
    caller, draft, row = a_document()
    checked(row.file)
    kept = path_of(row.file.pk)
    kept.chmod(0o600)
    kept.write_bytes(WORDS.replace(b"two", b"six"))
    answer = caller.get(f"referrals/{draft.reference}/attachments/{row.pk}/file/")
    assert answer.status_code == 409 and "cannot be read as it was stored" in answer.json()["reasons"][0]


def asked_a_question() -> tuple[Caller, Referral, Question]:
    referral = with_a_question()
    return Caller(referral.created_by), referral, Question.objects.get(request__referral=referral)


def test_a_question_is_answered_with_a_document() -> None:
    caller, referral, question = asked_a_question()
    path = f"referrals/{referral.reference}/answer-information/"
    answer = send(caller, path, {"answer": "The record is attached.", **SAID}, file=note())
    assert answer.status_code == 200, answer.json()
    question.refresh_from_db()
    assert (question.answer, question.attachments.get().description) == ("The record is attached.", "A note")


def test_information_is_added_with_and_without_a_document() -> None:
    referral = in_triage()
    caller = Caller(referral.created_by)
    path = f"referrals/{referral.reference}/add-information/"
    assert caller.post(path, {"answer": "He has moved."}).status_code == 200
    assert send(caller, path, {"answer": "And this.", **SAID}, file=note()).status_code == 200
    assert referral.attachments.count() == 1


def test_a_call_that_is_sent_twice_attaches_one_document_and_other_bytes_are_another_call() -> None:
    draft = a_draft()
    caller, path = Caller(draft.created_by), f"referrals/{draft.reference}/rows/attachment/"
    first = send(caller, path, SAID, file=note(), Idempotency_Key="one")
    again = send(caller, path, SAID, file=note(), Idempotency_Key="one")
    assert first.json() == again.json() and draft.attachments.count() == 1
    other = send(caller, path, SAID, file=note(b"Something else."), Idempotency_Key="one")
    assert other.status_code == 409 and draft.attachments.count() == 1


@pytest.mark.parametrize(
    ("answers", "files", "field"),
    [
        ({}, {"file": note()}, "description"),
        (SAID, {}, "file"),
        (SAID, {"file": note(b"MZ not a text\x00", "evil.exe")}, "file"),
        (SAID, {"file": note(b"", "empty.txt")}, "file"),
        (SAID, {"file": note(), "picture": note()}, "picture"),
        ("{", {"file": note()}, "body"),
        ("[1]", {"file": note()}, "body"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(answers: Any, files: dict[str, Any], field: str) -> None:
    draft = a_draft()
    path = f"referrals/{draft.reference}/rows/attachment/"
    answer = send(Caller(draft.created_by), path, answers, **files)
    assert answer.status_code == 400 and field in errors_of(answer), answer.json()
    assert not draft.attachments.exists()


def test_json_names_no_file() -> None:
    draft = a_draft()
    path = f"referrals/{draft.reference}/rows/attachment/"
    answer = Caller(draft.created_by).post(path, {**SAID, "file": "/etc/passwd"})
    assert answer.status_code == 400 and "multipart/form-data" in errors_of(answer)["file"][0]


def test_a_call_that_asks_for_no_file_takes_none() -> None:
    draft = a_draft()
    path = f"referrals/{draft.reference}/withdraw/"
    assert send(Caller(draft.created_by), path, {"reasons": "Sent twice by mistake."}).status_code == 415


def test_a_document_is_described_anew_and_removed() -> None:
    caller, draft, row = a_document()
    path = f"/api/v1/referrals/{draft.reference}/rows/attachment/{row.pk}/"
    body = {**SAID, "description": "A note of two evenings"}
    answer = caller.client.put(path, body, content_type="application/json", headers=caller.headers)
    assert answer.json()["attachments"][0]["description"] == "A note of two evenings"
    assert caller.client.delete(path, headers=caller.headers).json()["attachments"] == []


def test_a_list_for_a_data_wash_is_sent_and_its_state_polled() -> None:
    person: User = a_user(Role.POLICE_OFFICER)
    an_agreement(force=person.force)
    caller = Caller(person)
    rows = b"force_row_ref,surname,forenames,date_of_birth\nR1,Quennebert,Jean,1974-09-12\n"
    list_ = SimpleUploadedFile("custody.csv", rows, "text/csv")
    made = send(caller, "data-washes/", {"purpose": "Subjects in custody in October"}, file=list_)
    assert made.status_code == 201, made.json()
    assert caller.get(f"data-washes/{made.json()['id']}/").json()["state"] == "received"
    list_.seek(0)
    again = send(caller, "data-washes/", {"purpose": "Subjects in custody in October"}, file=list_)
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])


def having(caller: Caller, address: str, mark: str) -> Any:
    """Asks for a file by somebody who has the one of this mark."""
    return caller.client.get(f"/api/v1/{address}", headers={**caller.headers, "If-None-Match": mark})


def test_a_file_that_a_program_has_is_not_sent_again_and_the_record_says_once_that_it_was() -> None:
    caller, draft, row = a_document()
    checked(row.file)
    address = f"referrals/{draft.reference}/attachments/{row.pk}/file/"
    first = caller.get(address)
    assert first["ETag"] == f'"{row.file.sha256}"'
    again = having(caller, address, first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert AuditEvent.objects.filter(kind="attachment.downloaded").count() == 1
    other = having(caller, address, '"another"')
    assert (other.status_code, other.content) == (200, WORDS)
    assert AuditEvent.objects.filter(kind="attachment.downloaded").count() == 2


def test_who_may_have_it_and_whether_it_is_clean_is_asked_before_a_304() -> None:
    caller, draft, row = a_document()
    address, mark = f"referrals/{draft.reference}/attachments/{row.pk}/file/", f'"{row.file.sha256}"'
    assert having(caller, address, mark).status_code == 409
    refused = {"scan": Scan.REFUSED, "scan_note": "Eicar", "scanned_at": timezone.now()}
    StoredFile.objects.filter(pk=row.file_id).update(**refused)
    assert having(caller, address, mark).status_code == 409
    checked(row.file)
    stranger = Caller(a_user(Role.POLICE_OFFICER, force=a_force("01")))
    assert having(stranger, address, mark).status_code == 404
    assert having(Caller(None), address, mark).status_code == 401
    assert having(caller, address, mark).status_code == 304


def test_what_is_made_for_the_call_has_no_mark_and_is_made_each_time() -> None:
    draft = a_draft()
    caller, address = Caller(draft.created_by), f"referrals/{draft.reference}/file/"
    assert "ETag" not in caller.get(address)
    assert having(caller, address, "*").content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(kind="referral.downloaded").count() == 2


def test_the_referral_itself_is_had_as_a_pdf() -> None:
    draft = a_draft()
    answer = Caller(draft.created_by).get(f"referrals/{draft.reference}/file/")
    assert answer.content.startswith(b"%PDF") and f"{draft.reference}.pdf" in answer["Content-Disposition"]
    assert AuditEvent.objects.get(kind="referral.downloaded").recipient == draft.force.name


def test_nobody_without_a_token_is_given_a_file() -> None:
    draft = a_draft()
    answer = Client().get(f"/api/v1/referrals/{draft.reference}/file/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("kind", KINDS)
def test_a_released_report_is_had_in_each_of_its_kinds(kind: str) -> None:
    report = a_released_report()
    reader = Caller(a_user(Role.POLICE_OFFICER, force=report.force))
    answer = reader.get(f"reports/{report.pk}/files/{kind}/")
    assert f".{kind}" in answer["Content-Disposition"] and len(answer.content) > 500
    assert AuditEvent.objects.get(kind="report.downloaded").detail["format"] == kind

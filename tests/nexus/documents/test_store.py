"""Storing, the virus check, and handing out."""

import os
import socket
import stat
import struct
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from casework.actions import add_document
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents import actions, kinds, tasks
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import folder, path_of
from nexus.documents.scanning import EICAR, ScannerUnavailable
from nexus.documents.serving import as_attachment, serve
from nexus.documents.storing import store
from nexus.refusals import Refused
from tests.builders import NOON, a_user, an_assigned_case
from tests.nexus.documents.test_kinds import DOCX, PDF, packed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path
    settings.NEXUS_SCANNER = "builtin"


def stored(name: str = "summary.pdf", content: bytes = PDF) -> StoredFile:
    return store(upload=SimpleUploadedFile(name, content), by=a_user(Role.POLICE_OFFICER), now=NOON)


def test_a_stored_file_has_a_random_name_and_is_for_the_service_alone() -> None:
    file = stored("Ward.pdf")
    path = path_of(file.pk)
    assert "Ward" not in str(path)
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert (file.name, file.size, file.content_type) == ("Ward.pdf", len(PDF), "application/pdf")
    assert AuditEvent.objects.filter(kind="file.stored", subject_id=str(file.pk)).count() == 1


def test_storing_asks_for_a_scan_after_the_commit(
    django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(tasks.scan.app, "send_task", lambda task, args: asked.append((task, args)))
    with django_capture_on_commit_callbacks(execute=True):
        file = stored()
        assert asked == []
    assert asked == [("nexus.documents.tasks.scan", [str(file.pk)])]


def test_what_is_not_checked_is_not_handed_out() -> None:
    with pytest.raises(Refused, match="still being checked"):
        serve(stored(), by=None, now=NOON)


def test_a_clean_file_is_handed_out_to_be_saved() -> None:
    file = stored("Zażalenie „świadka”.pdf")
    actions.scan(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    response = serve(file, by=None, now=NOON)
    assert file.scan == Scan.CLEAN and file.scanned_at == NOON
    assert response.content == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Za%C5%BCalenie")
    assert AuditEvent.objects.filter(kind="file.cleared", subject_id=str(file.pk), by_id=None).exists()


def test_no_name_breaks_out_of_its_header() -> None:
    header = as_attachment(b"", 'a"; filename="evil.exe\r\nX: y.pdf', "application/pdf")[
        "Content-Disposition"
    ]
    assert "\n" not in header and "\r" not in header


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("virus.txt", b"before " + EICAR, "EICAR"),
        ("macros.docx", packed(**{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"\x00"}), "macros"),
    ],
)
def test_the_builtin_check_refuses(name: str, content: bytes, note: str) -> None:
    file = stored(name, content)
    actions.scan(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    assert file.scan == Scan.REFUSED and note in file.scan_note
    with pytest.raises(Refused, match="refused by the virus check"):
        serve(file, by=None, now=NOON)
    assert AuditEvent.objects.filter(kind="file.refused", subject_id=str(file.pk)).exists()


def test_a_scan_is_done_once() -> None:
    file = stored()
    assert actions.scan(file_id=file.pk, now=NOON) is not None
    assert actions.scan(file_id=file.pk, now=NOON) is None
    assert AuditEvent.objects.filter(kind="file.cleared").count() == 1


def test_altered_or_lost_bytes_are_not_handed_out() -> None:
    file = stored()
    actions.scan(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    path_of(file.pk).write_bytes(b"something else")
    with pytest.raises(Refused, match="cannot be read as it was stored"):
        serve(file, by=None, now=NOON)
    path_of(file.pk).unlink()
    with pytest.raises(Refused, match="cannot be read as it was stored"):
        serve(file, by=None, now=NOON)


def test_bytes_lost_before_the_scan_are_refused() -> None:
    file = stored()
    path_of(file.pk).unlink()
    actions.scan(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    assert file.scan == Scan.REFUSED and "not found" in file.scan_note


class Clamd(threading.Thread):
    """Speaks INSTREAM as clamd does: finds EICAR, and says so."""

    def __init__(self, answer: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.line = socket.create_server(("127.0.0.1", 0))
        self.url = f"clamd://127.0.0.1:{self.line.getsockname()[1]}"
        self.answer = answer
        self.received = b""

    def run(self) -> None:
        caller, _ = self.line.accept()
        with caller, caller.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", said.read(4))[0]:
                self.received += said.read(length)
            found = b"stream: Eicar-Signature FOUND" if EICAR in self.received else b"stream: OK"
            caller.sendall((self.answer or found) + b"\0")
        self.line.close()


@pytest.mark.parametrize(("content", "scan"), [(b"clean " * 20_000, Scan.CLEAN), (EICAR, Scan.REFUSED)])
def test_clamd_is_asked_and_believed(settings: Any, content: bytes, scan: Scan) -> None:
    clamd = Clamd()
    clamd.start()
    settings.NEXUS_SCANNER = clamd.url
    file = stored("notes.txt", content)
    actions.scan(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    clamd.join(timeout=5)
    assert clamd.received == content
    assert file.scan == scan
    assert ("Eicar-Signature" in file.scan_note) == (scan == Scan.REFUSED)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"stream: x ERROR"])
def test_an_error_of_clamd_is_no_verdict(settings: Any, answer: bytes) -> None:
    clamd = Clamd(answer)
    clamd.start()
    settings.NEXUS_SCANNER = clamd.url
    file = stored()
    with pytest.raises(ScannerUnavailable):
        actions.scan(file_id=file.pk, now=NOON)
    clamd.join(timeout=5)
    assert StoredFile.objects.get().scan == Scan.QUARANTINED


@pytest.mark.parametrize("scanner", ["clamd://127.0.0.1:1", "clamd://", "none", ""])
def test_with_the_scanner_down_a_file_stays_in_quarantine(settings: Any, scanner: str) -> None:
    settings.NEXUS_SCANNER = scanner
    file = stored()
    tasks.scan(str(file.pk))
    assert StoredFile.objects.get(pk=file.pk).scan == Scan.QUARANTINED
    with pytest.raises(Refused):
        serve(file, by=None, now=NOON)


def test_the_sweep_asks_again_and_bytes_without_a_row_are_removed(monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tasks.scan, "delay", asked.append)
    waiting = stored()
    StoredFile.objects.filter(pk=waiting.pk).update(uploaded_at=NOON - timedelta(days=400))
    orphan = folder() / "00000000-0000-4000-8000-000000000000"
    young = folder() / "00000000-0000-4000-8000-000000000001"
    stranger = folder() / "notes"
    for path in (orphan, young, stranger):
        path.write_bytes(b"x")
    for path in (orphan, stranger, path_of(waiting.pk)):
        os.utime(path, (0, 0))
    os.utime(young, (time.time(), time.time()))  # by Python's clock: a moved one does not reach the disk
    tasks.sweep()
    tasks.remove_orphans()
    assert asked == [str(waiting.pk)]
    assert not orphan.exists()
    assert young.exists() and stranger.exists() and path_of(waiting.pk).exists()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=None)
def test_a_file_too_large_is_dropped_and_the_rest_of_the_form_kept(monkeypatch: Any) -> None:
    monkeypatch.setattr("nexus.documents.uploading.LARGEST", 70_000)
    upload = SimpleUploadedFile("big.pdf", PDF + b"x" * 200_000)
    request = RequestFactory().post("/", {"file": upload, "description": "kept"})
    received = request.FILES["file"]
    assert received.size == len(PDF) + 200_000
    assert received.read() == b""
    assert request.POST["description"] == "kept"


def test_a_request_larger_than_any_form_is_not_read(monkeypatch: Any) -> None:
    monkeypatch.setattr("nexus.documents.uploading.LARGEST_REQUEST", 100)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("big.pdf", PDF * 100)})
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018


def test_small_files_pass_the_cap_untouched() -> None:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("letter.docx", DOCX)})
    assert request.FILES["file"].read() == DOCX
    assert kinds.content_faults("letter.docx", request.FILES["file"].file) == []


def test_a_file_that_belongs_to_nothing_goes_with_its_bytes_and_one_that_does_stays(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """What was uploaded and refused, or whose owner is gone, is nobody's record of anything."""
    lonely = stored()
    actions.scan(file_id=lonely.pk, now=NOON)
    kept = a_case_document()
    before = kept.uploaded_at + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remove_unattached(now=before, before=before) == 1
    assert not StoredFile.objects.filter(pk=lonely.pk).exists() and not path_of(lonely.pk).exists()
    assert path_of(kept.pk).exists()


def a_case_document() -> StoredFile:
    case = an_assigned_case()
    document = add_document(
        case_id=case.pk,
        by=case.case_owner,
        now=NOON,
        upload=SimpleUploadedFile("summary.pdf", PDF),
        description="A letter.",
        marking="official",
        disclosable=False,
    )
    file: StoredFile = document.file
    return file

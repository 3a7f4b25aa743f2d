"""Uploads in a bucket: against an S3 server on the loopback, through everything that reads a file."""

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import boto3
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from moto.server import ThreadedMotoServer
from pypdf import PdfReader

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.queries import NOT_AS_STORED
from nexus.bootstrap import CHECKOUT
from nexus.documents import actions, tasks
from nexus.documents.as_stored import reason_not_as_stored
from nexus.documents.bucket import Bucket
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import BucketAway, place
from nexus.documents.serving import serve
from nexus.documents.storing import store
from nexus.refusals import Refused
from nexus.ui.busy import AWAY, reason_busy
from tests.builders import NOON, a_user
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    NOW,
    approve,
    attached,
    check,
    commissioned,
    fresh,
    owner_of,
    sent,
)
from tests.nexus.confined.files import a_pdf
from tests.nexus.documents.test_worker import scan_of
from tests.workers import StartWorker

NAME = "nexus-uploads"
KEYS = {"AWS_ACCESS_KEY_ID": "nexus", "AWS_SECRET_ACCESS_KEY": "only-on-the-loopback"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real S3 server, spoken to over HTTP; its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """An empty bucket that the settings name, and a machine that has no file of its own."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    settings.NEXUS_DATA_DIR = tmp_path
    point_at(settings, server)
    found = boto3.resource("s3", endpoint_url=server, region_name="eu-west-2").Bucket(NAME)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield found
    found.objects.all().delete()
    found.delete()


def point_at(settings: Any, address: str) -> None:
    options = {"bucket_name": NAME, "endpoint_url": address, "region_name": "eu-west-2"}
    settings.NEXUS_UPLOADS = "nexus.documents.bucket.Bucket"
    settings.STORAGES = {
        **settings.STORAGES,
        "uploads": {"BACKEND": "nexus.documents.bucket.Uploads", "OPTIONS": options},
    }


def uploaded(name: str = "notes.txt", content: bytes = b"He said it twice.") -> StoredFile:
    return store(upload=SimpleUploadedFile(name, content), by=a_user(Role.POLICE_OFFICER), now=NOON)


def checked(file: StoredFile) -> StoredFile:
    actions.scan(file_id=file.pk, now=NOON)
    actions.measure(file_id=file.pk)
    file.refresh_from_db()
    return file


@pytest.mark.django_db
def test_an_upload_lies_in_the_bucket_under_its_id_and_nowhere_on_the_machine(
    bucket: Any, settings: Any
) -> None:
    file = uploaded()
    (kept,) = bucket.objects.all()
    assert kept.key == str(file.pk)
    assert kept.get()["Body"].read() == b"He said it twice."
    assert file.sha256 == hashlib.sha256(b"He said it twice.").hexdigest()
    with place().fetched(file.pk) as path:
        assert path.read_bytes() == b"He said it twice."
    assert not path.exists() and not list(settings.NEXUS_DATA_DIR.rglob("*"))


@pytest.mark.django_db
def test_what_another_machine_stored_is_checked_measured_and_served(
    bucket: Any, settings: Any, tmp_path: Path
) -> None:
    file = uploaded("log.pdf", a_pdf(pages=3))
    settings.NEXUS_DATA_DIR = tmp_path / "another machine"
    checked(file)
    assert (file.scan, file.pages) == (Scan.CLEAN, 3)  # drawn by the confined program
    assert serve(file, by=None, now=NOON).content == a_pdf(pages=3)


@pytest.mark.django_db
def test_sabotage_with_a_folder_each_the_other_machine_finds_nothing(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path / "one"
    file = uploaded()
    settings.NEXUS_DATA_DIR = tmp_path / "another"
    assert checked(file).scan == Scan.REFUSED


@pytest.mark.django_db(transaction=True)
def test_a_worker_on_another_machine_checks_an_upload(
    bucket: Any, server: str, start_worker: StartWorker, tmp_path: Path
) -> None:
    with transaction.atomic():
        file = uploaded("log.pdf", a_pdf())
    elsewhere = {"NEXUS_DATA_DIR": tmp_path / "another machine", "NEXUS_SCANNER": "builtin"}
    start_worker(concurrency=1, NEXUS_BUCKET=NAME, NEXUS_BUCKET_ADDRESS=server, **elsewhere)
    assert scan_of(file, Scan.CLEAN) == Scan.CLEAN


@pytest.mark.django_db
def test_what_was_changed_in_the_bucket_is_not_shown_and_stands_on_the_record(bucket: Any) -> None:
    file = checked(uploaded())
    assert reason_not_as_stored(file, by=None, now=NOON) == ""
    bucket.put_object(Key=str(file.pk), Body=b"He said it once.")
    with pytest.raises(Refused, match="cannot be read as it was stored"):
        serve(file, by=None, now=NOON)
    assert reason_not_as_stored(file, by=None, now=NOON)
    assert AuditEvent.objects.filter(kind=NOT_AS_STORED, subject_id=str(file.pk)).count() == 2


@pytest.mark.django_db
def test_while_the_bucket_does_not_answer_nothing_is_said_of_the_file(
    bucket: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is away, not changed: no entry accuses anybody, the page says 503, and a check is asked for again."""
    file, waiting = checked(uploaded()), uploaded()
    monkeypatch.setattr("nexus.documents.bucket.ATTEMPTS", 0)
    point_at(settings, "http://127.0.0.1:9")
    with pytest.raises(BucketAway) as away:
        serve(file, by=None, now=NOON)
    assert reason_busy(away.value) == AWAY
    with pytest.raises(BucketAway), transaction.atomic():
        uploaded()
    tasks.scan(str(waiting.pk))
    waiting.refresh_from_db()
    assert waiting.scan == Scan.QUARANTINED
    assert not AuditEvent.objects.filter(kind=NOT_AS_STORED).exists()


@pytest.mark.django_db
def test_a_bundle_prints_a_record_from_the_bucket_and_names_one_that_changed_there(bucket: Any) -> None:
    known: set[UUID] = set()
    for bent in (False, True):
        material = commissioned()
        attached(material, "log.txt", b"The custody log.")
        sent(material, "I am a constable.")
        approve(check(fresh(material)))
        (key,) = set(StoredFile.objects.values_list("pk", flat=True)) - known
        known.add(key)
        if bent:
            bucket.put_object(Key=str(key), Body=b"The custody log!")
        with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
            reader = signed_in(owner_of(material))
            answer = reader.get(reverse("material:bundle", args=[material.case.referral.reference]))
        pages = PdfReader(io.BytesIO(answer.content)).pages
        words = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert ("The custody log." in words, "not those that were stored" in words) == (not bent, bent)


@pytest.mark.django_db
def test_erased_and_orphaned_bytes_leave_the_bucket(
    bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    checked(uploaded())
    orphan, stranger = str(uuid4()), "keep-me.txt"
    for key in (orphan, stranger):
        bucket.put_object(Key=key, Body=b"x")
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_unattached(now=NOON, before=NOON + timedelta(hours=1))
    assert {each.key for each in bucket.objects.all()} == {orphan, stranger}
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=7)):
        found = Bucket().written_before(timezone.now() - tasks.ORPHANED_AFTER)
    assert [str(each) for each in found] == [orphan]
    place().remove_bytes(found)
    assert [each.key for each in bucket.objects.all()] == [stranger]


def test_only_one_place_knows_where_uploads_lie() -> None:
    """Whoever read the folder by themselves would find nothing where there is a bucket."""
    asks = [
        file
        for folder in ("nexus", "referrals", "casework")
        for file in (CHECKOUT / folder).rglob("*.py")
        if re.search(r"documents\.(places|storing) import .*\b(path_of|folder)\b", file.read_text())
    ]
    assert asks == []

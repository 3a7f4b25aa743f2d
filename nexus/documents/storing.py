"""Keeping an upload: under a random name, readable to the service alone, in quarantine until scanned."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.celery import tell_workers
from nexus.documents import kinds
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place

SCAN = "nexus.documents.tasks.scan"


def remove_bytes(file_ids: Iterable[UUID]) -> None:
    """Remove the bytes of files whose rows are gone, once the transaction commits.

    Where they cannot be removed now, the sweep of what has no row finds them.
    """
    gone = list(file_ids)
    transaction.on_commit(lambda: place().remove_bytes(gone), robust=True)


@transaction.atomic
def store(*, upload: UploadedFile, by: User, now: datetime) -> StoredFile:
    """Keep an upload that a `DocumentField` has let pass. It may be served once it is scanned.

    Bytes whose transaction is undone are removed by the sweep in nexus/documents/tasks.py.
    """
    file_id = uuid4()
    name = kinds.clean_name(upload.name or "")
    stored = StoredFile.objects.create(
        id=file_id,
        name=name,
        content_type=kinds.KINDS[kinds.extension_of(name)].content_type,
        size=upload.size or 0,
        sha256=sha256_of(upload),
        uploaded_by=by,
        uploaded_at=now,
    )
    place().keep(file_id, upload)
    record(kind="file.stored", by=by, subject=stored, now=now)
    tell_workers(SCAN, [str(file_id)])
    return stored


@transaction.atomic
def keep_made(content: bytes, name: str, *, by: User, now: datetime) -> StoredFile:
    """Keep a file that the service itself has made, for `by`: it needs no virus check."""
    upload = SimpleUploadedFile(name, content)
    stored = StoredFile.objects.create(
        name=name,
        content_type=kinds.KINDS[kinds.extension_of(name)].content_type,
        size=len(content),
        sha256=sha256_of(upload),
        scan=Scan.CLEAN,
        scanned_at=now,
        uploaded_by=by,
        uploaded_at=now,
    )
    place().keep(stored.pk, upload)
    record(kind="file.kept", by=by, subject=stored, now=now)
    return stored


def sha256_of(upload: UploadedFile) -> str:
    """The hash of what was sent; whatever keeps it reads it from its beginning."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()

"""Keeping an upload: under a random name, readable to the service alone, in quarantine until scanned."""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.celery import tell_workers
from nexus.documents import kinds
from nexus.documents.models import StoredFile

SCAN = "nexus.documents.tasks.scan"


def folder() -> Path:
    """Where the bytes are, made on first use; nobody else on the machine may look into it."""
    place = Path(settings.NEXUS_DATA_DIR) / "files"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(file_id: UUID) -> Path:
    return folder() / str(file_id)


def remove_bytes(file_ids: Iterable[UUID]) -> None:
    """Remove the bytes of files whose rows are gone."""
    for file_id in file_ids:
        path_of(file_id).unlink(missing_ok=True)


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
        sha256=_write(upload, path_of(file_id)),
        uploaded_by=by,
        uploaded_at=now,
    )
    record(kind="file.stored", by=by, subject=stored, now=now)
    tell_workers(SCAN, [str(file_id)])
    return stored


def _write(upload: UploadedFile, path: Path) -> str:
    """Write the bytes for good, and return their SHA-256."""
    digest = hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        upload.seek(0)
        for chunk in upload.chunks():
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()

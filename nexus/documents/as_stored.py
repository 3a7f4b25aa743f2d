"""Whether what is about to be shown is still what was stored: asked of every record that is read, bundled or exported.

What is not is a sentence to the reader, an entry of the record, and stands on the auditor's page.
"""

import hashlib
from datetime import datetime
from pathlib import Path

from django.db.models import Model

from nexus.accounts.models import User
from nexus.audit.queries import NOT_AS_STORED
from nexus.audit.recording import record
from nexus.documents.models import StoredFile
from nexus.documents.places import place

NOT_THE_SAME = "its bytes are not those that were stored; an auditor has been told"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; "" where it cannot be read."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def is_as_stored(row: Model, *, digest: str, found: str, by: User | None, now: datetime) -> bool:
    """Whether the hash `found` is that with which `row` was stored. Where it is not, that is written down."""
    if found == digest:
        return True
    detail = {"stored": digest, "found": found}
    record(kind=NOT_AS_STORED, by=by, subject=row, now=now, detail=detail)
    return False


def reason_not_as_stored(stored: StoredFile, *, by: User | None, now: datetime) -> str:
    """Why a stored file must not be shown: a clause, or nothing."""
    with place().fetched(stored.pk) as path:
        found = digest_of(path)
    return "" if is_as_stored(stored, digest=stored.sha256, found=found, by=by, now=now) else NOT_THE_SAME

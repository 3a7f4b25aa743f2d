"""Word and PDF documents are read for their words once they are found clean, so that they can be searched."""

from datetime import datetime, timedelta

from casework.models import CaseDocument
from nexus.documents.kinds import extension_of
from nexus.documents.models import Scan
from nexus.documents.places import place
from nexus.documents.reading import READABLE, TRY_AGAIN, Unreadable, text_in

TRIED_FOR = timedelta(minutes=10)  # since it was found clean, where reading takes too long
AT_ONCE = 20  # documents; the next run goes on


def read_documents(*, now: datetime) -> int:
    """Read those nobody has read yet; answers how many. What cannot be read is found by its description alone.

    Reading may take seconds, so no row is locked meanwhile: of two workers with the same document the first
    to have read it writes.
    """
    unread = CaseDocument.objects.filter(read_at=None, file__scan=Scan.CLEAN, text="").select_related("file")
    return sum(read(document, now) for document in unread.order_by("pk")[:AT_ONCE])


def read(document: CaseDocument, now: datetime) -> int:
    extension = extension_of(document.file.name)
    try:
        with place().fetched(document.file.pk) as path:
            text = text_in(path, extension) if extension in READABLE and path.exists() else ""
    except Unreadable as unreadable:
        if unreadable.fault in TRY_AGAIN and _is_new(document, now):
            return 0  # the machine may be busy: the next runs try again
        text = ""
    return CaseDocument.objects.filter(pk=document.pk, read_at=None).update(text=text, read_at=now)


def _is_new(document: CaseDocument, now: datetime) -> bool:
    checked_at = document.file.scanned_at
    return checked_at is not None and now - checked_at < TRIED_FOR

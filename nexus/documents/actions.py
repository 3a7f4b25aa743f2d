"""What is done to a stored file after it was stored: the verdict of the virus check, and whether it can be printed."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q

from nexus.audit.recording import record
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place
from nexus.documents.scanning import Verdict, verdict_on
from nexus.documents.showing import measured
from nexus.documents.storing import remove_bytes

GONE = Verdict(False, "Its bytes were not found. Upload it again.")


@transaction.atomic
def scan(*, file_id: UUID, now: datetime) -> StoredFile | None:
    """Check one file and let it out of quarantine, or refuse it. None when there is nothing to do.

    Two workers with the same file: the second finds it locked and leaves it. Raises ScannerUnavailable.
    """
    stored = (
        StoredFile.objects.select_for_update(skip_locked=True)
        .filter(pk=file_id, scan=Scan.QUARANTINED)
        .first()
    )
    if stored is None:
        return None
    with place().fetched(stored.pk) as path:
        verdict = verdict_on(path, settings.NEXUS_SCANNER) if path.exists() else GONE
    stored.scan = Scan.CLEAN if verdict.clean else Scan.REFUSED
    stored.scan_note, stored.scanned_at = verdict.note, now
    stored.save(update_fields=["scan", "scan_note", "scanned_at"])
    record(kind="file.cleared" if verdict.clean else "file.refused", by=None, subject=stored, now=now)
    return stored


def measure(*, file_id: UUID) -> StoredFile | None:
    """Find out once whether a clean file can be printed. None when there is nothing to do. Raises Failed when busy.

    It takes seconds, so nothing is locked meanwhile: of two workers both find the same.
    """
    stored = StoredFile.objects.filter(pk=file_id, scan=Scan.CLEAN, pages=None).first()
    if stored is None:
        return None
    stored.pages, stored.not_shown = measured(stored)
    # The file of a list may be erased meanwhile.
    StoredFile.objects.filter(pk=file_id).update(pages=stored.pages, not_shown=stored.not_shown)
    return stored


AT_ONCE = 100  # files that one run removes; the next run removes the next


@transaction.atomic
def remove_unattached(*, now: datetime, before: datetime) -> int:
    """Erase checked files that were stored before a moment and belong to nothing: their upload was refused, or their owner is
    gone. Returns how many."""
    nothing_has_it = Q()
    owners = StoredFile._meta.get_fields(
        include_hidden=True
    )  # also those that give files no name for themselves
    for owner in (each for each in owners if isinstance(each, ForeignObjectRel)):
        rows = owner.related_model._base_manager.filter(**{owner.field.name: OuterRef("pk")})
        nothing_has_it &= ~Q(Exists(rows))
    old = StoredFile.objects.filter(
        nothing_has_it, scanned_at__isnull=False, uploaded_at__lt=before
    ).select_for_update(skip_locked=True)
    found = list(old.order_by("uploaded_at")[:AT_ONCE])
    for stored in found:
        record(kind="file.erased", by=None, subject=stored, now=now)
    keys = [stored.pk for stored in found]
    StoredFile.objects.filter(pk__in=keys).delete()
    remove_bytes(keys)
    return len(found)

"""The worker's doors to stored files. Messages carry ids; a lost one is made good by the sweep."""

import logging
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from nexus.confined.running import Failed
from nexus.documents import actions
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import BucketAway, place
from nexus.documents.scanning import ScannerUnavailable

PATIENCE = timedelta(minutes=1)  # until a file still in quarantine is taken for forgotten
ORPHANED_AFTER = timedelta(hours=6)  # until bytes without a row are taken for an undone upload's
log = logging.getLogger("nexus.documents")


@shared_task
def scan(file_id: str) -> None:
    """Check one file, then look whether it can be printed; what does not answer now is asked again by the sweep."""
    try:
        actions.scan(file_id=UUID(file_id), now=timezone.now())
        actions.measure(file_id=UUID(file_id))
    except ScannerUnavailable:
        log.warning("the virus scanner does not answer", extra={"id": file_id})
    except BucketAway:
        log.warning("the bucket of files does not answer", extra={"id": file_id})
    except Failed:
        log.warning("too many files are being opened", extra={"id": file_id})


@shared_task
def sweep() -> None:
    """Ask again for what waits too long, and remove what was checked and belongs to nothing."""
    now = timezone.now()
    waits = Q(scan=Scan.QUARANTINED) | Q(scan=Scan.CLEAN, pages=None)
    forgotten = StoredFile.objects.filter(waits, uploaded_at__lt=now - PATIENCE)
    for file_id in forgotten.order_by("uploaded_at").values_list("pk", flat=True)[:100]:
        scan.delay(str(file_id))
    actions.remove_unattached(now=now, before=now - ORPHANED_AFTER)


@shared_task
def remove_orphans() -> None:
    """Remove bytes nobody has a row for, once their upload must be over: it was undone."""
    old = place().written_before(timezone.now() - ORPHANED_AFTER)
    known = set(StoredFile.objects.filter(pk__in=old).values_list("pk", flat=True))
    place().remove_bytes(file_id for file_id in old if file_id not in known)

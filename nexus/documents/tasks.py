"""The worker's doors to stored files. Messages carry ids; a lost one is made good by the sweep."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from nexus.confined.running import Failed
from nexus.documents import actions
from nexus.documents.models import Scan, StoredFile
from nexus.documents.scanning import ScannerUnavailable
from nexus.documents.storing import folder

PATIENCE = timedelta(minutes=1)  # until a file still in quarantine is taken for forgotten
ORPHANED_AFTER = timedelta(hours=6)  # until bytes without a row are taken for an undone upload's
UUID_SHAPE = "-".join("[0-9a-f]" * length for length in (8, 4, 4, 4, 12))
log = logging.getLogger("nexus.documents")


@shared_task
def scan(file_id: str) -> None:
    """Check one file, then look whether it can be printed; what does not answer now is asked again by the sweep."""
    try:
        actions.scan(file_id=UUID(file_id), now=timezone.now())
        actions.measure(file_id=UUID(file_id))
    except ScannerUnavailable:
        log.warning("the virus scanner does not answer", extra={"id": file_id})
    except Failed:
        log.warning("too many files are being opened", extra={"id": file_id})


@shared_task
def sweep() -> None:
    """Ask again for what waits too long, and remove bytes whose upload was undone."""
    now = timezone.now()
    waits = Q(scan=Scan.QUARANTINED) | Q(scan=Scan.CLEAN, pages=None)
    forgotten = StoredFile.objects.filter(waits, uploaded_at__lt=now - PATIENCE)
    for file_id in forgotten.order_by("uploaded_at").values_list("pk", flat=True)[:100]:
        scan.delay(str(file_id))
    actions.remove_unattached(now=now, before=now - ORPHANED_AFTER)
    remove_orphans(now)


def remove_orphans(now: datetime) -> int:
    """Remove files nobody has a row for, once their upload must be over. Returns how many."""
    oldest = (now - ORPHANED_AFTER).timestamp()
    old = {UUID(path.name): path for path in folder().glob(UUID_SHAPE) if path.stat().st_mtime < oldest}
    known = set(StoredFile.objects.filter(pk__in=old).values_list("pk", flat=True))
    orphans = [path for file_id, path in old.items() if file_id not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)

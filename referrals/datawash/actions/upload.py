"""A force's list comes in: checked for viruses, read, and kept as rows. The file itself is not kept."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.documents.scanning import ScannerUnavailable, verdict_on
from nexus.refusals import Refused, blank, refuse_if
from referrals.datawash.linkage.files import Listed, read_list
from referrals.datawash.models import Agreement, RemarkKind, Wash, WashRemark, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import running_agreement
from referrals.datawash.states import ONGOING

AT_ONCE = 2000  # rows in one statement
NO_ANSWER = "The virus check does not answer at present. Try again in a few minutes."


@transaction.atomic
def upload(*, by: User, now: datetime, purpose: str, file: UploadedFile) -> Wash:
    """Check a list and keep its rows under the force's running agreement. Nothing is compared yet.

    A file that is already there under the agreement gives that wash back (`is_new` False), also when it
    comes twice at the same moment. Raises Refused for what cannot be a list.
    """
    WHO_MAY.permit("upload", by)
    agreement = running_agreement(by.force, timezone.localdate(now))
    refuse_if(blank(purpose, "Enter what the list is for."))
    if agreement is None:
        raise Refused(reasons_not_to_upload(None, by.force))
    with as_path(file) as path:
        sha256 = digest_of(path)
        already = Wash.objects.filter(agreement=agreement, sha256=sha256, state__in=ONGOING).first()
        if already:
            already.is_new = False
            return already
        refuse_if(reasons_not_clean(path))
        checked = read_list(path, today=timezone.localdate(now))
    wash, is_new = Wash.objects.get_or_create(
        agreement=agreement,
        sha256=sha256,
        state__in=ONGOING,
        defaults={
            "purpose": purpose.strip(),
            "file_name": file.name,
            "uploaded_by": by,
            "uploaded_at": now,
            "read": checked.rows,
            "accepted": len(checked.accepted),
            "rejected": len(checked.rejected),
        },
    )
    wash.is_new = is_new
    if is_new:
        keep(wash, checked)
        record(
            kind="datawash.uploaded",
            by=by,
            subject=wash,
            now=now,
            reason=purpose,
            detail={"read": wash.read, "accepted": wash.accepted, "rejected": wash.rejected},
        )
    return wash


def reasons_not_to_upload(agreement: Agreement | None, force: Force | None) -> list[str]:
    if agreement:
        return []
    return [
        f"{force} has no agreement for data-washes in force today. Ask your force lead to agree one with the "
        "Nexus High Harm manager at the Home Office."
    ]


def reasons_not_clean(path: Path) -> list[str]:
    """What the virus check says against the file."""
    try:
        verdict = verdict_on(path, settings.NEXUS_SCANNER)
    except ScannerUnavailable:
        return [NO_ANSWER]
    return [] if verdict.clean else [f"The virus check refused the file. {verdict.note}"]


@contextmanager
def as_path(file: UploadedFile) -> Iterator[Path]:
    """The upload as a file that only this process reads and that is gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="nexus-list-", suffix=Path(file.name or "").suffix) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)


def digest_of(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def keep(wash: Wash, checked: Listed) -> None:
    """The accepted rows, and everything to be said of the others and of them."""
    for first in range(0, len(checked.accepted), AT_ONCE):
        WashRow.objects.bulk_create(
            WashRow(wash=wash, number=number, **row)
            for number, row in enumerate(checked.accepted[first : first + AT_ONCE], start=first)
        )
    remarks = [
        *((each.line, each.reference, RemarkKind.REJECTED, each.reason) for each in checked.rejected),
        *((each.line, each.reference, RemarkKind.REPEATED, each.text) for each in checked.repeated),
        *((each.line, each.reference, RemarkKind.REMARK, each.text) for each in checked.remarks),
    ]
    for first in range(0, len(remarks), AT_ONCE):
        WashRemark.objects.bulk_create(
            WashRemark(wash=wash, line=line, reference=reference, kind=kind, text=text[:300])
            for line, reference, kind, text in remarks[first : first + AT_ONCE]
        )

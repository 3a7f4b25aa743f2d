"""A force's list comes in. It is stored in quarantine; a worker checks and reads it (reading.py)."""

import hashlib
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.documents.storing import store
from nexus.refusals import Refused, blank, refuse_if
from referrals.datawash.messages import ask_for_reading
from referrals.datawash.models import Agreement, Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import running_agreement
from referrals.datawash.states import ONGOING


@transaction.atomic
def upload(*, by: User, now: datetime, purpose: str, file: UploadedFile) -> Wash:
    """Keep a list's file under the force's running agreement until a worker has read it.

    A file that is already there under the agreement gives that wash back (`is_new` False), also when it
    comes twice at the same moment. Raises Refused without an agreement or a purpose.
    """
    WHO_MAY.permit("upload", by)
    agreement = running_agreement(by.force, timezone.localdate(now))
    refuse_if(blank(purpose, "Enter what the list is for."))
    if agreement is None:
        raise Refused(reasons_not_to_upload(None, by.force))
    wash, is_new = Wash.objects.get_or_create(
        agreement=agreement,
        sha256=digest_of(file),
        state__in=ONGOING,
        defaults={
            "purpose": purpose.strip(),
            "file_name": file.name,
            "uploaded_by": by,
            "uploaded_at": now,
        },
    )
    wash.is_new = is_new
    if is_new:
        wash.file = store(upload=file, by=by, now=now)
        wash.save(update_fields=["file"])
        record(kind="datawash.uploaded", by=by, subject=wash, now=now, reason=purpose)
        ask_for_reading([wash.pk])
    return wash


def reasons_not_to_upload(agreement: Agreement | None, force: Force | None) -> list[str]:
    if agreement:
        return []
    return [
        f"{force} has no agreement for data-washes in force today. Ask your force lead to agree one with the "
        "Nexus High Harm manager at the Home Office."
    ]


def digest_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()

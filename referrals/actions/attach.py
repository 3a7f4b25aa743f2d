"""A document goes with the referral: stored, in quarantine until scanned, and listed."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.documents.storing import store
from nexus.refusals import refuse_if
from referrals.actions.draft import reasons_not_to_edit
from referrals.actions.steps import lock
from referrals.models import Attachment, Question, Referral


@transaction.atomic
def attach(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    upload: UploadedFile,
    description: str,
    marking: str,
    disclosable: bool,
) -> Attachment:
    """Add a document to a draft. `upload` has passed a `DocumentField`. Raises Refused."""
    referral = lock(referral_id, by=by, verb="edit")
    refuse_if(reasons_not_to_edit(referral))
    referral.changed_at = now
    referral.save()
    return add_document(
        referral,
        by=by,
        now=now,
        upload=upload,
        description=description,
        marking=marking,
        disclosable=disclosable,
    )


def add_document(
    referral: Referral,
    *,
    by: User,
    now: datetime,
    upload: UploadedFile,
    description: str,
    marking: str,
    disclosable: bool,
    question: Question | None = None,
) -> Attachment:
    """Store the bytes and list them with the locked referral, and with the question they answer.

    The caller has settled that it may be done.
    """
    attachment = Attachment.objects.create(
        referral=referral,
        file=store(upload=upload, by=by, now=now),
        description=description,
        marking=marking,
        disclosable=disclosable,
        question=question,
    )
    record(kind="referral.attachment_added", by=by, subject=referral, now=now, detail={"row": attachment.pk})
    return attachment

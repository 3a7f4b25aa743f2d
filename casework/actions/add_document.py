"""A document on the case. What the force sent with its referral stays with the referral."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import CaseDocument
from nexus.accounts.models import User
from nexus.documents import kinds
from nexus.documents.models import Marking
from nexus.documents.storing import store
from nexus.refusals import blank, refuse_if


def reasons_not_this_marking(marking: str) -> list[str]:
    return [] if marking in Marking.values else ["Select the marking of the document."]


MOST_SEARCHED = 100_000  # characters of a text file


def text_of(upload: UploadedFile) -> str:
    """What a text file says, so that it can be searched once it is found clean; nothing of other files."""
    if not kinds.KINDS[kinds.extension_of(kinds.clean_name(upload.name or ""))].text:
        return ""
    upload.seek(0)
    words = upload.read(4 * MOST_SEARCHED).decode("utf-8-sig", errors="replace")
    return words.replace("\x00", "")[:MOST_SEARCHED]


@transaction.atomic
def add_document(
    *,
    case_id: int,
    by: User,
    now: datetime,
    upload: UploadedFile,
    description: str,
    marking: str,
    disclosable: bool,
) -> CaseDocument:
    """Keep a checked upload with the case, in quarantine until it is scanned. Raises Refused."""
    case = lock(case_id, by=by, verb="add_document")
    refuse_if(
        reasons_not_to("add_document", case, by)
        or blank(description, "Enter what the document is.") + reasons_not_this_marking(marking)
    )
    document = CaseDocument.objects.create(
        case=case,
        file=store(upload=upload, by=by, now=now),
        description=description,
        marking=marking,
        disclosable=disclosable,
        text=text_of(upload),
    )
    save(case, done="document_added", by=by, now=now, is_progress=True, detail={"document": document.pk})
    return document

"""The thread in which the force and the case-owner talk, with documents."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.support import telling
from casework.support.actions.steps import lock, reasons_not_theirs
from casework.support.models import SupportMessage, SupportRequest
from casework.support.permissions import recipient_of
from casework.support.states import MAY_BE_TALKED_ABOUT
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.documents.models import Marking
from nexus.documents.storing import store
from nexus.refusals import blank, refuse_if


def reasons_not_to_write(request: SupportRequest, by: User) -> list[str]:
    if request.state not in MAY_BE_TALKED_ABOUT:
        return [
            f"This request is now “{request.get_state_display()}”, so you cannot send a message to the force."
        ]
    return reasons_not_theirs(request, by)


def reasons_not_this_document(upload: UploadedFile | None, marking: str) -> list[str]:
    if upload and marking not in Marking.values:
        return ["Select the marking of the document."]
    if marking and not upload:
        return ["Choose the document to be marked, or leave the marking blank."]
    return []


@transaction.atomic
def add_message(
    *,
    request_id: int,
    by: User,
    now: datetime,
    text: str,
    upload: UploadedFile | None = None,
    marking: str = "",
) -> SupportMessage:
    """Say something to the other side, with a document where there is one. Raises Refused."""
    request = lock(request_id, by=by, verb="add_message")
    refuse_if(
        reasons_not_to_write(request, by)
        or blank(text, "Enter your message.") + reasons_not_this_document(upload, marking)
    )
    message = SupportMessage.objects.create(
        support_request=request,
        text=text,
        file=store(upload=upload, by=by, now=now) if upload else None,
        marking=marking,
        by=by,
        at=now,
    )
    detail = {"message": message.pk, "file": str(message.file_id or "")}
    recipient = recipient_of(by) or request.force.name
    record(kind="support.message_added", by=by, subject=request, now=now, recipient=recipient, detail=detail)
    telling.message_sent(message)
    return message

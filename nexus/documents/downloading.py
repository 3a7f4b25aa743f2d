"""The one way a stored file leaves: served once it is clean, and the download is recorded."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.utils import timezone

from nexus.audit.recording import record
from nexus.documents.models import StoredFile
from nexus.documents.serving import not_sent_again, reasons_not_to_serve, serve
from nexus.refusals import Refused, refuse_if
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict


def download(
    request: SignedInRequest,
    file: StoredFile,
    *,
    kind: str,
    subject: Model,
    detail: dict[str, Any],
    recipient: str = "",
    back_url: str = "",
) -> HttpResponse:
    """The file to be saved, recorded as `kind`; or the page that says why not yet, with the way back.

    To a program that has the same bytes already it is not sent again, and that is not recorded (`not_sent_again`).
    """
    try:
        refuse_if(reasons_not_to_serve(file))
        if known := not_sent_again(request, file.sha256):
            return known
        response = serve(file, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, back_url)
    record(
        kind=kind, by=request.user, subject=subject, now=timezone.now(), recipient=recipient, detail=detail
    )
    return response

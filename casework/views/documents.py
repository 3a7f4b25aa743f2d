"""A document of a case, handed out as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.views.frame import visible
from nexus.audit.recording import record
from nexus.documents.serving import serve
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict


@require_GET
def document(request: SignedInRequest, reference: str, document_id: int) -> HttpResponse:
    """The file to be saved, once it is checked; the download is recorded."""
    case = visible(request, reference)
    found = get_object_or_404(case.documents.select_related("file"), pk=document_id)
    try:
        response = serve(found.file)
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("casework:documents", args=[reference]))
    record(
        kind="case.document_downloaded",
        by=request.user,
        subject=case,
        now=timezone.now(),
        request_id=request.id,
        detail={"document": found.pk},
    )
    return response

"""A document of a case, handed out as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework.views.frame import visible
from nexus.documents.downloading import download
from nexus.requests import SignedInRequest


@require_GET
def document(request: SignedInRequest, reference: str, document_id: int) -> HttpResponse:
    """The file to be saved, once it is checked; the download is recorded."""
    case = visible(request, reference)
    found = get_object_or_404(case.documents.select_related("file"), pk=document_id)
    return download(
        request,
        found.file,
        kind="case.document_downloaded",
        subject=case,
        detail={"document": found.pk},
        back_url=reverse("casework:documents", args=[reference]),
    )

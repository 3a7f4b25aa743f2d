"""What may be taken away: a document of a case, and the whole case as one PDF."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.printing import printed as the_whole_case
from nexus.audit.recording import record
from nexus.documents.downloading import download
from nexus.documents.pdf import render_pdf
from nexus.documents.serving import as_attachment
from nexus.requests import SignedInRequest


@require_GET
def document(request: SignedInRequest, reference: str, document_id: int) -> HttpResponse:
    """The file to be saved, once it is checked; the download is recorded."""
    case = CASES.open(request.user, "view", reference=reference)
    found = get_object_or_404(case.documents.select_related("file"), pk=document_id)
    return download(
        request,
        found.file,
        kind="case.document_downloaded",
        subject=case,
        detail={"document": found.pk},
        back_url=reverse("casework:documents", args=[reference]),
    )


@require_GET
def printed(request: SignedInRequest, reference: str) -> HttpResponse:
    """The whole case as one PDF, for those who read the whole case; recorded as handed out to them."""
    case, now = CASES.open(request.user, "view_print", reference=reference), timezone.now()
    data = the_whole_case(case, by=request.user, now=now) | {"demonstration": settings.NEXUS_DEMONSTRATION}
    record(kind="case.printed", by=request.user, subject=case, now=now)
    content = render_pdf("casework/pdf/case.typ", data)
    return as_attachment(content, f"{reference}-case.pdf", "application/pdf")

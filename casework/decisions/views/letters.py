"""Letters, downloaded as they were made."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from casework.decisions.models import Letter
from casework.lists import CASES
from nexus.audit.recording import record
from nexus.documents.as_stored import is_as_stored
from nexus.documents.kinds import KINDS
from nexus.documents.serving import as_attachment, not_sent_again
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict

CHANGED = "This letter is not as it was made, so it is not given out. An auditor has been told."


@require_GET
def download(request: SignedInRequest, reference: str, letter_id: int, kind: str) -> HttpResponse:
    """The file as it was made; the download is recorded with its hash."""
    case = CASES.open(request.user, "view", reference=reference)
    if kind not in ("pdf", "docx"):
        raise Http404
    letter = get_object_or_404(Letter.objects.filter(decision__case=case), pk=letter_id)
    content, digest = (letter.pdf, letter.pdf_hash) if kind == "pdf" else (letter.docx, letter.docx_hash)
    if known := not_sent_again(request, digest):
        return known
    by, now, found = request.user, timezone.now(), hashlib.sha256(content).hexdigest()
    if not is_as_stored(letter, digest=digest, found=found, by=by, now=now):
        return conflict(request, [CHANGED])
    detail = {"letter": letter.pk, "format": kind, "sha256": digest}
    record(
        kind="decision.letter_downloaded",
        by=by,
        subject=case,
        now=now,
        detail=detail,
    )
    name = f"{slugify(f'{reference} {letter.get_template_display()}')}.{kind}"
    return as_attachment(bytes(content), name, KINDS[kind].content_type, digest=digest)

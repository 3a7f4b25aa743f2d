"""Letters: previewed in the page, made, and downloaded as they were made."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from casework.decisions import actions
from casework.decisions.actions.letters import reasons_not_to_make_letter
from casework.decisions.letters import content_of
from casework.decisions.models import Letter, LetterTemplate
from casework.decisions.views.steps import back_to, the_case, the_decision
from casework.views.frame import show
from nexus.audit.recording import record
from nexus.documents.exports import MARKING
from nexus.documents.kinds import KINDS
from nexus.documents.serving import as_attachment
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict


@require_http_methods(["GET", "POST"])
def make_letter(request: SignedInRequest, reference: str, decision_id: int, template: str) -> HttpResponse:
    """The letter as it would read; one button makes and keeps it."""
    if template not in LetterTemplate.values:
        raise Http404
    decision, now = the_decision(request, reference, decision_id, "make_letter"), timezone.now()
    if request.method == "POST":
        try:
            actions.make_letter(decision_id=decision.pk, by=request.user, now=now, template=template)
        except Refused as refused:
            return conflict(request, refused.reasons, back_to(decision.case))
        messages.success(request, "The letter is made and kept as PDF and DOCX")
        return redirect(back_to(decision.case))
    refusals = reasons_not_to_make_letter(decision, request.user, template)
    if refusals:
        return conflict(request, refusals, back_to(decision.case))
    context: dict[str, Any] = {
        "letter": content_of(decision, template, now=now),
        "back_url": back_to(decision.case),
    }
    return show(request, decision.case, "decision", "casework/decisions/letter", **context)


@require_GET
def download(request: SignedInRequest, reference: str, letter_id: int, kind: str) -> HttpResponse:
    """The file as it was made; the download is recorded with its hash."""
    case = the_case(request, reference)
    if kind not in ("pdf", "docx"):
        raise Http404
    letter = get_object_or_404(Letter.objects.filter(decision__case=case), pk=letter_id)
    content, digest = (letter.pdf, letter.pdf_hash) if kind == "pdf" else (letter.docx, letter.docx_hash)
    detail = {"letter": letter.pk, "format": kind, "sha256": digest}
    record(
        kind="decision.letter_downloaded",
        by=request.user,
        subject=case,
        now=timezone.now(),
        detail=detail,
    )
    name = f"{slugify(f'{MARKING} {reference} {letter.get_template_display()}')}.{kind}"
    return as_attachment(bytes(content), name, KINDS[kind].content_type)

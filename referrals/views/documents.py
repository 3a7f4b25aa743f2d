"""What may be taken away: a referral as a PDF, and the documents that go with it."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.documents.downloading import download
from nexus.documents.pdf import render_pdf
from nexus.documents.serving import as_attachment
from nexus.requests import SignedInRequest
from referrals.lists import REFERRALS
from referrals.printing import printed


def recipient(request: SignedInRequest) -> str:
    """Who outside the Home Office receives it: the force, or nobody."""
    return request.user.force.name if request.user.force else ""


@require_GET
def pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """The referral as its force may keep it: tagged, marked on each page."""
    referral, now = REFERRALS.find(request.user, reference=reference), timezone.now()
    data = printed(referral, by=request.user, now=now) | {"demonstration": settings.NEXUS_DEMONSTRATION}
    record(
        kind="referral.downloaded",
        by=request.user,
        subject=referral,
        now=now,
        recipient=recipient(request),
    )
    content = render_pdf("referrals/pdf/referral.typ", data)
    return as_attachment(content, f"{referral.reference}.pdf", "application/pdf")


@require_GET
def attachment(request: SignedInRequest, reference: str, row_id: int) -> HttpResponse:
    """One document, once it is found clean."""
    referral = REFERRALS.find(request.user, reference=reference)
    row = get_object_or_404(referral.attachments.select_related("file"), pk=row_id)
    return download(
        request,
        row.file,
        kind="attachment.downloaded",
        subject=row,
        detail={"referral": referral.pk},
        recipient=recipient(request),
        back_url=reverse("referrals:detail", args=[reference]),
    )

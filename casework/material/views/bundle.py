"""The bundle for the tribunal, as one PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material.permissions import WHO_MAY
from casework.material.printing import bundle_of, made_of
from casework.models import Case
from nexus.audit.recording import record
from nexus.documents.serving import as_attachment
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict


@require_GET
def bundle(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything approved and disclosable of one case; making it is written down."""
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("referral__force"), referral__reference=reference
    )
    WHO_MAY.permit("view_bundle", request.user)
    now = timezone.now()
    try:
        contents = bundle_of(case)
        content = made_of(contents, case=case, now=now)
    except Refused as refused:
        return conflict(request, refused.reasons)
    record(
        kind="material.bundled",
        by=request.user,
        subject=case,
        now=now,
        detail={"material": [part.material.pk for part in contents]},
    )
    return as_attachment(content, f"{reference}-bundle.pdf", "application/pdf")

"""The bundle for the tribunal, as one PDF."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.material.permissions import WHO_MAY
from casework.material.printing import Part, bundle_of, made_of
from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.documents.serving import as_attachment
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict
from nexus.verbs import attempt


@require_GET
def bundle(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything approved and disclosable of one case; making it is written down."""
    case, now = CASES.find(request.user, reference=reference), timezone.now()
    WHO_MAY.permit("view_bundle", request.user)
    tried = attempt(None, made, case=case, by=request.user, now=now)
    if not tried.succeeded:
        return conflict(request, list(tried.reasons))
    parts, content = tried.result
    detail = {"material": [part.material.pk for part in parts]}
    record(kind="material.bundled", by=request.user, subject=case, now=now, detail=detail)
    return as_attachment(content, f"{reference}-bundle.pdf", "application/pdf")


def made(*, case: Case, by: User, now: datetime) -> tuple[list[Part], bytes]:
    """What the bundle holds, and its file. Raises Refused."""
    parts = bundle_of(case)
    return parts, made_of(parts, case=case, by=by, now=now)

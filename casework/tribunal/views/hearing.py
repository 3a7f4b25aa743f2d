"""One hearing: what is known of it, and its bundles."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.decisions.queries import answer_due
from casework.tribunal.lists import HEARINGS
from casework.tribunal.verbs import hearing_pages
from casework.views.frame import show
from nexus.requests import SignedInRequest


@require_GET
def hearing(request: SignedInRequest, reference: str, hearing_id: int) -> HttpResponse:
    """When and where, who comes, and the papers."""
    found = HEARINGS.open(request.user, "view", reference=reference, pk=hearing_id)
    bundles = list(found.bundles.prefetch_related("versions"))
    context: dict[str, Any] = {
        "hearing": found,
        "challenge": found.challenge,
        "bundles": bundles,
        "available": hearing_pages.available_to(found, request.user, now=timezone.now()),
        "answer_due": answer_due(timezone.localdate()),
    }
    return show(request, found.challenge.decision.case, "hearing", "casework/tribunal/hearing", **context)

"""The case behind an address, and what goes back about it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from casework.api.serializers import CaseSerializer
from casework.lists import cases
from casework.models import Case
from nexus.audit.recording import record


def visible(request: Request) -> QuerySet[Case]:
    """The cases that exist for this person."""
    return cases(Case.objects.visible_to(request.user))


def find(request: Request, reference: str, **_: Any) -> Case:
    """The one case, or Http404 outside what the person sees."""
    return get_object_or_404(visible(request), referral__reference=reference)


def shown(request: Request, case: Case) -> dict[str, Any]:
    return dict(CaseSerializer(case).data)


def viewed(request: Request, case: Case, part: str) -> None:
    """Write down which part of the case was read."""
    record(
        kind="case.viewed",
        by=request.user,
        subject=case,
        now=timezone.now(),
        detail={"part": part},
        request_id=request._request.id,
    )

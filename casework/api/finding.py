"""The case behind an address, and what goes back about it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casework.api.serializers import CaseSerializer
from casework.lists import cases
from casework.models import Case
from nexus.api.requests import Call
from nexus.audit.recording import record


def visible(request: Call) -> QuerySet[Case]:
    """The cases that exist for this person."""
    return cases(Case.objects.visible_to(request.user))


def find(request: Call, reference: str, **_: Any) -> Case:
    """The one case, or Http404 outside what the person sees."""
    return get_object_or_404(visible(request), referral__reference=reference)


def shown(request: Call, case: Case) -> dict[str, Any]:
    return dict(CaseSerializer(case).data)


def viewed(request: Call, case: Case, part: str) -> None:
    """Write down which part of the case was read."""
    record(
        kind="case.viewed",
        by=request.user,
        subject=case,
        now=timezone.now(),
        detail={"part": part},
    )

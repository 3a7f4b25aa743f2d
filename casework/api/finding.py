"""The case behind an address, and what goes back about it."""

from typing import Any

from casework.api.serializers import CaseSerializer
from casework.lists import CASES
from casework.models import Case
from nexus.api.requests import Call


def find(request: Call, reference: str, **_: Any) -> Case:
    """The one case, or Http404 outside what the person sees."""
    return CASES.find(request.user, reference=reference)


def shown(request: Call, case: Case) -> dict[str, Any]:
    return dict(CaseSerializer(case).data)


def viewed(request: Call, case: Case, part: str) -> None:
    """Write down which part of the case was read."""
    CASES.viewed(request.user, case, part=part)

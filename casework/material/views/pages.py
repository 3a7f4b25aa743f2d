"""What the pages of Nexus material share: finding it, and writing down that it was read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casework.lists import cases
from casework.material.models import Material
from casework.material.permissions import WHO_MAY, recipient_of
from casework.models import Case
from casework.views.frame import show as show_case
from nexus.audit.recording import record
from nexus.requests import SignedInRequest


def visible(request: SignedInRequest, material_id: int, verb: str) -> Material:
    """The material behind the address; 404 outside what the person sees, 403 where their role may not."""
    found = Material.objects.visible_to(request.user).select_related(
        "case__referral__force", "case__case_owner", "approval__version", "commissioned_by", "reviewed_by"
    )
    material = get_object_or_404(found, pk=material_id)
    WHO_MAY.permit(verb, request.user)
    return material


def viewed(request: SignedInRequest, material: Material, page: str) -> None:
    """Write down that a page about the material was read; by the police it is a disclosure."""
    record(
        kind="material.viewed",
        by=request.user,
        subject=material,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        detail={"page": page},
    )


def show(
    request: SignedInRequest, material: Material, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one piece of material in the frame of its case, for casework."""
    viewed(request, material, template)
    case = cases(Case.objects.visible_to(request.user)).get(pk=material.case_id)
    return show_case(
        request,
        case,
        "material",
        f"casework/material/{template}",
        status=status,
        material=material,
        **context,
    )

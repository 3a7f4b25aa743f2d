"""The frames of a page about one piece of material: casework's in its case, and the force's own. Both record the reading."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casework.lists import CASES
from casework.material import queries, rules
from casework.material.actions.supplying import open_ask
from casework.material.lists import MATERIAL
from casework.material.models import Material
from casework.views.frame import show
from nexus.requests import SignedInRequest


def inside(
    request: SignedInRequest,
    material: Material,
    page: str,
    template: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page for casework, in the frame of the case."""
    MATERIAL.viewed(request.user, material, page=page)
    case = CASES.find(request.user, reference=material.case.referral.reference)
    context = {"material": material, **context}
    return show(request, case, "material", template, status=status, **context)


def for_force(
    request: SignedInRequest,
    material: Material,
    page: str,
    template: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page for the force, about what is asked of it."""
    MATERIAL.viewed(request.user, material, page=page)
    ask = open_ask(material)
    context = {
        "material": material,
        "referral": material.case.referral,
        "ask": ask,
        "original": queries.original_of(ask) if ask else None,
        "format": [point.instruction for point in rules.CHECKLIST.values()],
        "today": timezone.localdate(),
        "back_url": reverse("material:asked_detail", args=[material.pk]),
        **context,
    }
    return render(request, template, context, status=status)

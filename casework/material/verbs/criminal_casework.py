"""What Criminal Casework does with the material that was asked for it and is approved: it relies on it, and serves it."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.material import actions, forms
from casework.material.actions.relying import reasons_not_to_rely_on
from casework.material.lists import RELEASED
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.verbs import casework
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages

VERBS = {
    "rely_on": Verb(
        action=actions.rely_on,
        form=forms.RelyForm,
        heading="Record that your decision relies on it",
        success="Recorded: your decision relies on it",
        quote="The Senior Caseworkers within the Nexus High Harm team lead on the application of Nexus material within "
        "casework decisions.",
        reasons_against=lambda material, by, now: reasons_not_to_rely_on(material, by),
    ),
    "ask_appeals": replace(
        casework.VERBS["ask_for_appeals_review"],
        address="ask-specialist-appeals/",
        permission=lambda material: "ask_for_appeals_review",
    ),
    "record_service": replace(
        casework.VERBS["serve"], address="record-service/", permission=lambda material: "serve"
    ),
}


def show(
    request: SignedInRequest, material: Material, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb, in no case's frame: Criminal Casework reads none."""
    RELEASED.viewed(request.user, material, page=name)
    return render(
        request, "casework/material/released_act.html", {"material": material, **context}, status=status
    )


pages = VerbPages(
    verbs=VERBS,
    who_may=WHO_MAY,
    find=lambda by, **address: RELEASED.open(by, "view_released", **address),
    ids=lambda material: {"material_id": material.pk},
    show=show,
    back=lambda material, by: reverse("material:released", args=[material.pk]),
)

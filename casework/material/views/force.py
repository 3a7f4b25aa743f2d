"""What the force reads of what is asked of it: the list, and one piece. What it does is in verbs/force.py."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material import queries
from casework.material.actions.supplying import open_ask, reasons_not_asked, reasons_not_to_supply
from casework.material.lists import MATERIAL
from casework.material.permissions import WHO_MAY
from casework.material.views.frame import for_force
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage


@require_GET
def asked(request: SignedInRequest) -> HttpResponse:
    """Material asked of the force, the nearest day first, and what it has sent."""
    WHO_MAY.permit("view_asked", request.user)
    page = KeysetPage(queries.asked_of(request.user), request, order=["due_on"])
    MATERIAL.listed(request.user, [ask.material for ask in page.rows])
    context = {"page": page, "sent": queries.sent_by_force(request.user), "today": timezone.localdate()}
    return render(request, "casework/material/asked.html", context)


@require_GET
def detail(request: SignedInRequest, material_id: int) -> HttpResponse:
    """What is asked now, what is written and attached so far, what was sent before, and the thread."""
    material = MATERIAL.open(request.user, "view_asked", material_id=material_id)
    ask = open_ask(material)
    return for_force(
        request,
        material,
        "asked_detail",
        "casework/material/asked_detail.html",
        attached=list(ask.records.select_related("file")) if ask else [],
        versions=list(material.versions.select_related("supplied_by")),
        originals=queries.originals_of(material),
        thread=list(material.messages.select_related("by")),
        removed=queries.removed_files(material, ask) if ask else [],
        refusals=reasons_not_asked(material),
        missing=reasons_not_to_supply(ask) if ask else [],
    )

"""What Criminal Casework reads of the material asked for it: where it stands, and once it is approved, what may be disclosed."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material.lists import RELEASED
from casework.material.models import Material
from casework.material.printing import Part, disclosed, made_of, part_of
from casework.material.states import FORCE, LOCKED
from casework.material.verbs.criminal_casework import pages
from casework.states import OWNER
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.documents.serving import as_attachment
from nexus.refusals import refuse_if
from nexus.requests import SignedInRequest
from nexus.ui.views import conflict
from nexus.verbs import Attempt, attempt

NOT_APPROVED = "It is not approved. You can read and rely on it once a Senior Caseworker has approved it."


@require_GET
def released(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Where it stands and who must act; the disclosable text, where it is approved and as it was approved."""
    by, now = request.user, timezone.now()
    material = RELEASED.open(by, "view_released", material_id=material_id)
    RELEASED.viewed(by, material, page="released")
    tried = attempt(None, read, material=material) if material.state in LOCKED else Attempt()
    context = {
        "material": material,
        "referral": material.case.referral,
        "who": who_must_act(material),
        "text": tried.result,
        "refusals": tried.reasons,
        "buttons": [(name, pages.verbs[name].heading) for name in pages.available_to(material, by, now=now)],
        "back_url": reverse("support:detail", args=[material.support_request.pk]),
    }
    return render(request, "casework/material/released.html", context, status=tried.status)


def who_must_act(material: Material) -> str:
    """Before it is approved Liverpool works on it; afterwards it is whose decision relies on it."""
    owner = material.state_record.next_action.owner
    if owner == OWNER:
        return "You" if material.state in LOCKED else "Nexus High Harm"
    return material.case.referral.force.name if owner == FORCE else owner


def approved_part(material: Material) -> Part:
    """Raises Refused where it is not approved, or not as it was approved."""
    refuse_if([] if material.state in LOCKED else [NOT_APPROVED])
    return part_of(material)


def read(*, material: Material) -> dict[str, Any]:
    """What may be disclosed of it. Raises Refused."""
    return disclosed(approved_part(material))


def printed(*, material: Material, by: User, now: datetime) -> bytes:
    """The same as a file. Raises Refused."""
    return made_of([approved_part(material)], case=material.case, by=by, now=now)


@require_GET
def released_file(request: SignedInRequest, material_id: int) -> HttpResponse:
    """The same with its records, as one PDF; making it is written down."""
    by, now = request.user, timezone.now()
    material = RELEASED.open(by, "view_released", material_id=material_id)
    tried = attempt(None, printed, material=material, by=by, now=now)
    if not tried.succeeded:
        return conflict(request, list(tried.reasons))
    record(kind="material.bundled", by=by, subject=material, now=now, detail={"material": [material.pk]})
    reference = material.case.referral.reference
    return as_attachment(tried.result, f"{reference}-material-{material.pk}.pdf", "application/pdf")

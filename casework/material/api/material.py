"""Nexus material: list, ask, read, and every verb of both sides. Records and the bundle come from their pages."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.api.finding import find as find_case
from casework.material.api.serializers import (
    AskedLineSerializer,
    AskedSerializer,
    MaterialLineSerializer,
    MaterialSerializer,
    VersionSerializer,
)
from casework.material.lists import MATERIAL
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.states import State
from casework.material.verbs import casework, force, of_case
from nexus.api.requests import Call, endpoint
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start
from nexus.audit.recording import record

material = Resource(
    noun="material",
    plural="material_list",
    address="material/<int:material_id>/",
    key="material_id",
    who_may=WHO_MAY,
    rows=MATERIAL.seen,
    line=AskedLineSerializer,
    shape=AskedSerializer,
    inside_line=MaterialLineSerializer,
    inside=MaterialSerializer,
    inside_filters={"state": Filter("state", State.values)},
    filters={"case": Filter("case__referral__reference")},
    recipient=recipient_of,
    starts={
        "case_request_summary": Start(
            permission="request_summary",
            verb=of_case.BEGIN["request_summary"],
            address="cases/<slug:reference>/request-summary/",
            find=find_case,
            ids=lambda case: {"case_id": case.pk},
        )
    },
    verbs={**casework.VERBS, **force.VERBS},
)


@extend_schema(operation_id="material_version", responses={200: VersionSerializer})
@endpoint("GET", roles=WHO_MAY["view_inside"])
def version(request: Call, material_id: int, version_id: int) -> Response:
    """The text of one version with what the check says of it. Reading is recorded, and counts as having read it."""
    found = MATERIAL.open(request.user, "view_inside", material_id=material_id)
    row = get_object_or_404(found.versions.select_related("ask"), pk=version_id)
    record(
        kind="material.version_viewed",
        by=request.user,
        subject=row,
        now=timezone.now(),
        detail={"material": found.pk},
    )
    return Response(VersionSerializer(row).data)

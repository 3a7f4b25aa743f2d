"""Data-washes: send a list, list, read, read the rows, queue, discard."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from nexus.api.asking import CURSORS
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.resources import PLACE, Filter, Posting, Resource
from nexus.api.verbs import body_shape, carried_out
from referrals.datawash import queries
from referrals.datawash.actions.disclose import disclose
from referrals.datawash.api.serializers import WashRowSerializer, WashSerializer
from referrals.datawash.lists import WASHES
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.states import REPORTED, State
from referrals.datawash.verbs import UPLOAD, WASH_VERBS


def upload(request: Call) -> Response:
    """A list to be read: its state says what became of it. The same file again is answered with what there is of it."""
    WHO_MAY.permit("upload", request.user)
    wash = carried_out(UPLOAD["upload"], None, request)
    made = status.HTTP_201_CREATED if wash.is_new else status.HTTP_200_OK
    return Response(washes.shown(request, washes.find(request, wash_id=wash.pk)), status=made)


washes = Resource(
    noun="wash",
    plural="washes",
    address="data-washes/<int:wash_id>/",
    key="wash_id",
    who_may=WHO_MAY,
    rows=WASHES.seen,
    line=WashSerializer,
    shape=WashSerializer,
    order=("-uploaded_at", "-pk"),
    filters={"state": Filter("state", State.values)},
    audit="datawash",
    verbs=WASH_VERBS,
    posting=Posting(
        operation_id="wash_upload",
        view=upload,
        roles=WHO_MAY["upload"],
        request=body_shape(UPLOAD["upload"], name="wash_upload"),
        responses={200: WashSerializer, 201: WashSerializer},
        takes_files=True,
    ),
)


@extend_schema(operation_id="wash_rows", parameters=PLACE, responses={200: list_of(WashRowSerializer)})
@endpoint("GET", query=CURSORS, roles=WHO_MAY["view"])
def rows(request: Call, wash_id: int) -> Response:
    """The report's rows in the list's order; 404 before the wash. Reading them is a recorded disclosure."""
    found = washes.find(request, wash_id=wash_id)
    WHO_MAY.permit("view", request.user)
    if found.state not in REPORTED:
        raise Http404
    page = page_of(queries.rows_of(found), request, order=["number"])
    disclose(found, by=request.user, now=timezone.now(), subjects=page.rows)
    return listed(page, request, WashRowSerializer(page.rows, many=True).data)

"""Data-washes: list, read, read the rows, queue, discard. Files come from their pages."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from nexus.api.asking import CURSORS
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.resources import PLACE, Filter, Resource
from referrals.datawash import queries
from referrals.datawash.actions.disclose import disclose
from referrals.datawash.api.serializers import WashRowSerializer, WashSerializer
from referrals.datawash.lists import WASHES
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.states import REPORTED, State
from referrals.datawash.verbs import WASH_VERBS

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
)


@extend_schema(operation_id="wash_rows", parameters=PLACE, responses={200: list_of(WashRowSerializer)})
@endpoint("GET", query=CURSORS)
def rows(request: Call, wash_id: int) -> Response:
    """The report's rows in the list's order; 404 before the wash. Reading them is a recorded disclosure."""
    found = washes.find(request, wash_id=wash_id)
    WHO_MAY.permit("view", request.user)
    if found.state not in REPORTED:
        raise Http404
    page = page_of(queries.rows_of(found), request, order=["number"])
    disclose(found, by=request.user, now=timezone.now(), subjects=page.rows)
    return listed(page, request, WashRowSerializer(page.rows, many=True).data)

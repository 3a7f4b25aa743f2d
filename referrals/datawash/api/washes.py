"""Data-washes: list, read, read the rows, queue, discard, refer from a row. Files come from their pages."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from nexus.accounts.models import User
from nexus.api.before import Verb
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.resources import PLACE, Filter, Resource
from nexus.api.verbs import READING, REFUSALS
from referrals.datawash import actions, queries
from referrals.datawash.actions.disclose import disclose
from referrals.datawash.api.serializers import Started, WashRowSerializer, WashSerializer
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.states import REPORTED, State


def visible(user: User) -> QuerySet[Wash]:
    """The washes that exist for this person."""
    return queries.washes(Wash.objects.visible_to(user))


washes = Resource(
    noun="wash",
    plural="washes",
    address="data-washes/<int:wash_id>/",
    key="wash_id",
    who_may=WHO_MAY,
    rows=visible,
    line=WashSerializer,
    shape=WashSerializer,
    order=("-uploaded_at", "-pk"),
    filters={"state": Filter("state", State.values)},
    audit="datawash",
    verbs={"queue": Verb(actions.queue), "discard": Verb(actions.discard)},
)


@extend_schema(
    operation_id="wash_rows", parameters=PLACE, responses={200: list_of(WashRowSerializer), **READING}
)
@endpoint("GET")
def rows(request: Call, wash_id: int) -> Response:
    """The report's rows in the list's order; 404 before the wash. Reading them is a recorded disclosure."""
    found = washes.find(request, wash_id=wash_id)
    WHO_MAY.permit("view", request.user)
    if found.state not in REPORTED:
        raise Http404
    page = page_of(queries.rows_of(found), request, order=["number"])
    disclose(found, by=request.user, now=timezone.now(), subjects=page.rows)
    return listed(page, request, WashRowSerializer(page.rows, many=True).data)


@extend_schema(operation_id="wash_refer", request=None, responses={200: Started, **REFUSALS})
@endpoint("POST")
def refer(request: Call, wash_id: int, row_id: int) -> Response:
    """A referral's draft from a row; called again, the same draft."""
    found = washes.find(request, wash_id=wash_id)
    WHO_MAY.permit("refer", request.user)
    row = get_object_or_404(found.rows, pk=row_id)
    return Response(Started(actions.refer(row_id=row.pk, by=request.user, now=timezone.now())).data)

"""Data-washes: list, read, let be washed, discard; a report's rows, and a referral from one of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS, call, verb_view
from nexus.audit.recording import record
from referrals.datawash import actions
from referrals.datawash.actions.disclose import disclose
from referrals.datawash.api.serializers import Started, WashRowSerializer, WashSerializer
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import rows_of, washes
from referrals.datawash.states import REPORTED, State

PLACE = [OpenApiParameter("after"), OpenApiParameter("before")]


def visible(request: Call) -> QuerySet[Wash]:
    """The washes that exist for this person."""
    return washes(Wash.objects.visible_to(request.user))


def find(request: Call, wash_id: int, **_: Any) -> Wash:
    """The one wash, or Http404 outside what the person sees."""
    return get_object_or_404(visible(request), pk=wash_id)


@extend_schema(
    operation_id="wash_list",
    parameters=[OpenApiParameter("state", enum=State.values), *PLACE],
    responses={200: list_of(WashSerializer), **READING},
)
@endpoint("GET")
def wash_list(request: Call) -> Response:
    """The data-washes this person sees, newest first."""
    WHO_MAY.permit("view", request.user)
    found, state = visible(request), request.query_params.get("state")
    if state in State.values:
        found = found.filter(state=state)
    page = page_of(found, request, order=["-uploaded_at", "-pk"])
    record(
        kind="datawash.listed",
        by=request.user,
        subjects=page.rows,
        now=timezone.now(),
        request_id=request.id,
    )
    return listed(page, request, WashSerializer(page.rows, many=True).data)


@extend_schema(operation_id="wash_read", responses={200: WashSerializer, **READING})
@endpoint("GET")
def wash(request: Call, wash_id: int) -> Response:
    """One data-wash without its rows."""
    found = find(request, wash_id)
    WHO_MAY.permit("view", request.user)
    record(kind="datawash.viewed", by=request.user, subject=found, now=timezone.now(), request_id=request.id)
    return Response(WashSerializer(found).data)


@extend_schema(
    operation_id="wash_rows", parameters=PLACE, responses={200: list_of(WashRowSerializer), **READING}
)
@endpoint("GET")
def rows(request: Call, wash_id: int) -> Response:
    """The report's rows in the list's order; 404 before the wash. Reading them is a recorded disclosure."""
    found = find(request, wash_id)
    WHO_MAY.permit("view", request.user)
    if found.state not in REPORTED:
        raise Http404
    page = page_of(rows_of(found), request, order=["number"])
    disclose(found, by=request.user, now=timezone.now(), request_id=request.id, subjects=page.rows)
    return listed(page, request, WashRowSerializer(page.rows, many=True).data)


@extend_schema(operation_id="wash_refer", request=None, responses={200: Started, **REFUSALS})
@endpoint("POST")
def refer(request: Call, wash_id: int, row_id: int) -> Response:
    """A referral's draft from a row; called again, the same draft."""
    found = find(request, wash_id)
    WHO_MAY.permit("refer", request.user)
    row = get_object_or_404(found.rows, pk=row_id)
    return Response(Started(actions.refer(row_id=row.pk, by=request.user, now=timezone.now())).data)


VERBS = {
    verb: verb_view(
        verb,
        noun="wash",
        who_may=WHO_MAY,
        find=find,
        act=call(getattr(actions, verb), key="wash_id"),
        answer=lambda request, found: WashSerializer(found).data,
        shape=WashSerializer,
    )
    for verb in ("queue", "discard")
}

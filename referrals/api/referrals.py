"""A referral from its first draft: list, start, read."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import Force
from nexus.api.bodies import object_of
from nexus.api.errors import InvalidBody
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS
from referrals import actions
from referrals.api.finding import KEY_HEADER, find, idempotency_key, shown
from referrals.api.serializers import ReferralLineSerializer, ReferralSerializer, WorkedReferralSerializer
from referrals.lists import REFERRALS
from referrals.permissions import RAISES, WHO_MAY
from referrals.states import State

EITHER = PolymorphicProxySerializer(
    component_name="AnyReferral",
    serializers=[ReferralSerializer, WorkedReferralSerializer],
    resource_type_field_name=None,
)


class StartSerializer(serializers.Serializer):
    """Only an immigration officer names a force; the police refer for their own."""

    force = serializers.CharField(required=False, help_text="PNC force code")


@extend_schema(
    methods=["GET"],
    operation_id="referral_list",
    parameters=[
        OpenApiParameter("state", enum=State.values),
        OpenApiParameter("after"),
        OpenApiParameter("before"),
    ],
    responses={200: list_of(ReferralLineSerializer), **READING},
)
@extend_schema(
    methods=["POST"],
    operation_id="referral_start",
    parameters=[OpenApiParameter(KEY_HEADER, location=OpenApiParameter.HEADER, required=True, type=str)],
    request=StartSerializer,
    responses={201: ReferralSerializer, 200: ReferralSerializer, **REFUSALS},
)
@endpoint("GET", "POST")
def referrals(request: Call) -> Response:
    """The referrals this person sees, newest first; or a new draft."""
    return start(request) if request.method == "POST" else referral_list(request)


def referral_list(request: Call) -> Response:
    """By state, where one is asked for."""
    if request.user.role not in RAISES:
        WHO_MAY.permit("view_assessment", request.user)
    found, state = REFERRALS.seen(request.user), request.query_params.get("state")
    if state in State.values:
        found = found.filter(state=state)
    page = page_of(found, request, order=["-created_at", "-pk"])
    REFERRALS.listed(request.user, page.rows)
    return listed(page, request, ReferralLineSerializer(page.rows, many=True).data)


def start(request: Call) -> Response:
    """201 for a new draft, 200 for the one this key has made before."""
    WHO_MAY.permit("start", request.user)
    key, now = idempotency_key(request), timezone.now()
    referral = actions.start(by=request.user, now=now, idempotency_key=key, force=force_of(request))
    made = referral.created_at == now
    answer = shown(request, find(request, referral.reference))
    return Response(answer, status=status.HTTP_201_CREATED if made else status.HTTP_200_OK)


def force_of(request: Call) -> Force | None:
    """The force the body names, if any. Raises InvalidBody."""
    body = object_of(request)
    code = body.pop("force", None)
    if body:
        raise InvalidBody({name: ["There is no such field here."] for name in body})
    if code is None:
        return None
    force = Force.objects.filter(code=code).first() if isinstance(code, str) and code.isalnum() else None
    if force is None:
        raise InvalidBody({"force": ["Send the PNC code of a force, for example 20."]})
    return force


@extend_schema(operation_id="referral_read", responses={200: EITHER, **READING})
@endpoint("GET")
def referral(request: Call, reference: str) -> Response:
    """The referral as this person may read it. Reading is recorded, and counts as having read it."""
    row = find(request, reference)
    if request.user.role not in RAISES:
        WHO_MAY.permit("view_assessment", request.user)
    REFERRALS.viewed(request.user, row)
    return Response(shown(request, row))

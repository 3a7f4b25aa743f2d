"""A referral from its first draft: list, start, read."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import Force, User
from nexus.api.asking import force_codes
from nexus.api.bodies import object_of, unknown_fields
from nexus.api.errors import InvalidBody
from nexus.api.requests import Call
from nexus.api.resources import Filter, Posting, Resource
from referrals import actions
from referrals.api.serializers import ReferralLineSerializer, ReferralSerializer, WorkedReferralSerializer
from referrals.lists import REFERRALS
from referrals.permissions import WHO_MAY
from referrals.states import State

OWN_REFERENCE = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
KEY_HEADER = "Idempotency-Key"


class StartSerializer(serializers.Serializer):
    """Only an immigration officer names a force; the police refer for their own."""

    force = serializers.CharField(required=False, help_text="PNC force code")


def start(request: Call) -> Response:
    """Start a draft: 201 for a new one, 200 for the one this key has made before."""
    WHO_MAY.permit("start", request.user)
    key, now = idempotency_key(request), timezone.now()
    made = actions.start(by=request.user, now=now, idempotency_key=key, force=force_of(request))
    new = status.HTTP_201_CREATED if made.created_at == now else status.HTTP_200_OK
    return Response(referrals.shown(request, referrals.find(request, reference=made.reference)), status=new)


def idempotency_key(request: Call) -> UUID:
    """The key of the header. Raises InvalidBody."""
    try:
        return UUID(request.headers[KEY_HEADER])
    except (KeyError, ValueError):
        sentence = "Send a UUID of your own. The same key sent again gives the same referral back."
        raise InvalidBody({KEY_HEADER: [sentence]}, place="header") from None


def force_of(request: Call) -> Force | None:
    """The force the body names, if any, and nothing else. Raises InvalidBody."""
    body = object_of(request)
    if set(body) - {"force"}:
        raise InvalidBody(unknown_fields(set(body) - {"force"}, ["force"]))
    return force_named(body, request.user)


def force_named(body: Mapping[str, Any], by: User) -> Force | None:
    """The force of the body's code, if there is one: the police refer for their own. Raises InvalidBody."""
    code = body.get("force")
    if code is None:
        return None
    force = Force.objects.filter(code=code).first() if isinstance(code, str) and code.isalnum() else None
    if force is None:
        raise InvalidBody({"force": ["Send the PNC code of a force, for example 20."]})
    if by.is_police and force != by.force:
        raise InvalidBody({"force": ["Send the code of your own force, or leave it out."]})
    return force


referrals = Resource(
    noun="referral",
    plural="referrals",
    address="referrals/<slug:reference>/",
    key="referral_id",
    lookup="reference",
    who_may=WHO_MAY,
    rows=REFERRALS.seen,
    line=ReferralLineSerializer,
    shape=ReferralSerializer,
    inside=WorkedReferralSerializer,
    view_inside="view_assessment",
    order=("-created_at", "-pk"),
    filters={
        "state": Filter("state", State.values),
        "own_reference": Filter("own_reference", pattern=OWN_REFERENCE),
    },
    inside_filters={"force": Filter("force__code", known=force_codes)},
    posting=Posting(
        "referral_start",
        start,
        WHO_MAY["start"],
        StartSerializer,
        {201: ReferralSerializer, 200: ReferralSerializer},
        [OpenApiParameter(KEY_HEADER, location=OpenApiParameter.HEADER, required=True, type=str)],
    ),
)

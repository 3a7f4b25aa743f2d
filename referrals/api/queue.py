"""The triage queue, and what its rows in verbs.py do not say: several questions in one request."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework.response import Response

from nexus.api.bodies import body_of, checked, object_of
from nexus.api.errors import InvalidBody
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS, carried_out
from nexus.ui.lists import Sort
from referrals import actions
from referrals import queue as queries
from referrals.api.referrals import referrals
from referrals.api.serializers import QueueLineSerializer, WorkedReferralSerializer
from referrals.forms.triage import QuestionForm, QueueFilter
from referrals.lists import REFERRALS
from referrals.permissions import WHO_MAY
from referrals.verbs import WITHOUT_A_REFERRAL

FILTERS = [
    OpenApiParameter(
        name, many=name in {"state", "channel"}, description=f"As on the page of the queue: {name}"
    )
    for name in ("state", "channel", "force", "age", "clock", "held_by", "route", "sort", "after", "before")
]


@extend_schema(
    operation_id="queue_list", parameters=FILTERS, responses={200: list_of(QueueLineSerializer), **READING}
)
@endpoint("GET")
def queue(request: Call) -> Response:
    """What waits to be decided, live-time first; the filters are the page's."""
    WHO_MAY.permit("view_queue", request.user)
    now, filters = timezone.now(), QueueFilter(request._request.GET)
    filters.is_valid()
    everything = queries.queue(REFERRALS.seen(request.user))
    found = queries.filtered(everything, filters.cleaned_data, by=request.user, now=now)
    sort = Sort(request._request, queries.SORTS, default="clock")
    page = page_of(found, request, order=sort.order, anchors=everything, never_empty=queries.NEVER_EMPTY)
    REFERRALS.listed(request.user, page.rows)
    return listed(page, request, QueueLineSerializer(page.rows, many=True).data)


@extend_schema(
    operation_id="queue_take_next",
    request=None,
    responses={200: WorkedReferralSerializer, **{status: REFUSALS[status] for status in (401, 403, 409)}},
)
@endpoint("POST")
def take_next(request: Call) -> Response:
    """Claim what is most urgent of what waits; 409 when nothing is left."""
    WHO_MAY.permit("take_next", request.user)
    referral = carried_out(WITHOUT_A_REFERRAL["take_next"], None, request)
    return Response(referrals.shown(request, referrals.find(request, reference=referral.reference)))


ASKED = inline_serializer(
    "ReferralRequestInformation",
    {"questions": body_of(QuestionForm, name="NewQuestion")(many=True)},
)


@extend_schema(
    operation_id="referral_request_information",
    request=ASKED,
    responses={200: WorkedReferralSerializer, **REFUSALS},
)
@endpoint("POST")
def request_information(request: Call, reference: str) -> Response:
    """Ask the force one question or several, each with a day and, if you wish, a person to answer it."""
    referral = referrals.find(request, reference=reference)
    WHO_MAY.permit("request_information", request.user)
    actions.request_information(
        referral_id=referral.pk,
        by=request.user,
        now=timezone.now(),
        questions=[checked(QuestionForm, each, referral=referral).asked() for each in asked_of(request)],
    )
    return Response(referrals.shown(request, referrals.find(request, reference=reference)))


def asked_of(request: Call) -> list[dict[str, Any]]:
    """The body's questions. Raises InvalidBody."""
    questions = object_of(request).get("questions")
    if not isinstance(questions, list) or not all(isinstance(each, dict) for each in questions):
        raise InvalidBody({"questions": ["Send a list of questions, each an object."]})
    return questions

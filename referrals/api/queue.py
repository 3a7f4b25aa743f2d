"""The triage queue, and what its rows in verbs.py do not say: several questions in one request."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework.response import Response

from nexus.api.asking import CURSORS, known_filters, known_sort
from nexus.api.bodies import body_of, checked, object_of
from nexus.api.errors import InvalidBody
from nexus.api.etags import IF_MATCH, expect
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import carried_out
from nexus.rows import take_turns
from nexus.ui.lists import Sort
from referrals import actions
from referrals import queue as queries
from referrals.api.referrals import referrals
from referrals.api.serializers import QueueLineSerializer, WorkedReferralSerializer
from referrals.forms.triage import QuestionForm, QueueFilter
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.verbs import WITHOUT_A_REFERRAL

ASKED_FOR = (
    *("state", "channel", "force", "age", "clock", "held_by", "same_person", "route", "sort"),
    *CURSORS,
)
FILTERS = [
    OpenApiParameter(
        name, many=name in {"state", "channel"}, description=f"As on the page of the queue: {name}"
    )
    for name in ASKED_FOR
]


@extend_schema(operation_id="queue_list", parameters=FILTERS, responses={200: list_of(QueueLineSerializer)})
@endpoint("GET", query=ASKED_FOR, roles=WHO_MAY["view_queue"])
def queue(request: Call) -> Response:
    """What waits to be decided, live-time first; the filters are the page's."""
    WHO_MAY.permit("view_queue", request.user)
    now, filters = timezone.now(), known_filters(QueueFilter(request._request.GET))
    known_sort(request.query_params, queries.SORTS)
    everything = queries.queue(REFERRALS.seen(request.user))
    found = queries.filtered(everything, filters, by=request.user, now=now)
    sort = Sort(request._request, queries.SORTS, default="clock")
    page = page_of(found, request, order=sort.order, anchors=everything, never_empty=queries.NEVER_EMPTY)
    REFERRALS.listed(request.user, page.rows)
    return listed(page, request, QueueLineSerializer(page.rows, many=True).data)


@extend_schema(
    operation_id="queue_take_next",
    request=None,
    responses={200: WorkedReferralSerializer},
)
@endpoint("POST", roles=WHO_MAY["take_next"])
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
    summary="Ask the force for information",
    parameters=[IF_MATCH],
    request=ASKED,
    responses={200: WorkedReferralSerializer},
)
@endpoint("POST", takes_match=True, roles=WHO_MAY["request_information"])
def request_information(request: Call, reference: str) -> Response:
    """Ask the force one question or several, each with a day and, if you wish, a person to answer it."""
    referral = referrals.find(request, reference=reference)
    WHO_MAY.permit("request_information", request.user)
    take_turns(referral)
    expect(request, referrals.shown, referrals.find(request, reference=reference))
    actions.request_information(
        referral_id=referral.pk,
        by=request.user,
        now=timezone.now(),
        questions=[question_of(each, at, referral=referral) for at, each in enumerate(asked_of(request))],
    )
    return Response(referrals.shown(request, referrals.find(request, reference=reference)))


def question_of(body: dict[str, Any], at: int, *, referral: Referral) -> Any:
    """One question of the list. Raises InvalidBody, which says which one is meant."""
    try:
        return checked(QuestionForm, body, referral=referral).asked()
    except InvalidBody as wrong:
        raise wrong.within(f"questions[{at}]") from None


def asked_of(request: Call) -> list[dict[str, Any]]:
    """The body's questions. Raises InvalidBody."""
    questions = object_of(request).get("questions")
    if not isinstance(questions, list) or not all(isinstance(each, dict) for each in questions):
        raise InvalidBody({"questions": ["Send a list of questions, each an object."]})
    return questions

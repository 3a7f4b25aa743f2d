"""Support requests: list, ask, read, and every verb of the asker, the Referrals Office and the force. Documents
are sent on their page."""

from casework.support.api.serializers import SupportLineSerializer, SupportSerializer
from casework.support.lists import FLAGS, REQUESTS
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.rules import Kind
from casework.support.states import State
from casework.support.verbs import ASK, ASK_VALUE_ADDED, VERBS
from nexus.api.asking import force_codes
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start

support_requests = Resource(
    noun="support_request",
    plural="support_requests",
    address="support-requests/<int:request_id>/",
    key="request_id",
    who_may=WHO_MAY,
    rows=REQUESTS.seen,
    line=SupportLineSerializer,
    shape=SupportSerializer,
    order=("over", "due_on"),
    filters={
        "state": Filter("state", State.values),
        "kind": Filter("kind", Kind.values()),
        "force": Filter("force__code", known=force_codes),
        "case": Filter("referral__reference"),
    },
    audit="support",
    recipient=recipient_of,
    starts={
        "support_ask": Start(
            permission="ask",
            verb=ASK,
            address="flags/<slug:reference>/ask-for-support/",
            find=lambda request, reference: FLAGS.find(request.user, reference=reference),
            ids=lambda flag: {"reference": flag.referral.reference},
        ),
        "support_ask_value_added": Start(
            permission="ask_value_added",
            verb=ASK_VALUE_ADDED,
            address="support-requests/ask-value-added/",
            find=lambda request: None,
            ids=lambda nothing: {},
        ),
    },
    verbs=VERBS,
)

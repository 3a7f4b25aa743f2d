"""Decisions: list, draft, read, review, make, serve; challenges: lodge, hear, conclude. Files come from their pages."""

from typing import Any

from casework.api.finding import find as find_case
from casework.decisions.api.serializers import (
    CaseDecisionLineSerializer,
    CaseDecisionSerializer,
    ClaimSerializer,
    as_challenge,
)
from casework.decisions.lists import CHALLENGES, CLAIMS, DECISIONS
from casework.decisions.models import Challenge
from casework.decisions.permissions import WHO_MAY
from casework.decisions.states import State
from casework.decisions.verbs import BEGIN, OF_CLAIM, VERBS
from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start

decisions = Resource(
    noun="case_decision",
    plural="case_decisions",
    address="decisions/<int:decision_id>/",
    key="decision_id",
    who_may=WHO_MAY,
    rows=DECISIONS.seen,
    line=CaseDecisionLineSerializer,
    shape=CaseDecisionSerializer,
    filters={"state": Filter("state", State.values), "case": Filter("case__referral__reference")},
    audit=DECISIONS.noun,
    starts={
        "case_draft_decision": Start(
            permission="draft",
            verb=BEGIN["draft"],
            address="cases/<slug:reference>/draft-decision/",
            find=find_case,
            ids=lambda case: {"case_id": case.pk},
        )
    },
    verbs=VERBS,
)


claims = Resource(
    noun="case_claim",
    plural="case_claims",
    address="claims/<int:claim_id>/",
    key="claim_id",
    who_may=WHO_MAY,
    rows=CLAIMS.seen,
    line=ClaimSerializer,
    shape=ClaimSerializer,
    filters={"case": Filter("case__referral__reference")},
    audit=CLAIMS.noun,
    subject=CLAIMS.subject,
    starts={
        "case_record_claim": Start(
            permission="record_claim",
            verb=BEGIN["record_claim"],
            address="cases/<slug:reference>/record-claim/",
            find=find_case,
            ids=lambda case: {"case_id": case.pk},
        )
    },
    verbs=OF_CLAIM,
)


def find_challenge(request: Call, challenge_id: int, **_: Any) -> Challenge:
    """The challenge, or Http404 outside the decisions that exist for this person."""
    return CHALLENGES.find(request.user, challenge_id=challenge_id)


def challenge_shown(request: Call, challenge: Challenge) -> dict[str, Any]:
    return as_challenge(challenge)

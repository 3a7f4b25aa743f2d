"""What came back to whoever holds a referral: the answer of the force, or a decision that a second reader returned."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from nexus.parts import Urgency
from referrals.models import InformationRequest, Proposal, Question, Referral
from referrals.states import ProposalState, State

# What `with_news` gives each referral.
NEWS = ("asked_at", "closed_at", "last_answer_at", "proposal_state", "proposed_at", "read_at")


def with_news(among: QuerySet[Referral]) -> QuerySet[Referral]:
    """Each with what came back to its holder: `answered_at`, when the force answered everything that it was
    asked last, and `returned_at`, when a second reader returned the decision. Either is empty once it is old."""
    last = InformationRequest.objects.filter(referral=OuterRef("pk")).order_by("-pk")
    answers = Question.objects.filter(request__referral=OuterRef("pk")).exclude(answered_at=None)
    proposals = Proposal.objects.filter(referral=OuterRef("pk")).order_by("-pk")
    return among.annotate(
        asked_at=Subquery(last.values("asked_at")[:1]),
        closed_at=Subquery(last.values("closed_at")[:1]),
        last_answer_at=Subquery(answers.order_by("-answered_at").values("answered_at")[:1]),
        proposal_state=Subquery(proposals.values("state")[:1]),
        proposed_at=Subquery(proposals.values("proposed_at")[:1]),
        read_at=Subquery(proposals.values("read_at")[:1]),
    )


def news_of(referral: Referral) -> tuple[Urgency, datetime] | None:
    """What came back last to whoever holds this referral of `with_news`, and when: answered or returned."""
    if referral.state != State.IN_TRIAGE:
        return None
    found: list[tuple[Urgency, datetime]] = []
    answered_at, asked_at = referral.last_answer_at, referral.asked_at  # type: ignore[attr-defined]
    proposed_at = referral.proposed_at  # type: ignore[attr-defined]
    if (
        answered_at
        and asked_at
        and answered_at >= asked_at
        and not (proposed_at and proposed_at > answered_at)
    ):
        found.append((Urgency.ANSWERED, answered_at))
    if referral.proposal_state == ProposalState.RETURNED:  # type: ignore[attr-defined]
        found.append((Urgency.RETURNED, referral.read_at))  # type: ignore[attr-defined]
    return max(found, key=lambda each: each[1], default=None)

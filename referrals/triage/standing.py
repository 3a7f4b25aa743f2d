"""What stands: the decisions, the latest proposal, the allocation, the requests, who holds it."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from nexus.accounts.models import User
from referrals.models import Allocation, InformationRequest, Proposal, Question, Referral, TriageDecision
from referrals.queue import standing_on
from referrals.rules.questions import Standing
from referrals.states import State


def allocation_of(referral: Referral) -> Allocation | None:
    """The open allocation: who has the case."""
    return referral.allocations.filter(ended_at=None).select_related("team").first()


def requests(referral: Referral) -> QuerySet[InformationRequest]:
    """Everything the force was asked, newest first."""
    questions = Question.objects.select_related("request", "owner", "answered_by", "withdrawn_by")
    found = referral.information_requests.select_related("asked_by").order_by("-asked_at", "-pk")
    return found.prefetch_related(Prefetch("questions", questions), "questions__attachments__file")


def questions_with_standing(request: InformationRequest, today: date) -> list[tuple[Question, Standing]]:
    """The questions of one request, each with how it stands to its day."""
    return [(question, standing_on(question.due_on, today)) for question in request.questions.all()]


def latest_proposal(referral: Referral) -> Proposal | None:
    """The last decision proposed, while the referral is in triage: it waits, or says why it did not come to be."""
    if referral.state != State.IN_TRIAGE:
        return None
    return referral.proposals.select_related("proposed_by", "read_by").last()


def decisions(referral: Referral) -> list[TriageDecision]:
    """The standing decision first, then those superseded."""
    made = referral.decisions.select_related("decided_by", "superseded_by", "held_by", "second_reader")
    return sorted(made, key=lambda each: each.decided_at, reverse=True)


def holds(referral: Referral, by: User) -> bool:
    """Whether triage is this person's own."""
    return referral.claimed_by_id == by.pk

"""The referrals and proposed decisions that a person sees, and how their reading is written down."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from nexus.rows import Rows
from referrals.models import Proposal, Question, Referral
from referrals.permissions import PROPOSALS, WHO_MAY
from referrals.summary import REMOVABLE

REFERRALS = Rows(
    noun="referral",
    seen=lambda by: (
        Referral.objects.visible_to(by)
        .select_related("force", "claimed_by", "created_by")
        .prefetch_related("flags", "nationalities")
    ),
    who_may=WHO_MAY,
    lookups={"reference": "reference"},
)
PROPOSED = Rows(
    noun="proposal",
    seen=lambda by: Proposal.objects.visible_to(by).select_related(
        "referral__force",
        "referral__claimed_by",
        "referral__created_by",
        "proposed_by",
        "read_by",
        "held_by",
    ),
    who_may=PROPOSALS,
    lookups={"reference": "referral__reference"},
)


def find_question(referral: Referral, *, question_id: int) -> Question:
    """One question about this referral, with who asked, answered and owns it. Raises Http404."""
    people = ("request__referral__force", "request__asked_by", "answered_by", "owner")
    return get_object_or_404(
        Question.objects.select_related(*people), pk=question_id, request__referral=referral
    )


def find_removed_row(referral: Referral, *, kind: str, row_id: int) -> Any:
    """One of the referral's rows, also where it is removed. Raises Http404."""
    if kind not in REMOVABLE:
        raise Http404
    return get_object_or_404(REMOVABLE[kind][0].with_removed, pk=row_id, referral=referral)

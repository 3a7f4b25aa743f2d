"""Decisions, the challenges to them and their hearings, as people meet them: which exist for whom, and how one is found."""

from django.db.models import Prefetch, QuerySet

from casework.decisions.models import Challenge, Claim, Decision
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import hearings_to_come
from casework.lists import cases
from casework.models import Case
from nexus.accounts.models import User
from nexus.rows import Rows


def decisions_of(by: User) -> QuerySet[Decision]:
    """The decisions that exist for this person, each with its case as the frame of its page needs it."""
    case = Prefetch("case", cases(Case.objects.visible_to(by)))
    people = ("drafted_by", "reviewed_by", "decided_by", "served_by")
    return Decision.objects.visible_to(by).select_related(*people).prefetch_related(case)


def challenges_of(by: User) -> QuerySet[Challenge]:
    """The challenges to them, each with its decision and its hearings."""
    found = Challenge.objects.visible_to(by).select_related("concluded_by")
    return found.prefetch_related(Prefetch("decision", decisions_of(by)), "hearings")


def claims_seen(by: User) -> QuerySet[Claim]:
    """The claims of the cases that exist for this person, each with its case."""
    case = Prefetch("case", cases(Case.objects.visible_to(by)))
    return Claim.objects.visible_to(by).select_related("recorded_by", "ended_by").prefetch_related(case)


# `DECISIONS.viewed` says that the person had the whole text before them: unread, they may not review or decide.
DECISIONS = Rows(
    noun="decision",
    seen=decisions_of,
    who_may=WHO_MAY,
    lookups={"reference": "case__referral__reference"},
)
CHALLENGES = Rows(
    noun="challenge",
    seen=challenges_of,
    who_may=WHO_MAY,
    lookups={"reference": "decision__case__referral__reference"},
)
CLAIMS = Rows(
    noun="claim",
    seen=claims_seen,
    who_may=WHO_MAY,
    lookups={"reference": "case__referral__reference"},
    subject=lambda claim: claim.case,
)
# Days in court are read as the case's.
HEARINGS = Rows(
    noun="hearing",
    seen=hearings_to_come,
    who_may=WHO_MAY,
    subject=lambda hearing: hearing.challenge.decision.case,
)

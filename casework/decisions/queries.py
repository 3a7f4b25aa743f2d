"""What is asked of the database about decisions."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.decisions.models import Challenge, Decision, Finding
from casework.decisions.permissions import WHO_MAY
from casework.decisions.rules.findings import NEVER_AGAINST, weight_of
from casework.decisions.rules.gaps import Facts, FindingFacts, Gap, gaps
from casework.decisions.rules.law import QUESTIONS, asked
from casework.decisions.states import ChallengeState, State
from casework.material.queries import approved_for, no_statement_needed, statement_indicated
from casework.models import Case
from nexus.accounts.models import User
from nexus.waiting import Waiting
from nexus.working_days import add_working_days
from referrals.models import ConductEvent, Standing

# Local target, not the guidance's: a draft is reviewed within this many working days.
REVIEW_WITHIN = 5


def standing_decision(case: Case) -> Decision | None:
    """The case's decision, draft or made; None where there is none, or where it was superseded."""
    people = ("drafted_by", "reviewed_by", "decided_by", "served_by")
    return case.decisions.exclude(state=State.SUPERSEDED).select_related(*people).first()


def findings_of(decision: Decision) -> list[Finding]:
    return list(decision.findings.select_related("event"))


def events_to_find_on(decision: Decision) -> QuerySet[ConductEvent]:
    """The referral's conduct events that may still become findings; a victim's or witness's never may."""
    referral = decision.case.referral
    taken = decision.findings.filter(event__isnull=False).values("event")
    return referral.conduct.exclude(part__in=NEVER_AGAINST).exclude(pk__in=taken)


def weight_of_event(event: ConductEvent | None) -> str:
    """What the event behind a finding may be used for; nothing where the allegation was written."""
    return weight_of(event.kind, stands=event.standing == Standing.STANDS) if event else ""


def gaps_of(decision: Decision, *, now: datetime) -> list[Gap]:
    """What the draft lacks."""
    facts = [
        FindingFacts(number, each.allegation, each.evidence, each.proved, each.reasons, each.pk)
        for number, each in enumerate(findings_of(decision), start=1)
    ]
    approved = set(approved_for(decision.case).values_list("pk", flat=True))
    material = [pk in approved for pk in decision.material.values_list("pk", flat=True)]
    case = decision.case
    return gaps(
        Facts(
            decision.answers,
            facts,
            case.route,
            timezone.localdate(now),
            material,
            statement=statement_indicated(case),
            none_needed=no_statement_needed(case) is not None,
        )
    )


def given_answers(decision: Decision) -> dict[str, dict[str, str]]:
    """The answers to what was asked; an answer to a question that is no longer asked counts for nothing."""
    return {
        name: given
        for name, given in decision.answers.items()
        if name in QUESTIONS and asked(QUESTIONS[name], decision.answers)
    }


def text_hash_of(decision: Decision) -> str:
    """The SHA-256 of everything the decision says: its answers and its findings."""
    text = {
        "checklist": decision.checklist,
        "answers": given_answers(decision),
        "findings": [
            [each.event_id, each.allegation, each.evidence, each.proved, each.reasons]
            for each in findings_of(decision)
        ],
        "material": sorted(decision.material.values_list("pk", "approval__sha256")),
    }
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


def open_challenges(case: Case) -> QuerySet[Challenge]:
    return Challenge.objects.filter(decision__case=case, state=ChallengeState.OPEN)


def to_review(user: User) -> QuerySet[Decision]:
    """Drafts that wait for a Senior Caseworker other than their drafter."""
    found = Decision.objects.visible_to(user).filter(state=State.SUBMITTED).exclude(drafted_by=user)
    return found.select_related("case__referral__force", "case__case_owner", "drafted_by")


def waiting(*, user: User, now: datetime) -> Iterator[Waiting]:
    """Decisions to review, for Senior Caseworkers."""
    if not WHO_MAY.may("view_reviews", user):
        return
    submitted = list(to_review(user).values_list("submitted_at", flat=True))
    late = sum(1 for at in submitted if at and is_late(at, now))
    yield Waiting("Decisions to review", len(submitted), reverse("decisions:reviews"), late)


def is_late(submitted_at: datetime, now: datetime) -> bool:
    return add_working_days(submitted_at, REVIEW_WITHIN) < timezone.localdate(now)

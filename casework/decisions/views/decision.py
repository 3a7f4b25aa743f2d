"""The Decision tab of a case, one decision in full, and the list of those to review."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.decisions.actions.claims import reasons_not_to_record_claim
from casework.decisions.actions.draft import reasons_not_to_draft
from casework.decisions.actions.letters import reasons_not_to_make_letter
from casework.decisions.actions.steps import reasons_not_at_work, reasons_not_to_write
from casework.decisions.lists import DECISIONS
from casework.decisions.models import Decision, LetterTemplate
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import (
    appeal_rights_of,
    challenges_to,
    claims_answered,
    gaps_of,
    is_late,
    standing_decision,
    to_review,
)
from casework.decisions.rules.recorded import contradictions
from casework.decisions.states import State
from casework.decisions.verbs import MOVES, pages
from casework.decisions.wording import appeal_time, in_words, place_of, statement_words, task_list, which_act
from casework.lists import CASES
from casework.queries import open_barriers
from casework.readiness import reasons_not_ready
from casework.rules.removal import reasons_barred
from casework.views.frame import show
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.risks import risk_flags


def offered_letters(decision: Decision, by: User) -> list[tuple[str, str]]:
    """The letters this person may make now."""
    if not WHO_MAY.may("make_letter", by):
        return []
    return [
        (template.value, template.label)
        for template in LetterTemplate
        if not reasons_not_to_make_letter(decision, by, template.value)
    ]


@require_GET
def detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where the decision stands: the draft as a task list with what it lacks, or the decision in full."""
    by, now = request.user, timezone.now()
    case = CASES.open(by, "view", reference=reference)
    decision = standing_decision(case)
    context: dict[str, Any] = {
        "decision": decision,
        "against_drafting": reasons_not_to_draft(case, by) if WHO_MAY.may("draft", by) else None,
        "claims": claims_answered(case),
        "may_claim": WHO_MAY.may("record_claim", by) and not reasons_not_to_record_claim(case, by),
        "earlier": list(case.decisions.filter(state=State.SUPERSEDED)),
    }
    if decision:
        decision.case = case
        if decision.state != State.DRAFT:
            DECISIONS.viewed(by, decision)
        gaps = gaps_of(decision, now=now) if decision.state == State.DRAFT else []
        verbs = [] if gaps else pages.available_to(decision, by, now=now)
        context |= {
            "gaps": [(gap.sentence, place_of(decision, gap)) for gap in gaps],
            "statement": statement_words(case),
            "not_ready": reasons_not_ready(case, today=timezone.localdate(now)),
            "contradictions": contradictions(decision.answers, risk_flags(case.referral)),
            "appeal_time": appeal_time(decision),
            "rights": appeal_rights_of(decision),
            "barred": reasons_barred(open_barriers(case)),
            "over": bool(case.outcome),
            "tasks": task_list(decision, gaps, writable=WHO_MAY.may("save_section", by)),
            "may_write": WHO_MAY.may("save_section", by) and not reasons_not_to_write(decision, by),
            "text": in_words(decision),
            "offered": [(name, MOVES[name].heading) for name in verbs],
            "which_act": which_act(decision, verbs, now=now),
            "challenges": challenges_to(decision),
            "letters": list(decision.letters.defer("pdf", "docx", "content").select_related("made_by")),
            "offered_letters": offered_letters(decision, by),
            "may_challenge": WHO_MAY.may("conclude", by) and not reasons_not_at_work(case, by),
            "returned": decision.changes.filter(verb="return_draft").select_related("by").last(),
            "approval": decision.changes.filter(verb="approve").select_related("by").last(),
        }
    return show(request, case, "decision", "casework/decisions/detail", **context)


@require_GET
def read(request: SignedInRequest, reference: str, decision_id: int) -> HttpResponse:
    """One decision in full, also one that no longer stands."""
    decision = DECISIONS.open(request.user, "view", reference=reference, decision_id=decision_id)
    DECISIONS.viewed(request.user, decision)
    context: dict[str, Any] = {
        "decision": decision,
        "text": in_words(decision),
        "superseded": decision.changes.filter(verb="supersede").select_related("by").last(),
        "challenges": challenges_to(decision),
        "letters": list(decision.letters.defer("pdf", "docx", "content").select_related("made_by")),
        "offered_letters": [],
        "may_challenge": False,
    }
    return show(request, decision.case, "decision", "casework/decisions/read", **context)


@require_GET
def reviews(request: SignedInRequest) -> HttpResponse:
    """Drafts that wait for a review, the longest waiting first."""
    WHO_MAY.permit("view_reviews", request.user)
    now = timezone.now()
    page = KeysetPage(to_review(request.user), request, order=["submitted_at"])
    DECISIONS.listed(request.user, [decision.case for decision in page])
    late = {decision.pk for decision in page if decision.submitted_at and is_late(decision.submitted_at, now)}
    return render(request, "casework/decisions/reviews.html", {"page": page, "late": late})

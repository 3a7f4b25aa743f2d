"""Drafting: a section a page, and the list of allegations. What is done to an allegation is in verbs.py."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casework.decisions import actions
from casework.decisions.actions.steps import reasons_not_to_write
from casework.decisions.beside import cited, powers_beside, threat_words
from casework.decisions.forms import FORMS, initial_of
from casework.decisions.lists import DECISIONS
from casework.decisions.models import Decision
from casework.decisions.queries import gaps_of
from casework.decisions.rules.gaps import Gap
from casework.decisions.rules.law import BASIS, FINDINGS, MATERIAL, SECTION, THREAT, Section
from casework.decisions.rules.recorded import contradictions
from casework.decisions.verbs import SECTIONS, page_of_case, section_pages
from casework.decisions.wording import (
    in_words,
    next_open,
    page_of,
    recorded_words,
    removed_findings,
    statement_words,
    unanswered_in,
)
from casework.views.frame import show
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.unanswered import name_unanswered
from nexus.verbs import attempt
from referrals.risks import risk_flags


@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, reference: str, decision_id: int, slug: str) -> HttpResponse:
    """One section's questions; from a section that is saved the way leads to the next that lacks something."""
    if slug not in FORMS:
        raise Http404
    by, now = request.user, timezone.now()
    decision = section_pages.permitted(request, "save_section", reference=reference, decision_id=decision_id)
    form = bind(FORMS[slug], request, decision=decision, initial=initial_of(decision, SECTION[slug]))
    refusals = [] if form.is_bound else reasons_not_to_write(decision, by)
    status = 409 if refusals else 200
    if form.is_valid():
        answers = {"decision_id": decision.pk, **form.answers()}
        tried = attempt(form, actions.save_section, by=by, now=now, **answers)
        if tried.succeeded:
            return redirect(after_section(request, tried.result, slug))
        status = tried.status
    beside = beside_section(decision, SECTION[slug])
    beside["unanswered"] = unanswered_in(decision, gaps_of(decision, now=now), slug)
    return section_pages.page(
        request, "save_section", decision, decision, form, refusals=refusals, status=status, **beside
    )


def beside_section(decision: Decision, asked: Section) -> dict[str, Any]:
    """The section's title and source, and what the case has recorded, also against the answers that are saved."""
    answers = {question.name: decision.answers.get(question.name, {}) for question in asked.questions}
    risks = risk_flags(decision.case.referral)
    return {
        "verb": replace(SECTIONS["save_section"], heading=asked.title),
        "section": asked,
        "statement": statement_words(decision.case) if asked is MATERIAL else None,
        "recorded": recorded_words(decision.case, risks)
        + (threat_words(decision.case.referral) if asked is THREAT else []),
        "law": cited([asked]),
        "contradictions": contradictions(answers, risks),
        "powers": powers_beside(decision.case) if asked is BASIS else [],
    }


def after_section(request: SignedInRequest, decision: Decision, slug: str) -> str:
    """Where somebody goes from a section they have saved: the next that lacks something, or the list."""
    gaps = gaps_of(decision, now=timezone.now())
    messages.success(request, how_far(gaps))
    name_unanswered(request, SECTION[slug].title, unanswered_in(decision, gaps, slug))
    onward = next_open(gaps, after=slug)
    if onward is None or request.POST.get("then") == "list":
        return page_of_case(decision.case)
    return page_of(decision, onward.slug)


def how_far(gaps: list[Gap]) -> str:
    """How far the draft is, in words."""
    number = len({gap.section for gap in gaps})
    if not number:
        return "Saved. Nothing is missing"
    return f"Saved. {number} {'section still needs' if number == 1 else 'sections still need'} something"


@require_GET
def findings(request: SignedInRequest, reference: str, decision_id: int) -> HttpResponse:
    """The allegations of the draft, and a way to add another."""
    by = request.user
    decision = DECISIONS.open(by, "save_section", reference=reference, decision_id=decision_id)
    onward = next_open(gaps_of(decision, now=timezone.now()), after=FINDINGS.slug)
    context: dict[str, Any] = {
        "decision": decision,
        "findings": next(part.findings for part in in_words(decision) if part.slug == FINDINGS.slug),
        "removed": removed_findings(decision),
        "refusals": reasons_not_to_write(decision, by),
        "law": cited([FINDINGS]),
        "onward": {"title": onward.title, "href": page_of(decision, onward.slug)} if onward else None,
        "back_url": page_of_case(decision.case),
    }
    return show(request, decision.case, "decision", "casework/decisions/findings", **context)

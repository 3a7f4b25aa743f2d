"""Drafting: a section a page, and allegation by allegation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.decisions import actions
from casework.decisions.actions.steps import reasons_not_to_write
from casework.decisions.forms import FORMS, AddFindingForm, FindingForm, initial_of
from casework.decisions.models import Decision
from casework.decisions.queries import gaps_of
from casework.decisions.rules.gaps import Gap
from casework.decisions.rules.law import FINDINGS, MATERIAL, SECTION, Section
from casework.decisions.rules.recorded import contradictions
from casework.decisions.views.steps import back_to, show_form, the_case, the_decision
from casework.decisions.wording import in_words, next_open, page_of, recorded_words, statement_words
from casework.views.frame import show
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.ui.views import conflict
from referrals.risks import risk_flags


@require_POST
def draft(request: SignedInRequest, reference: str) -> HttpResponse:
    """Begin a draft: one button and nothing to fill in."""
    case = the_case(request, reference, "draft")
    try:
        actions.draft(case_id=case.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, back_to(case))
    messages.success(request, "The draft is begun. Fill in its sections in any order")
    return redirect(back_to(case))


def carry_out(
    request: SignedInRequest,
    decision: Decision,
    form: GovukForm,
    act: Callable[[], Any],
    *,
    then: Callable[[Any], str],
    **page: Any,
) -> HttpResponse:
    """Show the form; once it is filled in make the one call and go on to `then(what it returned)`."""
    status, refusals = 200, reasons_not_to_write(decision, request.user)
    if refusals and request.method == "GET":
        return show_form(request, decision.case, form, status=409, refusals=refusals, **page)
    if form.is_valid():
        try:
            made = act()
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            return redirect(then(made))
    return show_form(request, decision.case, form, status=status, **page)


@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, reference: str, decision_id: int, slug: str) -> HttpResponse:
    """One section's questions."""
    if slug not in FORMS:
        raise Http404
    decision, asked = the_decision(request, reference, decision_id, "save_section"), SECTION[slug]
    form = bind(FORMS[slug], request, decision=decision, initial=initial_of(decision, asked))

    def act() -> Decision:
        return actions.save_section(
            decision_id=decision.pk, by=request.user, now=timezone.now(), **form.answers()
        )

    return carry_out(
        request,
        decision,
        form,
        act,
        then=lambda saved: after_section(request, saved, slug),
        heading=asked.title,
        button="Save and continue",
        second_button=("Save and return to the list", "list"),
        section=asked,
        statement=statement_words(decision.case) if asked is MATERIAL else None,
        recorded=recorded_words(decision.case, risk_flags(decision.case.referral)),
        contradictions=contradictions_in(asked, decision),
    )


def contradictions_in(asked: Section, decision: Decision) -> list[str]:
    """What the case has recorded against the answers saved of this section."""
    answers = {question.name: decision.answers.get(question.name, {}) for question in asked.questions}
    return contradictions(answers, risk_flags(decision.case.referral))


def after_section(request: SignedInRequest, decision: Decision, slug: str) -> str:
    """Where somebody goes from a section they have saved: the next that lacks something, or the list."""
    gaps = gaps_of(decision, now=timezone.now())
    messages.success(request, how_far(gaps))
    onward = next_open(gaps, after=slug)
    if onward is None or request.POST.get("then") == "list":
        return back_to(decision.case)
    return page_of(decision, onward.slug)


def how_far(gaps: list[Gap]) -> str:
    """How far the draft is, in words."""
    number = len({gap.section for gap in gaps})
    if not number:
        return "Saved. Nothing is lacking any more"
    return f"Saved. {number} {'section still lacks' if number == 1 else 'sections still lack'} something"


def findings_page(decision: Decision) -> str:
    return reverse("decisions:findings", args=[decision.case.referral.reference, decision.pk])


def back_to_findings(request: SignedInRequest, decision: Decision) -> str:
    messages.success(request, "Saved")
    return findings_page(decision)


@require_GET
def findings(request: SignedInRequest, reference: str, decision_id: int) -> HttpResponse:
    """The allegations of the draft, and a way to add another."""
    decision = the_decision(request, reference, decision_id, "save_section")
    found = next(part.findings for part in in_words(decision) if part.slug == FINDINGS.slug)
    refusals = reasons_not_to_write(decision, request.user)
    onward = next_open(gaps_of(decision, now=timezone.now()), after=FINDINGS.slug)
    context: dict[str, Any] = {
        "decision": decision,
        "findings": found,
        "refusals": refusals,
        "onward": {"title": onward.title, "href": page_of(decision, onward.slug)} if onward else None,
        "back_url": back_to(decision.case),
    }
    return show(request, decision.case, "decision", "casework/decisions/findings", **context)


@require_http_methods(["GET", "POST"])
def add_finding(request: SignedInRequest, reference: str, decision_id: int) -> HttpResponse:
    """An allegation from a conduct event, or written."""
    decision = the_decision(request, reference, decision_id, "add_finding")
    form = bind(AddFindingForm, request, decision=decision)

    def act() -> None:
        actions.add_finding(decision_id=decision.pk, by=request.user, now=timezone.now(), **form.answers())

    return carry_out(
        request,
        decision,
        form,
        act,
        then=lambda _: back_to_findings(request, decision),
        heading="Add an allegation",
        button="Add the allegation",
        back_url=findings_page(decision),
    )


@require_http_methods(["GET", "POST"])
def change_finding(
    request: SignedInRequest, reference: str, decision_id: int, finding_id: int
) -> HttpResponse:
    """What was found of one allegation."""
    decision = the_decision(request, reference, decision_id, "change_finding")
    finding = get_object_or_404(decision.findings, pk=finding_id)
    names = ("allegation", "evidence", "proved", "reasons")
    form = bind(FindingForm, request, initial={name: getattr(finding, name) for name in names})

    def act() -> None:
        actions.change_finding(
            decision_id=decision.pk,
            finding_id=finding.pk,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return carry_out(
        request,
        decision,
        form,
        act,
        then=lambda _: back_to_findings(request, decision),
        heading="The finding",
        button="Save and continue",
        back_url=findings_page(decision),
    )


@require_POST
def remove_finding(
    request: SignedInRequest, reference: str, decision_id: int, finding_id: int
) -> HttpResponse:
    """Take an allegation out of the draft."""
    decision = the_decision(request, reference, decision_id, "remove_finding")
    finding = get_object_or_404(decision.findings, pk=finding_id)
    try:
        actions.remove_finding(
            decision_id=decision.pk, finding_id=finding.pk, by=request.user, now=timezone.now()
        )
    except Refused as refused:
        return conflict(request, refused.reasons, findings_page(decision))
    messages.success(request, "The allegation is removed")
    return redirect(findings_page(decision))

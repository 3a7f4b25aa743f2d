"""What the force is asked: the Referrals Office puts it and takes it back, the force has it all on one page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.requests_to_force import requests_to
from nexus.ui.formatting import weekday
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.waiting import waiting_for
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import MOST, reasons_not_to_ask, reasons_not_to_take_back, reasons_settled
from referrals.forms.triage import QuestionForm, TakeBackForm, WithdrawQuestionForm
from referrals.models import Question, Referral
from referrals.permissions import WHO_MAY
from referrals.queries import open_questions
from referrals.queue import Clock, standing_on
from referrals.views.triage import show, visible

# Local, not the guidance's: working days a force usually has for an answer.
ANSWER_WITHIN = 5


def question_forms(request: SignedInRequest, referral: Referral, usual: date) -> list[QuestionForm]:
    """The questions on the page. One left empty is dropped, unless it is the first."""
    given, wanted = request.POST.get("count", ""), {"referral": referral, "usual": usual}
    count = min(int(given), MOST) if given.isascii() and given.isdigit() else 1
    forms = [bind(QuestionForm, request, **wanted)]
    for number in range(2, count + 1):
        if request.POST.get(f"{number}-question", "").strip():
            forms.append(bind(QuestionForm, request, prefix=str(len(forms) + 1), **wanted))
    return forms


@require_http_methods(["GET", "POST"])
def request_information(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask the force one question or several; "another" gives room for one more."""
    referral = visible(request, reference, "request_information")
    usual, status = add_working_days(timezone.now(), ANSWER_WITHIN), 200
    forms = question_forms(request, referral, usual)
    valid = all(form.is_valid() for form in forms)
    if valid and "another" in request.POST:
        forms.append(QuestionForm(prefix=str(len(forms) + 1), referral=referral, usual=usual))
    elif valid:
        try:
            asked = [form.asked() for form in forms]
            actions.request_information(
                referral_id=referral.pk, by=request.user, now=timezone.now(), questions=asked
            )
        except Refused as refused:
            show_refusal(forms[0], refused)
            status = 409
        else:
            due = weekday(min(question.due_on for question in asked))
            messages.success(request, f"{referral.force} has been asked to answer by {due}")
            return redirect("referrals:detail", reference)
    return show(
        request,
        referral,
        "triage/question",
        read="question_viewed",
        status=status,
        forms=forms,
        refusals=reasons_not_to_ask(referral, request.user),
        usual=usual,
        days=ANSWER_WITHIN,
        most=MOST,
    )


@require_http_methods(["GET", "POST"])
def withdraw_question(request: SignedInRequest, reference: str, question_id: int) -> HttpResponse:
    """One question need not be answered any more."""
    referral = visible(request, reference, "withdraw_question")
    found = Question.objects.select_related("request", "answered_by", "owner")
    question = get_object_or_404(found, pk=question_id, request__referral=referral)
    reasons = reasons_settled(question) or reasons_not_to_take_back(referral, request.user)
    last = open_questions(referral).count() == 1
    return with_reason(
        request,
        referral,
        WithdrawQuestionForm,
        "triage/withdraw_question",
        lambda **said: actions.withdraw_question(referral_id=referral.pk, question_id=question.pk, **said),
        done="The question has been withdrawn",
        refusals=reasons,
        question=question,
        last=last,
    )


@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Go on with triage without the answers that are missing."""
    referral = visible(request, reference, "take_back")
    return with_reason(
        request,
        referral,
        TakeBackForm,
        "triage/take_back",
        lambda **said: actions.take_back(referral_id=referral.pk, **said),
        done=f"{referral.reference} is back in triage",
        refusals=reasons_not_to_take_back(referral, request.user),
        questions=list(open_questions(referral)),
    )


def with_reason(
    request: SignedInRequest,
    referral: Referral,
    form_class: type[GovukForm],
    template: str,
    act: Callable[..., Any],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """A page that asks for a reason and does one thing."""
    form, status = bind(form_class, request), 200
    if form.is_valid():
        try:
            act(by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, done)
            return redirect("referrals:timeline", referral.reference)
    return show(request, referral, template, read="question_viewed", status=status, form=form, **context)


@require_GET
def asked(request: SignedInRequest) -> HttpResponse:
    """Everything asked of this person's force by any part of the service, clocks and then the earliest day first."""
    WHO_MAY.permit("answer_information", request.user)
    now, by = timezone.now(), request.user
    today, everything = timezone.localdate(now), requests_to(by)
    shown: dict[str, list[int]] = {}
    for each in everything:
        shown.setdefault(each.row._meta.label_lower, []).append(each.row.pk)
    record(
        kind="referral.asked_viewed",
        by=by,
        now=now,
        recipient=by.force.name if by.force else "",
        detail=shown,
    )
    rows = [
        (
            each,
            standing_on(each.due_on, today) if each.due_on else None,
            Clock.until(each.ends_at, now) if each.ends_at else None,
        )
        for each in everything
    ]
    context = {"rows": rows, "today": today, "waiting": list(waiting_for(by, now))}
    return render(request, "referrals/follow/asked.html", context)

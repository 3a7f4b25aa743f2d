"""What the force is asked: several questions in one request, and the force's one page of everything asked of it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.requests_to_force import requests_to
from nexus.ui.formatting import weekday
from nexus.ui.forms import bind_several
from nexus.verbs import attempt
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import MOST, hour_to_answer, reasons_not_to_ask
from referrals.forms.triage import QuestionForm
from referrals.lists import REFERRALS
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.queue import Clock, standing_on
from referrals.views.triage import show

# Local, not the guidance's: working days a force usually has for an answer.
ANSWER_WITHIN = 5


def question_forms(request: SignedInRequest, referral: Referral, usual: date) -> list[QuestionForm]:
    """The questions on the page. One left empty is dropped, unless it is the first."""
    wanted = {"referral": referral, "usual": usual}
    return bind_several(QuestionForm, request, repeats="question", most=MOST, **wanted)


def last_number(forms: list[QuestionForm]) -> int:
    return int(forms[-1].prefix or 1)


@require_http_methods(["GET", "POST"])
def request_information(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask the force one question or several; "another" gives room for one more."""
    referral = REFERRALS.open(request.user, "request_information", reference=reference)
    usual, status = add_working_days(timezone.now(), ANSWER_WITHIN), 200
    forms = question_forms(request, referral, usual)
    valid = all(form.is_valid() for form in forms)
    if valid and "another" in request.POST:
        forms.append(QuestionForm(prefix=str(last_number(forms) + 1), referral=referral, usual=usual))
    elif valid:
        asked = [form.asked() for form in forms]
        one = {"referral_id": referral.pk, "by": request.user, "now": timezone.now()}
        tried = attempt(forms[0], actions.request_information, **one, questions=asked)
        if tried.succeeded:
            due = weekday(min(question.due_on for question in asked))
            messages.success(request, f"{referral.force} has been asked to answer by {due}")
            return redirect("referrals:detail", reference)
        status = tried.status
    return show(
        request,
        referral,
        "referrals/triage/question.html",
        read="question_viewed",
        status=status,
        forms=forms,
        count=last_number(forms),
        refusals=reasons_not_to_ask(referral, request.user),
        due_at=hour_to_answer(referral, timezone.now()),
        question_of_clock=referral.detention_question(timezone.now()),
        usual=usual,
        days=ANSWER_WITHIN,
        most=MOST,
    )


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
    context = {"rows": rows, "today": today}
    return render(request, "referrals/follow/asked.html", context)

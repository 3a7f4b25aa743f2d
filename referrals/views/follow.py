"""The force after it has sent its referral: the list, one referral, answer, withdraw."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.parts import Waiting
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.environment import query
from nexus.ui.formatting import count
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict
from nexus.waiting import waiting_for
from referrals import actions
from referrals.actions.asking import reasons_settled
from referrals.following import following
from referrals.forms.follow import AnswerForm, ListFilter, ReassignForm, WithdrawForm
from referrals.forms.triage import SearchForm
from referrals.models import Question, Referral
from referrals.permissions import WHO_MAY
from referrals.queries import open_questions
from referrals.queue import search
from referrals.states import State
from referrals.summary import summary_of
from referrals.views.draft import viewed, visible


@require_http_methods(["GET", "POST"])
def listed(request: SignedInRequest) -> HttpResponse:
    """The force's own referrals, newest first; a posted search comes back as a key in the address."""
    WHO_MAY.permit("start", request.user)
    form = bind(SearchForm, request)
    if form.is_valid():
        key = searches.remember(request, form.cleaned_data["words"])
        return redirect(request.path + query(request.GET, find=key))
    now, filters = timezone.now(), ListFilter(request.GET)
    everything = Referral.objects.visible_to(request.user).select_related("force", "created_by", "telephone")
    found = filtered(everything, filters)
    words = searches.recall(request, request.GET.get("find", ""))
    if words:
        found = search(found, words, now=now)
    page = KeysetPage(found, request, order=["-created_at"], anchors=everything)
    record(kind="referral.listed", by=request.user, subjects=page.rows, now=now)
    context = {
        "page": page,
        "filters": filters,
        "form": form,
        "words": words,
        "search_ended": bool(request.GET.get("find")) and not words,
        "waiting": [*questions_waiting(request.user, now), *waiting_for(request.user, now)],
    }
    return render(request, "referrals/follow/list.html", context)


def filtered(found: QuerySet[Referral], filters: ListFilter) -> QuerySet[Referral]:
    """Those asked for; a filter that is not understood filters nothing."""
    wanted = filters.cleaned_data if filters.is_valid() else {}
    if wanted.get("state"):
        found = found.filter(state__in=wanted["state"])
    if wanted.get("telephone"):
        found = found.filter(telephone__isnull=False, state=State.DRAFT)
    return found


def questions_waiting(user: User, now: datetime) -> Iterator[Waiting]:
    """What the Referrals Office asks of the force: its own page lists it, so nexus.waiting does not."""
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate(now)))
    asked = Question.objects.visible_to(user).open().aggregate(count=Count("pk"), late=late)
    if asked["count"]:
        yield Waiting("Questions to answer", asked["count"], reverse("referrals:asked"), asked["late"])


def follow_page(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """One referral as its force sees it. Called by `detail`. A draft goes to its task list."""
    if referral.state == State.DRAFT:
        return redirect("referrals:tasks", referral.reference)
    viewed(request, referral, "detail")
    context = {
        "referral": referral,
        "following": following(referral),
        "summary": summary_of(referral),
        "may_withdraw": not referral.reasons_not_to_move("withdraw"),
        "back_url": reverse("referrals:list"),
    }
    return render(request, "referrals/follow/detail.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, reference: str, question_id: int) -> HttpResponse:
    """Answer one question of the Referrals Office."""
    referral = visible(request, reference, "answer_information")
    found = Question.objects.select_related("request__asked_by", "answered_by", "owner")
    question = get_object_or_404(found, pk=question_id, request__referral=referral)
    back = reverse("referrals:detail", args=[referral.reference])
    reasons = reasons_settled(question)
    if reasons:
        return conflict(request, reasons, back)
    form = bind(AnswerForm, request)
    if form.is_valid():
        try:
            actions.answer_information(
                referral_id=referral.pk,
                question_id=question.pk,
                by=request.user,
                now=timezone.now(),
                answer=form.cleaned_data["answer"],
                document=form.document,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            left = open_questions(referral).count()
            still = f". {count(left, 'question')} still to answer" if left else ""
            messages.success(request, f"Your answer has been sent to the Referrals Office{still}")
            return redirect(back)
    viewed(request, referral, "answer")
    context: dict[str, Any] = {"referral": referral, "form": form, "back_url": back, "question": question}
    context["others"] = open_questions(referral).exclude(pk=question.pk).count()
    return render(request, "referrals/follow/answer.html", context)


@require_http_methods(["GET", "POST"])
def reassign_question(request: SignedInRequest, reference: str, question_id: int) -> HttpResponse:
    """Somebody else of the force is to answer a question."""
    referral = visible(request, reference, "reassign_question")
    found = Question.objects.select_related("request__referral__force", "answered_by", "owner")
    question = get_object_or_404(found, pk=question_id, request__referral=referral)
    back = reverse("referrals:answer", args=[referral.reference, question.pk])
    reasons = reasons_settled(question)
    if reasons:
        return conflict(request, reasons, reverse("referrals:detail", args=[referral.reference]))
    form = bind(ReassignForm, request, question=question)
    if form.is_valid():
        one: dict[str, Any] = {"referral_id": referral.pk, "question_id": question.pk}
        try:
            actions.reassign_question(**one, by=request.user, now=timezone.now(), **form.answers())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{form.answers()['to']} is now to answer the question")
            return redirect("referrals:asked")
    viewed(request, referral, "reassign_question")
    context = {"referral": referral, "form": form, "back_url": back, "question": question}
    return render(request, "referrals/follow/reassign_question.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the referral back, with a reason. Withdrawn twice shows that it is withdrawn."""
    referral = visible(request, reference, "withdraw")
    back = reverse("referrals:detail", args=[referral.reference])
    if referral.state == State.WITHDRAWN:
        return redirect(back)
    reasons = referral.reasons_not_to_move("withdraw")
    if reasons:
        return conflict(request, reasons, back)
    form = bind(WithdrawForm, request)
    if form.is_valid():
        try:
            actions.withdraw(
                referral_id=referral.pk,
                by=request.user,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"Referral {referral.reference} has been withdrawn")
            return redirect(back)
    viewed(request, referral, "withdraw")
    context = {"referral": referral, "form": form, "back_url": back}
    return render(request, "referrals/follow/withdraw.html", context)

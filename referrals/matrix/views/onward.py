"""Where a result leads: a draft, or a discussion with the Referrals Office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.views import conflict
from referrals.matrix import actions
from referrals.matrix.forms import DiscussForm
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.views.assessing import visible


@require_POST
def refer(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    """Start a draft with these answers, or go to the one there is."""
    assessment = visible(request, assessment_id, "refer")
    new = assessment.referral_id is None
    try:
        referral = actions.refer(assessment_id=assessment.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("matrix:result", args=[assessment.pk]))
    if new:
        messages.success(
            request, f"Referral {referral.reference} has been started with your answers. Check each of them"
        )
    return redirect("referrals:detail", referral.reference)


@require_http_methods(["GET", "POST"])
def discuss(request: SignedInRequest, assessment_id: int) -> HttpResponse:
    """Log a discussion: it reaches Croydon as an enquiry to the Duty Desk."""
    assessment = visible(request, assessment_id, "discuss")
    by = request.user
    if assessment.enquiry_id:
        return redirect("duty_desk:detail", assessment.enquiry_id)
    known = {"caller": by.full_name, "contact": by.email[:120], "question": question_about(assessment)}
    form = bind(DiscussForm, request, by=by, initial=known)
    if form.is_valid():
        try:
            enquiry = actions.discuss(
                assessment_id=assessment.pk, by=by, now=timezone.now(), **form.answers()
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "The Referrals Office has your question")
            return redirect("duty_desk:detail", enquiry.pk)
    back = reverse("matrix:result", args=[assessment.pk])
    return render(
        request, "referrals/matrix/discuss.html", {"assessment": assessment, "form": form, "back_url": back}
    )


def question_about(assessment: MatrixAssessment) -> str:
    """The first line, which an officer goes on from. It names nobody."""
    reference = f", our reference {assessment.own_reference}" if assessment.own_reference else ""
    outcome = f"{assessment.outcome} {assessment.get_outcome_display()}"
    return f"Referral matrix run {assessment.pk}{reference}: {outcome}.\n\n"

"""The two pages that cannot be undone: the outcome, checked before it is recorded, and closing the case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework import actions
from casework.actions.outcome import reasons_not_this_outcome, reasons_not_to_close
from casework.actions.steps import reasons_not_to
from casework.forms import OutcomeForm
from casework.models import Case, CaseOutcome
from casework.views.frame import show, visible
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal

CONFIRM, CHANGE = "confirm", "change"


@require_http_methods(["GET", "POST"])
def record_outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form, then everything once more to confirm, then the action."""
    case = visible(request, reference, "record_outcome")
    back_url = reverse("casework:detail", args=[reference])
    reasons = reasons_not_to("record_outcome", case, request.user)
    if reasons and request.method == "GET":
        return show(
            request, case, "record_outcome", "refused", status=409, refusals=reasons, back_url=back_url
        )
    form, step, status = bind(OutcomeForm, request, case=case, by=request.user), request.POST.get("step"), 200
    if step != CHANGE and form.is_valid():
        try:
            if step != CONFIRM:
                return check_outcome(request, case, form)
            actions.record_outcome(case_id=case.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The outcome is recorded. Close the case when nothing is left to do")
            return redirect(back_url)
    return show(
        request, case, "record_outcome", "record_outcome", status=status, form=form, back_url=back_url
    )


def check_outcome(request: SignedInRequest, case: Case, form: OutcomeForm) -> HttpResponse:
    """What is about to be recorded and who will read it. Raises Refused when it would be refused."""
    reasons = reasons_not_this_outcome(case, by=request.user, now=timezone.now(), **form.cleaned_data)
    if reasons:
        raise Refused(reasons)
    return show(
        request,
        case,
        "record_outcome",
        "confirm_outcome",
        outcome=CaseOutcome(form.cleaned_data["outcome"]).label,
        told=form.cleaned_data,
        typed=[(name, value) for name, value in request.POST.items() if name.split("-")[0] in form.fields],
    )


@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, reference: str) -> HttpResponse:
    """What closing means, what is still open, and the button."""
    case = visible(request, reference, "close")
    back_url = reverse("casework:detail", args=[reference])
    refusals, status = reasons_not_to_close(case, request.user), 200
    if request.method == "POST":
        try:
            actions.close(case_id=case.pk, by=request.user, now=timezone.now())
        except Refused as refused:
            refusals, status = refused.reasons, 409
        else:
            messages.success(request, "The case is closed")
            return redirect(back_url)
    return show(request, case, "close", "close", status=status, refusals=refusals, back_url=back_url)

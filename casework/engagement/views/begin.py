"""The two ways an engagement begins: a case-owner asks for one, or a CIO logs what was said at night."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework.engagement import actions
from casework.engagement.actions.write import reasons_not_to_start
from casework.engagement.forms import StartForm, VerbalForm, begins_with, force_of
from casework.engagement.permissions import WHO_MAY
from casework.engagement.queries import points_of_case
from casework.forms import SearchForm
from casework.lists import search
from casework.models import Case
from casework.states import BEFORE_OUTCOME
from casework.views.frame import show, visible
from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.formatting import date_and_time
from nexus.ui.forms import GovukForm, bind, show_refusal

CALLS_SHOWN = 20  # cases found by somebody on the telephone


def page(
    request: SignedInRequest,
    case: Case,
    form: GovukForm,
    heading: str,
    button: str,
    status: int,
    lead: str,
    points: Sequence[str] = (),
) -> HttpResponse:
    """The form in the case's frame, or why there is none."""
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "button_text": button,
        "lead": lead,
        "points": points,
        "refusals": [] if form.is_bound else reasons_not_to_start(case, request.user),
        "back_url": reverse("engagement:case", args=[case.referral.reference]),
    }
    return show(request, case, "operations", "casework/engagement/begin", status=status, **context)


@require_http_methods(["GET", "POST"])
def start(request: SignedInRequest, reference: str) -> HttpResponse:
    """What kind, of which force; the rest comes on the request's own page."""
    case = visible(request, reference)
    WHO_MAY.permit("start", request.user)
    form, status = bind(StartForm, request, initial=force_of(case)), 200
    if form.is_valid():
        try:
            made = actions.start(case_id=case.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            return redirect("engagement:save_risks", made.pk)
    lead = "Next come the risk assessment, then what is asked. Nothing is sent before you say so."
    return page(request, case, form, "Ask for an operation", "Continue", status, lead)


@require_http_methods(["GET", "POST"])
def rung(request: SignedInRequest) -> HttpResponse:
    """Somebody rings: the case by name or reference, and straight to the form. What is posted comes back as a key."""
    WHO_MAY.permit("log_verbal", request.user)
    form, now = bind(SearchForm, request), timezone.now()
    if form.is_valid():
        return redirect(f"{request.path}?find={searches.remember(request, form.cleaned_data['words'])}")
    words = searches.recall(request, request.GET.get("find", ""))
    found = list(found_for_call(request.user, words, now=now)) if words else []
    shown = found[:CALLS_SHOWN]
    if words:
        record(kind="case.listed", by=request.user, subjects=shown, now=now)
    context = {
        "form": form,
        "words": words,
        "cases": shown,
        "more": len(found) > len(shown),
        "ended": bool(request.GET.get("find")) and not words,
    }
    return render(request, "casework/engagement/rung.html", context)


def found_for_call(by: User, words: str, *, now: datetime) -> QuerySet[Case]:
    """Cases of these words that an operation can be asked for, and one more than are shown."""
    seen = Case.objects.visible_to(by).filter(state__in=BEFORE_OUTCOME).select_related("referral__force")
    return search(seen.order_by("-opened_at"), words, now=now)[: CALLS_SHOWN + 1]


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_verbal(request: SignedInRequest, reference: str) -> HttpResponse:
    """Log a verbal authorisation while the telephone is still warm."""
    case, by, now = visible(request, reference), request.user, timezone.now()
    WHO_MAY.permit("log_verbal", by)
    first = {**force_of(case), **begins_with("asked", now)}
    form = bind(VerbalForm, request, case=case, by=by, counted=throttle.key(request, by.email), initial=first)
    status = 200
    if form.is_valid():
        values = form.answers()
        values.pop("password")
        try:
            made = actions.log_verbal(case_id=case.pk, by=by, now=now, confirmed_at=now, **values)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            due = date_and_time(made.write_up_due_at)
            messages.success(request, f"The verbal authorisation is logged. Write it up by {due}")
            return redirect("engagement:detail", made.pk)
    lead = (
        "Out of hours only. The address, the legal power and the whole risk assessment are written up afterwards; "
        "until then it is live within its own limits."
    )
    heading = "Log a verbal authorisation"
    points = points_of_case(case)
    return page(request, case, form, heading, "Log the authorisation", status, lead, points)

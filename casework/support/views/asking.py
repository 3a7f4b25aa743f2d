"""Ask for support: for a flagged subject, or as value added activity. Saved as a draft, then checked and sent."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.support import actions, forms
from casework.support.actions.ask import reasons_not_to_amend, reasons_not_to_ask_for
from casework.support.comparing import ComparedForm
from casework.support.models import SupportRequest
from casework.support.permissions import ELSEWHERE, WHO_MAY
from casework.support.rules import COMMITMENT_TEXT, ELIGIBLE_TEXT, VALUE_ADDED_TEXT
from casework.support.views.pages import show, viewed, visible
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import capfirst
from nexus.ui.forms import bind, show_refusal
from referrals.models import Referral, SpecialConditionsFlag


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """For the flagged subject of this referral; what the flag signifies stands beside."""
    by, flags = request.user, SpecialConditionsFlag.objects.visible_to(request.user).latest_of_each()
    flag = flags.select_related("referral__force").filter(referral__reference=reference).first()
    if flag is None:
        raise Http404
    WHO_MAY.permit("ask", by)
    record(kind="flag.viewed", by=by, subject=flag.referral, now=timezone.now())
    elsewhere = by.role in ELSEWHERE
    back = reverse("referrals:flags") if elsewhere else reverse("support:case", args=[reference])
    return fill_in(
        request,
        bind(forms.FlaggedForm if elsewhere else forms.CommitmentForm, request),
        lambda **answers: actions.ask(reference=reference, **answers),
        flag.referral,
        heading="Ask for police support",
        refusals=reasons_not_to_ask_for(flag.referral, by),
        flag=flag,
        quotations=[ELIGIBLE_TEXT, f"{capfirst(COMMITMENT_TEXT)}."],
        back_url=back,
    )


@require_http_methods(["GET", "POST"])
def ask_value_added(request: SignedInRequest) -> HttpResponse:
    """For a case of Criminal Casework without a flag, of forces that take part."""
    WHO_MAY.permit("ask_value_added", request.user)
    return fill_in(
        request,
        compared(request, bind(ComparedForm, request, by=request.user)),
        actions.ask_value_added,
        None,
        heading="Ask for value added activity",
        refusals=[],
        flag=None,
        quotations=[capfirst(VALUE_ADDED_TEXT)],
        is_value_added=True,
        back_url=reverse("support:list"),
    )


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, request_id: int) -> HttpResponse:
    """Other words for a draft."""
    asked = visible(request, request_id, "amend")
    viewed(request, asked, "amend")
    return fill_in(
        request,
        form_to_amend(request, asked),
        lambda **answers: actions.amend(request_id=asked.pk, **answers),
        asked.referral,
        heading="Change the request",
        refusals=reasons_not_to_amend(asked, request.user),
        flag=None,
        quotations=[],
        back_url=reverse("support:detail", args=[asked.pk]),
    )


def form_to_amend(request: SignedInRequest, asked: SupportRequest) -> forms.SupportForm:
    """The form of what is asked, with what it says now."""
    form_class: type[forms.SupportForm] = forms.ValueAddedForm
    if not asked.is_value_added:
        form_class = forms.FlaggedForm if asked.from_criminal_casework else forms.CommitmentForm
    now_said = {name: getattr(asked, name) for name in form_class.base_fields} | {"force": asked.force.code}
    if asked.is_value_added:
        return compared(request, bind(ComparedForm, request, by=request.user, initial=now_said))
    return bind(form_class, request, initial=now_said)


def compared(request: SignedInRequest, form: ComparedForm) -> ComparedForm:
    """The form; that it showed a flag is written down."""
    if form.is_bound and not form.is_valid() and form.alike:
        record(
            kind="flag.listed",
            by=request.user,
            subjects=form.alike,
            now=timezone.now(),
        )
    return form


def fill_in(
    request: SignedInRequest, form: Any, act: Any, referral: Referral | None, **context: Any
) -> HttpResponse:
    """The form's page; once it is filled in the one action, and on to the request to check and send it."""
    status = 200
    if form.is_valid():
        try:
            asked: SupportRequest = act(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            return redirect("support:detail", asked.pk)
    return show(request, referral, "ask", status=status, form=form, **context)

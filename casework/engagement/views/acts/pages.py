"""One page for each thing that is done with an engagement: a short form, one action, back to its page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casework.engagement import actions, forms
from casework.engagement.actions.steps import reasons_not_to
from casework.engagement.models import Engagement
from casework.engagement.permissions import FORCE
from casework.engagement.queries import told
from casework.engagement.rules.gaps import COMPLETING
from casework.engagement.views.acts import authoriser, force, requester
from casework.engagement.views.acts.act import Act
from casework.engagement.views.engagement import inside, viewed, visible, whole
from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal

ACTS = {act.verb: act for act in (*requester.ACTS, *authoriser.ACTS, *force.ACTS)}


def reasons_against(act: Act, engagement: Engagement, by: User) -> list[str]:
    """Everything that stands against it before anything is typed; of what is missing the page itself tells."""
    reasons = reasons_not_to(act.verb, engagement, by)
    return reasons if reasons or act.verb in COMPLETING else act.against(engagement, by, timezone.now())


def options(request: SignedInRequest, act: Act, engagement: Engagement) -> dict[str, Any]:
    """What a form needs to know beyond what is typed."""
    mine = {"by": request.user, "counted": throttle.key(request, request.user.email)}
    return {**act.begins(engagement), **(mine if act.confirmed else {})}


def values_of(form: GovukForm, act: Act, now: datetime) -> dict[str, Any]:
    """What the action takes; of a pass phrase the moment only."""
    values = form.answers() if isinstance(form, forms.RiskFields) else dict(form.cleaned_data)
    if act.confirmed:
        values.pop("password")
        values["confirmed_at"] = now
    return values


def page_for(verb: str) -> Callable[..., HttpResponse]:
    """The view of one act, named after its verb."""

    @sensitive_post_parameters("password")
    @require_http_methods(["GET", "POST"])
    def view(request: SignedInRequest, engagement_id: int) -> HttpResponse:
        engagement, act, now = visible(request, engagement_id, verb), ACTS[verb], timezone.now()
        form, status = bind(act.form, request, **options(request, act, engagement)), 200
        if form.is_valid():
            try:
                getattr(actions, verb)(
                    engagement_id=engagement.pk, by=request.user, now=now, **values_of(form, act, now)
                )
            except Refused as refused:
                show_refusal(form, refused)
                status = 409
            else:
                messages.success(request, act.done)
                return redirect("engagement:detail", engagement.pk)
        return shown(request, engagement, act, form, status)

    view.__name__ = view.__qualname__ = verb
    view.__doc__ = ACTS[verb].heading
    return view


def shown(
    request: SignedInRequest, engagement: Engagement, act: Act, form: GovukForm, status: int, **more: Any
) -> HttpResponse:
    """The form with what it is about, or why it cannot be done now."""
    by = request.user
    context = {
        "act": act,
        "form": form,
        "refusals": [] if form.is_bound else reasons_against(act, engagement, by),
        "back_url": reverse("engagement:detail", args=[engagement.pk]),
        **more,
    }
    viewed(request, engagement, act.verb)
    if by.role in FORCE:
        context = {**told(engagement, at=timezone.now()), **context}
        return render(request, "casework/engagement/force_act.html", context, status=status)
    context = {**whole(engagement, by, timezone.now()), **context}
    context["missing"] = context["gaps"] if act.verb in COMPLETING and not context["refusals"] else []
    return inside(request, engagement, "casework/engagement/act", status=status, **context)


@require_http_methods(["GET", "POST"])
def settle_issue(request: SignedInRequest, engagement_id: int, issue_id: int) -> HttpResponse:
    """Say how one issue was settled."""
    engagement = visible(request, engagement_id, "settle_issue")
    issue = get_object_or_404(engagement.issues, pk=issue_id)
    form, status = bind(forms.SettleForm, request), 200
    if form.is_valid():
        try:
            actions.settle_issue(
                engagement_id=engagement.pk,
                issue_id=issue.pk,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, requester.SETTLE.done)
            return redirect("engagement:detail", engagement.pk)
    return shown(request, engagement, requester.SETTLE, form, status, issue=issue)

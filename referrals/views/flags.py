"""Nexus High Harm flags, for Criminal Casework and others: what is flagged, and what that signifies."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.forms import GovukForm, bind
from nexus.ui.paging import KeysetPage
from referrals import actions, triage
from referrals.actions.flag import reasons_not_to_remove_flag, reasons_not_to_set_flag_again
from referrals.forms.triage import FlagSearchForm, RemoveFlagForm, SetFlagAgainForm
from referrals.models import Allocation, Referral, SpecialConditionsFlag
from referrals.permissions import WHO_MAY
from referrals.queue import search
from referrals.rules.assessment import flag_for
from referrals.views.triage import show, visible


@require_http_methods(["GET", "POST"])
def flags(request: SignedInRequest) -> HttpResponse:
    """Flags found by a search; none is shown without one. Nothing else of a referral is shown."""
    WHO_MAY.permit("view_flags", request.user)
    form = bind(FlagSearchForm, request)
    if form.is_valid():
        return redirect(f"{request.path}?find={searches.remember(request, form.cleaned_data['words'])}")
    now, words = timezone.now(), searches.recall(request, request.GET.get("find", ""))
    page = None
    if words:
        found = search(Referral.objects.all(), words, now=now)
        seen = with_holders(SpecialConditionsFlag.objects.visible_to(request.user).latest_of_each())
        page = KeysetPage(seen.filter(referral__in=found), request, order=["-set_at"])
        record(kind="flag.listed", by=request.user, subjects=page.rows, now=now)
    may_change = WHO_MAY.may("remove_flag", request.user)
    context = {"form": form, "words": words, "page": page, "may_change_flag": may_change}
    return render(request, "referrals/flags/list.html", context)


@require_http_methods(["GET", "POST"])
def remove_flag(request: SignedInRequest, reference: str) -> HttpResponse:
    return change(request, reference, "remove_flag", RemoveFlagForm, actions.remove_flag, "is removed")


@require_http_methods(["GET", "POST"])
def set_flag_again(request: SignedInRequest, reference: str) -> HttpResponse:
    return change(
        request, reference, "set_flag_again", SetFlagAgainForm, actions.set_flag_again, "is set again"
    )


REASONS_NOT_TO = {
    "remove_flag": reasons_not_to_remove_flag,
    "set_flag_again": reasons_not_to_set_flag_again,
}


def change(
    request: SignedInRequest,
    reference: str,
    verb: str,
    form_class: type[GovukForm],
    act: Callable[..., SpecialConditionsFlag],
    done: str,
) -> HttpResponse:
    """The reason; then what follows, to confirm; then the act. Whose case it is does not change."""
    referral = visible(request, reference, verb)
    flag = referral.flag
    refusals = REASONS_NOT_TO[verb](flag)
    form, step = bind(form_class, request), request.POST.get("step")
    filled = form.is_valid() and step != "change" and not refusals
    if filled and step == "confirm":
        try:
            act(referral_id=referral.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusals = refused.reasons
        else:
            messages.success(request, f"The flag of {reference} {done}. Key it, then confirm it under To key")
            return redirect("referrals:decide", reference)
    status = 409 if refusals else 200
    return show(
        request,
        referral,
        f"flags/{verb}",
        read="decision_viewed",
        status=status,
        form=form,
        flag=flag,
        text=flag_for(referral.force.metropolitan),
        refusals=refusals,
        filled=filled,
        holder=triage.allocation_of(referral) or (flag and flag.decision.held_by),
    )


def with_holders(flags: QuerySet[SpecialConditionsFlag]) -> QuerySet[SpecialConditionsFlag]:
    """With the force, the team that had the case, and the open allocation (`referral.open`)."""
    open_now = Allocation.objects.filter(ended_at=None).select_related("team")
    return flags.select_related("referral__force", "decision__held_by", "removed_by").prefetch_related(
        Prefetch("referral__allocations", queryset=open_now, to_attr="open")
    )

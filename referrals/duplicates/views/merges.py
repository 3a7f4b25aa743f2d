"""Merging two linked referrals, and undoing it: one question each, under both references."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from referrals.duplicates import actions
from referrals.duplicates.actions.merge import reasons_not_linked, reasons_not_to_merge, reasons_not_to_undo
from referrals.duplicates.forms import MergeForm, UndoMergeForm
from referrals.duplicates.models import Judgement, Merge
from referrals.duplicates.permissions import WHO_MAY
from referrals.models import Referral


@require_http_methods(["GET", "POST"])
def merge(request: SignedInRequest, judgement_id: int) -> HttpResponse:
    """Which of the two leads, and why they are merged."""
    seen = Judgement.objects.visible_to(request.user).select_related("pair__referral", "pair__other")
    said = get_object_or_404(seen, pk=judgement_id)
    WHO_MAY.permit("merge", request.user)
    both = [each for each in (said.pair.referral, said.pair.other) if each]
    form, status = bind(MergeForm, request, referrals=both), 200
    if form.is_valid():
        try:
            made = actions.merge(
                judgement_id=said.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{made.follower} now follows {made.leading}")
            return redirect("referrals:detail", made.leading.reference)
    looked_at(request, both)
    context = {"said": said, "both": both, "form": form, "refusals": never(said, both, request)}
    return render(request, "referrals/duplicates/merge.html", context, status=status)


def never(said: Judgement, both: list[Referral], request: SignedInRequest) -> list[str]:
    """Why neither of the two can lead the other now; empty when one of them can."""
    reasons = reasons_not_linked(said)
    if reasons or len(both) < 2:
        return reasons
    one, other = both
    ways = [reasons_not_to_merge(one, other, request.user), reasons_not_to_merge(other, one, request.user)]
    return list(dict.fromkeys([*ways[0], *ways[1]])) if all(ways) else []


def looked_at(request: SignedInRequest, both: list[Referral]) -> None:
    now = timezone.now()
    record(kind="duplicates.merge_viewed", by=request.user, subjects=both, now=now)


@require_http_methods(["GET", "POST"])
def undo_merge(request: SignedInRequest, merge_id: int) -> HttpResponse:
    """The follower is triaged on its own again."""
    seen = Merge.objects.visible_to(request.user).select_related("leading", "follower", "by", "undone_by")
    made = get_object_or_404(seen, pk=merge_id)
    WHO_MAY.permit("undo_merge", request.user)
    form, status = bind(UndoMergeForm, request), 200
    if form.is_valid():
        try:
            actions.undo_merge(merge_id=made.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{made.follower} is triaged on its own again")
            return redirect("referrals:detail", made.follower.reference)
    looked_at(request, [made.leading, made.follower])
    context = {"made": made, "form": form, "refusals": reasons_not_to_undo(made)}
    return render(request, "referrals/duplicates/undo_merge.html", context, status=status)

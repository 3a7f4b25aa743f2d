"""A pair side by side with the question, and taking an answer back. Every look at a pair is recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date as date_in_words
from nexus.ui.forms import bind, show_refusal
from referrals.datawash.linkage.beside import FIELDS, Line, lines
from referrals.duplicates import actions
from referrals.duplicates.actions.judge import reasons_not_to_take_back
from referrals.duplicates.actions.merge import reasons_not_linked
from referrals.duplicates.forms import JudgeForm, TakeBackForm
from referrals.duplicates.models import Judgement, Pair, Verdict
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.queries import Beside, beside
from referrals.duplicates.searching import details_of
from referrals.models import Referral
from referrals.rules.nationalities import nationality_name

SAID = {
    Verdict.SAME: "Linked as the same person. Both references go on as they are",
    Verdict.NOT_SAME: "Recorded as not the same person. You will not be asked again",
}


@require_http_methods(["GET", "POST"])
def pair(request: SignedInRequest, pair_id: int) -> HttpResponse:
    """Both sides field by field, why they are close, and the question."""
    found = get_object_or_404(
        Pair.objects.visible_to(request.user).select_related(
            "referral__force", "referral__claimed_by", "other__force", "other__claimed_by", "person"
        ),
        pk=pair_id,
    )
    WHO_MAY.permit("judge" if request.method == "POST" else "view_pairs", request.user)
    form, status = bind(JudgeForm, request), 200
    if form.is_valid():
        try:
            said = actions.judge(pair_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, SAID[Verdict(said.verdict)])
            return redirect("referrals:detail", came_from(request, found).reference)
    return _shown(request, found, form, status)


def came_from(request: SignedInRequest, found: Pair) -> Referral:
    """The side to go on with: the one named in the address (?from=), else one's own, else the first."""
    sides = [side for side in (found.referral, found.other) if side]
    named = [side for side in sides if side.reference == request.GET.get("from")]
    own = [side for side in sides if side.claimed_by_id == request.user.pk]
    return (named + own + sides)[0]


def _shown(request: SignedInRequest, found: Pair, form: JudgeForm, status: int) -> HttpResponse:
    """The younger referral, if there are two, is the one to compare with what came before."""
    referral = found.other or found.referral
    other = beside([found], referral)[0]
    compared = lines(_texts(referral), _other_texts(other))
    record(
        kind="duplicates.pair_viewed",
        by=request.user,
        subject=referral,
        now=timezone.now(),
        detail={"pair": found.pk},
    )
    context = {
        "referral": referral,
        "other": other,
        "back_url": reverse("referrals:detail", args=[came_from(request, found).reference]),
        "lines": [as_written(line) for line in compared],
        "speaks_against": other.speaks_against(compared),
        "form": form,
        "history": found.judgements.select_related("by", "taken_back_by"),
        "may_judge": WHO_MAY.may("judge", request.user) and other.said is None,
        "may_merge": WHO_MAY.may("merge", request.user)
        and other.said is not None
        and not reasons_not_linked(other.said)
        and not reasons_not_to_take_back(other.said),
        "may_take_back": WHO_MAY.may("take_back", request.user)
        and other.said is not None
        and not reasons_not_to_take_back(other.said),
    }
    return render(request, "referrals/duplicates/pair.html", context, status=status)


def as_written(line: Line) -> Line:
    """Dates, nationalities and the sex as people write them; they were compared as codes."""
    write = WRITTEN.get(line.label)
    return replace(line, force=write(line.force), register=write(line.register)) if write else line


def _day(text: str) -> str:
    """28 June 1990, or the year alone; anything else as it is."""
    try:
        return date_in_words(date.fromisoformat(text))
    except ValueError:
        return text


WRITTEN: dict[str, Callable[[str], str]] = {
    FIELDS["dob"]: _day,
    FIELDS["nationality"]: nationality_name,
    FIELDS["sex"]: str.capitalize,
}


def _texts(referral: Referral) -> dict[str, str]:
    """The referral's own words beside the register's columns."""
    return {"postcode": "", **details_of(referral), "place_of_birth": referral.place_of_birth}


def _other_texts(other: Beside) -> dict[str, str]:
    if other.referral:
        return _texts(other.referral)
    return {name: getattr(other.person, name) for name in FIELDS}


@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest, judgement_id: int) -> HttpResponse:
    """Undo a link or a “not the same”, with a reason."""
    said = get_object_or_404(
        Judgement.objects.visible_to(request.user).select_related("pair__referral", "by", "taken_back_by"),
        pk=judgement_id,
    )
    WHO_MAY.permit("take_back", request.user)
    form, status = bind(TakeBackForm, request), 200
    if form.is_valid():
        try:
            actions.take_back(judgement_id=said.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "Taken back. The pair is asked about again")
            return redirect("duplicates:pair", said.pair_id)
    context = {"said": said, "form": form, "refusals": reasons_not_to_take_back(said)}
    return render(request, "referrals/duplicates/take_back.html", context, status=status)

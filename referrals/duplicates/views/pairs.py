"""A pair side by side with the question. Every look at a pair is recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date as date_in_words
from nexus.ui.forms import bind
from nexus.verbs import attempt
from referrals.datawash.linkage.beside import FIELDS, Line, lines
from referrals.duplicates.actions.judge import reasons_not_to_take_back
from referrals.duplicates.actions.merge import reasons_not_linked
from referrals.duplicates.forms import JudgeForm
from referrals.duplicates.lists import PAIRS, referrals_of
from referrals.duplicates.models import Pair
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.queries import Beside, beside
from referrals.duplicates.searching import details_of
from referrals.duplicates.verbs import PAIR_VERBS
from referrals.instead import notes_about
from referrals.models import Referral
from referrals.rules.nationalities import nationality_name


@require_http_methods(["GET", "POST"])
def pair(request: SignedInRequest, pair_id: int) -> HttpResponse:
    """Both sides field by field, why they are close, and the question."""
    verb, by = PAIR_VERBS["judge"], request.user
    found = PAIRS.open(by, "judge" if request.method == "POST" else "view_pairs", pair_id=pair_id)
    form, status = bind(JudgeForm, request), 200
    if form.is_valid():
        tried = attempt(form, verb.carry_out, form=form, by=by, now=timezone.now(), pair_id=found.pk)
        if tried.succeeded:
            messages.success(request, verb.success_message(tried.result))
            return redirect("referrals:detail", came_from(request, found).reference)
        status = tried.status
    return shown(request, found, form, status)


def came_from(request: SignedInRequest, found: Pair) -> Referral:
    """The side to go on with: the one named in the address (?from=), else one's own, else the first."""
    sides = referrals_of(found)
    named = [side for side in sides if side.reference == request.GET.get("from")]
    own = [side for side in sides if side.claimed_by_id == request.user.pk]
    return (named + own + sides)[0]


def shown(request: SignedInRequest, found: Pair, form: JudgeForm, status: int) -> HttpResponse:
    """The younger referral, if there are two, is the one to compare with what came before."""
    referral = found.other or found.referral
    other = beside([found], referral)[0]
    compared = lines(_texts(referral), _other_texts(other))
    by, detail = request.user, {"pair": found.pk}
    record(kind="duplicates.pair_viewed", by=by, subject=referral, now=timezone.now(), detail=detail)
    stands = other.judgement if other.judgement and not reasons_not_to_take_back(other.judgement) else None
    context = {
        "referral": referral,
        "other": other,
        "back_url": reverse("referrals:detail", args=[came_from(request, found).reference]),
        "lines": [as_written(line) for line in compared],
        "speaks_against": other.speaks_against(compared),
        "form": form,
        "instead": PAIR_VERBS["judge"].offer_instead(found, by, timezone.now(), form),
        "notes": notes_about(found),
        "history": found.judgements.all(),
        "may_judge": WHO_MAY.may("judge", by) and other.judgement is None,
        "may_merge": stands and WHO_MAY.may("merge", by) and not reasons_not_linked(stands),
        "may_take_back": stands and WHO_MAY.may("take_back", by),
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

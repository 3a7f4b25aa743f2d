"""Clerical review in Croydon: what waits, and one pair side by side. Every look at a pair is recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.audit.recording import record
from nexus.instead import Instead, Offer, offer
from nexus.requests import SignedInRequest
from nexus.ui.environment import query
from nexus.ui.forms import bind
from nexus.ui.paging import KeysetPage
from nexus.verbs import attempt
from referrals.datawash import queue
from referrals.datawash.actions.review import reasons_not_to_review
from referrals.datawash.forms import STATUS_WORDS
from referrals.datawash.linkage import beside
from referrals.datawash.linkage.explaining import Step
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import BEING_CHECKED, NOT_CONFIRMED, pot
from referrals.datawash.linkage.waterfall import odds, signed, times, waterfall
from referrals.datawash.lists import CANDIDATES
from referrals.datawash.models import Candidate, Verdict, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import agreed_pots, told_of
from referrals.datawash.review_forms import ReviewFilter, VerdictForm
from referrals.datawash.verbs import PAIR_VERBS


@require_GET
def review(request: SignedInRequest) -> HttpResponse:
    """Rows that wait, the oldest list first; or, by the filter, rows that were looked at."""
    WHO_MAY.permit("view_pairs", request.user)
    filters = ReviewFilter(request.GET)
    filters.is_valid()
    everything = queue.filtered(queue.reviewable(), filters.cleaned_data)
    what = filters.cleaned_data.get("shown", "")
    found = queue.with_pairs_counted(queue.narrowed_to(everything, what))
    page = KeysetPage(found, request, order=queue.ORDER, anchors=queue.with_pairs_counted(queue.reviewable()))
    now = timezone.now()
    record(kind="datawash.pairs_listed", by=request.user, subjects=page.rows, now=now)
    context = {
        "page": page,
        "filters": filters,
        "what": queue.SHOWN[what],
        "waits": not what,
        "first": queue.next_waiting(filters.cleaned_data) if not what else None,
        "may_review": WHO_MAY.may("review", request.user),
    }
    return render(request, "referrals/datawash/review.html", context)


@require_http_methods(["GET", "POST"])
def pair(request: SignedInRequest, candidate_id: int) -> HttpResponse:
    """The force's row beside a person of the register, and the three answers."""
    by, now = request.user, timezone.now()
    verb = "review" if request.method == "POST" else "view_pairs"
    candidate = CANDIDATES.open(by, verb, candidate_id=candidate_id)
    form, status = bind(VerdictForm, request), 200
    if form.is_valid():
        review = PAIR_VERBS["review"].carry_out
        tried = attempt(form, review, form=form, by=by, now=now, candidate_id=candidate.pk)
        if tried.succeeded:
            row = WashRow.objects.get(pk=candidate.row_id)
            return _go_on(request, row, tried.result.get_verdict_display())
        status = tried.status
    detail = {"candidate": candidate.pk}
    record(kind="datawash.pair_viewed", by=by, subject=candidate.row, now=now, detail=detail)
    context = _shown(request, candidate, form, overtaken=status == 409)
    return render(request, "referrals/datawash/review_pair.html", context, status=status)


def _go_on(request: SignedInRequest, row: WashRow, verdict: str) -> HttpResponse:
    """Say what follows for the force, and show the next pair: of this row if it still waits, or of the next."""
    told = told_of(row)
    messages.success(
        request,
        f"“{verdict}” is recorded. The force now sees: {told.grade}, {told.pot(row.pot)}. {told.words}",
    )
    filters = ReviewFilter(request.GET)
    filters.is_valid()
    following = queue.next_after(row, filters.cleaned_data)
    address = reverse("datawash:pair", args=[following]) if following else reverse("datawash:review")
    return redirect(address + query(request.GET).rstrip("?"))


def _beside_theirs(candidate: Candidate, form: VerdictForm, seen: int) -> Offer | None:
    """A colleague has answered meanwhile: the same answer with one press, once theirs was read. Both stay on record."""
    if reasons_not_to_review(candidate.row):
        return None
    return offer(
        Instead(
            address=reverse("datawash:pair", args=[candidate.pk]),
            row=candidate,
            called="the answer about this row",
            buttons=(("beside", "Record my answer beside theirs"),),
            carried=("verdict", "note"),
            beside=(("seen", str(seen)),),
        ),
        form,
    )


def _shown(
    request: SignedInRequest, candidate: Candidate, form: VerdictForm, *, overtaken: bool
) -> dict[str, Any]:
    row, person = candidate.row, candidate.person
    compared = beside.lines(_texts(row), _texts(person))
    steps = [Step(**step) for step in candidate.steps]
    together = list(row.candidates.prefetch_related("reviews__by").order_by("place"))
    said = sorted(
        (verdict for each in together for verdict in each.reviews.all()), key=lambda each: (each.at, each.pk)
    )
    reasons = reasons_not_to_review(row)
    return {
        "candidate": candidate,
        "row": row,
        "person": person,
        "status": STATUS_WORDS.get(person.immigration_status, person.immigration_status),
        "lines": compared,
        "odds": odds(candidate.probability),
        "differs": beside.differences(compared),
        "steps": [(step, signed(step.weight), times(step.weight)) for step in steps],
        "picture": waterfall(steps) if steps else None,
        "pairs": [(each, queue.standing(each)) for each in together],
        "said": said[::-1],
        "contradicts": queue.contradicts(together),
        "told": told_of(row),
        "follows": _what_follows(candidate, together),
        "verdicts": VERDICTS,
        "instead": _beside_theirs(candidate, form, len(said)) if overtaken else None,
        "form": form,
        "seen": len(said),
        "reasons": reasons,
        # What was typed stays on the page, also where it can no longer be reviewed
        "may_review": WHO_MAY.may("review", request.user) and (not reasons or form.is_bound),
    }


# Answer, its key, and how its button looks.
VERDICTS = (
    (Verdict.SAME, "s", ""),
    (Verdict.NOT_SAME, "n", "secondary"),
    (Verdict.CANNOT_TELL, "c", "secondary"),
)


def _texts(side: Any) -> dict[str, str]:
    return {field: getattr(side, field) for field in beside.FIELDS}


def _what_follows(candidate: Candidate, together: list[Candidate]) -> dict[str, str]:
    """What each answer leads to, so that nobody answers blindly."""
    agreed = agreed_pots(candidate.row.wash.agreement)
    found = pot(Grade.PROBABLE, candidate.person.immigration_status, agreed).name
    others = [queue.standing(each) for each in together if each != candidate]
    verdicts = {said.verdict for said in others if said}
    checked = f"The force sees: {BEING_CHECKED}"
    if Verdict.SAME in verdicts:
        not_same = cannot_tell = "Nothing changes for the force: another person is confirmed for this row."
    elif None in others:
        not_same, cannot_tell = "The next person close to this row is shown.", checked
    else:
        unsure = Verdict.CANNOT_TELL in verdicts
        not_same, cannot_tell = checked if unsure else f"The force sees: {NOT_CONFIRMED}", checked
    return {
        Verdict.SAME: f"The force sees that the match is confirmed, and the pot “{found}”.",
        Verdict.NOT_SAME: not_same,
        Verdict.CANNOT_TELL: cannot_tell,
    }

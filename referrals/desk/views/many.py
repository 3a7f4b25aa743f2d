"""One verb on many referrals: choose on the queue, see what will and will not change, then do it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.searches import Search, recall
from referrals.desk import actions
from referrals.desk.actions.many import MOST, Chosen, Outcome, preview, proposals_ended
from referrals.desk.forms import ManyForm
from referrals.desk.permissions import WHO_MAY
from referrals.desk.views.queue import show
from referrals.forms.triage import SearchForm
from referrals.lists import REFERRALS

TOLD = "desk_many"  # where the session keeps the last result
VERBS: dict[str, Callable[..., list[Outcome]]] = {
    "release": actions.release_many,
    "hand_over": actions.hand_over_many,
}


def chosen_of(request: SignedInRequest) -> list[Chosen]:
    """The rows ticked, as "12:stamp"; anything else is nobody's tick."""
    pairs = (value.partition(":") for value in request.POST.getlist("chosen")[:MOST])
    return [
        Chosen(int(pk), shown) for pk, _, shown in pairs if pk.isascii() and pk.isdigit() and len(pk) < 18
    ]


@require_http_methods(["GET", "POST"])
def many(request: SignedInRequest) -> HttpResponse:
    """The preview, and once confirmed the result. The address carries the queue's filters."""
    verb = request.POST.get("verb", "release")
    if verb not in VERBS:
        raise Http404
    WHO_MAY.permit(f"{verb}_many", request.user)
    back_url = queue_again(request)
    if request.method == "GET":
        return redirect(back_url)
    chosen = chosen_of(request)
    outcomes = preview(chosen, verb, request.user)
    if not outcomes:
        problem = {"text": "Select at least one referral", "href": "#rows"}
        words = recall(request, request.GET.get("find", "")) or ""
        search = Search(SearchForm(), words, ended=False)
        return show(request, search, status=400, page_problems=[problem])
    confirmed = "confirm" in request.POST
    form = ManyForm(request.POST if confirmed else None, verb=verb, by=request.user)
    context: dict[str, Any] = {"verb": verb, "form": form, "back_url": back_url}
    if confirmed and form.is_valid():
        results = VERBS[verb](chosen=chosen, by=request.user, now=timezone.now(), **form.answers())
        told = [[each.referral.pk, each.why_not] for each in results]
        request.session[TOLD] = {"verb": verb, "results": told}
        return redirect(f"{redirect('desk:many_done').url}?{request.GET.urlencode()}")
    context["proposals"] = proposals_ended(outcomes)
    return page(request, "many", outcomes, status=400 if confirmed else 200, **context)


def queue_again(request: SignedInRequest) -> str:
    """The queue under the filters of this address."""
    return f"{redirect('desk:queue').url}?{request.GET.urlencode() or 'view=all'}"


@require_GET
def many_done(request: SignedInRequest) -> HttpResponse:
    """What became of each, a page of its own: going back to it asks for nothing to be sent again."""
    told = request.session.get(TOLD)
    WHO_MAY.permit(f"{told['verb'] if told else 'release'}_many", request.user)
    if not told:
        return redirect(queue_again(request))
    reasons = dict(told["results"])
    seen = REFERRALS.seen(request.user)
    results = [Outcome(each, "", reasons[each.pk]) for each in seen.filter(pk__in=reasons).order_by("pk")]
    return page(request, "many_done", results, verb=told["verb"], back_url=queue_again(request))


def page(
    request: SignedInRequest, name: str, outcomes: list[Outcome], status: int = 200, **context: Any
) -> HttpResponse:
    """Those that go through and those that do not; their reading is written down."""
    REFERRALS.listed(request.user, [each.referral for each in outcomes])
    context |= {
        "will": [each for each in outcomes if not each.why_not],
        "will_not": [each for each in outcomes if each.why_not],
    }
    return render(request, f"referrals/desk/{name}.html", context, status=status)

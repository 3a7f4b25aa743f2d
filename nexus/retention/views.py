"""The list of reviews, one review, and how long each kind of record is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.retention.classes import classes_on, retention_class
from nexus.retention.lists import REVIEWS
from nexus.retention.permissions import WHO_MAY
from nexus.retention.queries import kind_of, page_of_record
from nexus.retention.states import WAITING, State
from nexus.retention.verbs import pages
from nexus.ui.paging import KeysetPage

# What of the list is shown, by the word in its address.
SHOWN = {
    "waiting": ("To review", WAITING),
    "kept": ("Kept longer", (State.KEPT,)),
    "held": ("Legal hold", (State.HELD,)),
    "erased": ("Erased", (State.ERASED,)),
}


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """What has passed its period, what was kept or is held, and what is erased; the oldest day first."""
    WHO_MAY.permit("view", request.user)
    chosen = request.GET.get("show", "")
    shown = chosen if chosen in SHOWN else "waiting"
    words, states = SHOWN[shown]
    seen = REVIEWS.seen(request.user)
    page = KeysetPage(seen.filter(state__in=states), request, order=["due_on"], anchors=seen)
    REVIEWS.listed(request.user, page.rows)
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(row, kind_of(row), retention_class(row.retention, on=today)) for row in page],
        "shown": shown,
        "words": words,
        "tabs": [(name, label) for name, (label, _) in SHOWN.items()],
        "may_open": WHO_MAY.may("open_review", request.user),
    }
    return render(request, "nexus/retention/queue.html", context)


@require_GET
def detail(request: SignedInRequest, review_id: int) -> HttpResponse:
    """One review: what it is of, why it is due, what was done, and what may be done now; or its tombstone."""
    by, now = request.user, timezone.now()
    review = REVIEWS.open(by, "view", review_id=review_id)
    REVIEWS.viewed(by, review, page="detail")
    context = {
        "review": review,
        "kind": kind_of(review),
        "retention": retention_class(review.retention, on=timezone.localdate(now)),
        "record_page": page_of_record(review, by),
        "changes": review.changes.select_related("by"),
        "can": pages.available_to(review, by, now=now),
        "tombstone": getattr(review, "tombstone", None),
    }
    return render(request, "nexus/retention/detail.html", context)


@require_GET
def periods(request: SignedInRequest) -> HttpResponse:
    """Every class with its period, who reviews it, and where that is laid down."""
    WHO_MAY.permit("view", request.user)
    context = {"classes": list(classes_on(timezone.localdate()))}
    return render(request, "nexus/retention/periods.html", context)

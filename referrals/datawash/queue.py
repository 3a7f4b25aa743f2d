"""What waits for clerical review, what was said of it, and which pair comes next."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from referrals.datawash.models import TO_REVIEW, Candidate, Review, WashRow
from referrals.datawash.states import State

# What the list shows, by the name in the address.
SHOWN = {
    "": "Waiting for review",
    "unsettled": "Looked at, nobody could tell",
    "confirmed": "Confirmed",
    "ruled_out": "Nobody found is the person",
    "contradicted": "Officers disagree",
}
Rows = QuerySet[Any]  # of WashRow, with the pairs that `reviewable` notes beside each
ORDER = ["wash__washed_at", "wash_id", "number"]  # what has waited longest comes first


def standing(candidate: Candidate) -> Review | None:
    """The verdict that stands: the latest. Reads `reviews`, which come oldest first."""
    reviews = list(candidate.reviews.all())
    return reviews[-1] if reviews else None


def unseen() -> QuerySet[Candidate]:
    """Pairs nobody has said anything of, the likeliest of a row first."""
    return Candidate.objects.filter(~Exists(Review.objects.filter(candidate=OuterRef("pk")))).order_by(
        "place"
    )


def reviewable() -> Rows:
    """Rows of reports in force that still have their details, with the pair to look at: `next_pair`."""
    next_pair = unseen().filter(row=OuterRef("pk"))
    first_pair = Candidate.objects.filter(row=OuterRef("pk")).order_by("place")
    rows = WashRow.objects.filter(wash__state=State.WASHED, purged_at__isnull=True)
    return rows.annotate(
        next_pair=Subquery(next_pair.values("pk")[:1]), first_pair=Subquery(first_pair.values("pk")[:1])
    )


def awaiting_review(rows: Rows) -> Rows:
    """Probable, possible and ambiguous rows with a pair nobody has looked at."""
    return rows.filter(grade__in=TO_REVIEW, confirmed__isnull=True, next_pair__isnull=False)


def contradicted() -> QuerySet[Any]:
    """The rows of pairs on which two officers' latest verdicts differ."""
    later = Review.objects.filter(candidate=OuterRef("candidate"), by=OuterRef("by"), pk__gt=OuterRef("pk"))
    latest = Review.objects.filter(~Exists(later)).order_by().values("candidate")
    return (
        latest.annotate(verdicts=Count("verdict", distinct=True))
        .filter(verdicts__gt=1)
        .values("candidate__row")
    )


def narrowed_to(rows: Rows, what: str) -> Rows:
    """The rows of one of SHOWN."""
    reviewed = rows.filter(Exists(Review.objects.filter(candidate__row=OuterRef("pk"))))
    match what:
        case "unsettled":
            return reviewed.filter(confirmed__isnull=True, next_pair__isnull=True)
        case "confirmed":
            return reviewed.filter(confirmed=True)
        case "ruled_out":
            return reviewed.filter(confirmed=False)
        case "contradicted":
            return rows.filter(pk__in=contradicted())
        case _:
            return awaiting_review(rows)


def filtered(rows: Rows, chosen: Mapping[str, Any]) -> Rows:
    """By force, list and grade, as the address has them."""
    if chosen.get("force"):
        rows = rows.filter(wash__agreement__force=chosen["force"])
    if chosen.get("list"):
        rows = rows.filter(wash=chosen["list"])
    if chosen.get("grade"):
        rows = rows.filter(grade__in=chosen["grade"])
    return rows


def next_waiting(chosen: Mapping[str, Any]) -> int | None:
    """The pair to look at next under these filters."""
    rows = filtered(awaiting_review(reviewable()), chosen)
    return rows.order_by(*ORDER).values_list("next_pair", flat=True).first()


def next_after(row: WashRow, chosen: Mapping[str, Any]) -> int | None:
    """The next pair: of this row while it still waits, else of the first row that does."""
    same_row = awaiting_review(reviewable()).filter(pk=row.pk).values_list("next_pair", flat=True).first()
    return same_row or next_waiting(chosen)


def contradicts(pairs: Iterable[Candidate]) -> bool:
    """Whether the latest verdicts of two officers on one of these pairs differ. Reads `reviews`."""
    return any(
        len(set({review.by_id: review.verdict for review in pair.reviews.all()}.values())) > 1
        for pair in pairs
    )


def with_pairs_counted(rows: Rows) -> Rows:
    """With what a line of the list shows."""
    return rows.select_related("wash__agreement__force").annotate(pairs=Count("candidates"))

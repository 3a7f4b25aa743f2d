"""Clerical review: a named officer says whether a row's subject is the register's person.

"Name and date alone = probable: a person confirms. Nothing merges by itself." (domain brief, data-wash)
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import pot
from referrals.datawash.models import Candidate, Review, Verdict, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import agreed_pots
from referrals.datawash.queue import standing
from referrals.datawash.states import State

REASONS = {
    Verdict.SAME: "A referrals officer has compared the details: the same person.",
    Verdict.NOT_SAME: "A referrals officer has compared the details: nobody found is this person.",
    Verdict.CANNOT_TELL: "A referrals officer has compared the details and cannot tell.",
}


@transaction.atomic
def review(
    *, candidate_id: int, by: User, now: datetime, verdict: str, note: str = "", seen: int | None = None
) -> Review:
    """Record the verdict on one pair and let the row follow from all that was said of it.

    The latest verdict on a pair stands. `seen` is the number of verdicts on the row that `by` has read:
    with more than that the officer looks again first. Raises Candidate.DoesNotExist outside what `by` may
    see, PermissionDenied where the role may not, Refused with what stands against it.
    """
    candidate = Candidate.objects.visible_to(by).select_related("row").get(pk=candidate_id)
    row = (
        WashRow.objects.select_for_update(of=("self",))
        .select_related("wash__agreement")
        .get(pk=candidate.row_id)
    )
    WHO_MAY.permit("review", by)
    refuse_if(reasons_not_to_review(row) or _said_meanwhile(row, seen))
    verdict_row = Review.objects.create(
        candidate=candidate, verdict=Verdict(verdict), note=note.strip(), by=by, at=now
    )
    settle(row)
    record(
        kind="datawash.reviewed",
        by=by,
        subject=row,
        now=now,
        detail={"candidate": candidate.pk, "verdict": verdict_row.verdict},
    )
    return verdict_row


def reasons_not_to_review(row: WashRow) -> list[str]:
    """Why nobody can say anything of this row now."""
    if row.wash.state == State.STALE:
        return ["This list is out of date. The force must have it washed again."]
    if row.purged_at or row.wash.state != State.WASHED:
        return ["The details of this row have been erased, so it cannot be reviewed."]
    if row.grade == Grade.EXACT:
        return ["An identifier and the date of birth agree: an exact match needs no review."]
    return []


def _said_meanwhile(row: WashRow, seen: int | None) -> list[str]:
    reviews = Review.objects.filter(candidate__row=row)
    if seen is None or reviews.count() == seen:
        return []
    latest = reviews.select_related("by").latest("at", "pk")
    return [
        f"{latest.by} has said “{latest.get_verdict_display()}” of this row meanwhile. "
        "Read it below, then say what you think. Where you see it otherwise, answer again: both answers stay on record, "
        "and the row is listed as contradicted."
    ]


def settle(row: WashRow) -> None:
    """Write into the row what follows from the verdicts that stand. Call with the row locked.

    The same person: that is who it is, in the pot of the person's status. Nobody the same: no trace, and
    "no trace" never becomes "no leave". Otherwise nothing is established.
    """
    pairs = [(each, standing(each)) for each in _candidates(row)]
    same = [pair for pair, said in pairs if said and said.verdict == Verdict.SAME]
    unseen = [pair for pair, said in pairs if said is None]
    unsure = [pair for pair, said in pairs if said and said.verdict == Verdict.CANNOT_TELL]
    if same:
        latest = max(same, key=lambda pair: standing(pair).at)  # type: ignore[union-attr]
        grade = row.grade if row.grade in (Grade.PROBABLE, Grade.POSSIBLE) else Grade.PROBABLE
        _write(row, grade, latest, confirmed=True, reason=REASONS[Verdict.SAME])
    elif unsure:
        _write(
            row, Grade.AMBIGUOUS, (unseen or unsure)[0], confirmed=None, reason=REASONS[Verdict.CANNOT_TELL]
        )
    elif unseen:
        grade = Grade.POSSIBLE if row.grade == Grade.NO_TRACE else row.grade
        _write(row, grade, unseen[0], confirmed=None, reason=row.reason)
    else:
        _write(row, Grade.NO_TRACE, None, confirmed=False, reason=REASONS[Verdict.NOT_SAME])


def _candidates(row: WashRow) -> QuerySet[Candidate]:
    return row.candidates.select_related("person").prefetch_related("reviews").order_by("place")


def _write(
    row: WashRow, grade: str, candidate: Candidate | None, *, confirmed: bool | None, reason: str
) -> None:
    person = candidate.person if candidate else None
    row.grade, row.person, row.confirmed, row.reason = grade, person, confirmed, reason
    status = person.immigration_status if person else None
    row.pot = pot(Grade(grade), status, agreed_pots(row.wash.agreement)).name
    row.save(update_fields=["grade", "person", "confirmed", "reason", "pot"])

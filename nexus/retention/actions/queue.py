"""Reviews come by the clock, for what has passed its period, or are opened by a person earlier."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if, wordless
from nexus.retention.classes import RetentionClass
from nexus.retention.kinds import RecordKind
from nexus.retention.models import Review
from nexus.retention.permissions import WHO_MAY
from nexus.retention.queries import find_record, kinds, past_period, reviewed_classes
from nexus.retention.states import State

AT_ONCE = 500  # reviews that one run makes of one class; the next run makes the next


@transaction.atomic
def queue_due(*, now: datetime) -> int:
    """List what has passed its period, and what was kept until today. It erases nothing. Returns how many."""
    today = timezone.localdate(now)
    made = sum(_list(kind, each, now) for kind in kinds().values() for each in reviewed_classes(today))
    kept = Review.objects.filter(state=State.KEPT, due_on__lte=today).select_for_update(skip_locked=True)
    for review in kept[:AT_ONCE]:
        review.move("fall_due", by=None, now=now)
        record(kind="retention.fallen_due", by=None, subject=review, now=now)
        made += 1
    return made


def _list(kind: RecordKind, retention: RetentionClass, now: datetime) -> int:
    found = list(past_period(kind, retention, now=now)[:AT_ONCE])
    made = Review.objects.bulk_create(
        Review(
            kind=kind.code,
            record_id=row.pk,
            reference=kind.reference(row),
            retention=row.retention,
            ended_on=timezone.localdate(row.ended_at),
            due_on=timezone.localdate(now),
            opened_at=now,
        )
        for row in found
    )
    if made:
        record(kind="retention.listed", by=None, subjects=made, now=now, detail={"class": retention.code})
    return len(made)


def reasons_not_to_open(row: object, reference: str) -> list[str]:
    """There is no such record, or it has a review."""
    if row is None:
        return [
            f"There is no record “{reference}”. Enter the reference of a referral, for example NHH-2026-000123."
        ]
    return []


@transaction.atomic
def open_review(*, by: User, now: datetime, reference: str, reason: str) -> Review:
    """Review a record before its period is over: to hold it, or because its person asked for erasure. Raises Refused."""
    WHO_MAY.permit("open_review", by)
    found = find_record(reference)
    refuse_if(reasons_not_to_open(found, reference) or wordless(reason, "Enter why it is reviewed now."))
    kind, row, over = found  # type: ignore[misc]
    if Review.objects.filter(kind=kind.code, record_id=row.pk).exists():
        raise Refused("This record has a review already. Find it in the list.")
    named = [name for name in kind.names(row) if name and name.casefold() in reason.casefold()]
    refuse_if(
        ["These words stay when the record is gone. Leave out the name of the person."] if named else []
    )
    review = Review.objects.create(
        kind=kind.code,
        record_id=row.pk,
        reference=kind.reference(row),
        retention=over.retention if over else "record",
        ended_on=timezone.localdate(over.ended_at) if over else None,
        due_on=timezone.localdate(now),
        opened_by=by,
        opened_at=now,
    )
    review.changes.create(
        verb="open_review", from_state="", to_state=review.state, by=by, at=now, reason=reason
    )
    record(kind="retention.review_opened", by=by, subject=review, now=now, detail={"record": row.pk})
    return review

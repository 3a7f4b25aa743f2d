"""What a reviewer does with a record that stays: keep it until a day, or hold it for the law."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.refusals import refuse_if
from nexus.retention.actions.steps import lock, move, unfit
from nexus.retention.models import Review

LONGEST = timedelta(days=6 * 366)  # a review that is never due again would be no periodic review


def reasons_not_until(until: date, today: date) -> list[str]:
    """It falls due again, after today and within six years."""
    if until <= today:
        return ["The day until which it is kept must be after today."]
    if until > today + LONGEST:
        return ["Somebody must look at it again within six years."]
    return []


@transaction.atomic
def keep(*, review_id: int, by: User, now: datetime, until: date, reason: str) -> Review:
    """Keep the record until a day, on which it is reviewed again. Raises Refused."""
    review = lock(review_id, by=by, verb="keep")
    refuse_if(
        review.reasons_not_to_move("keep")
        or reasons_not_until(until, timezone.localdate(now))
        + unfit(review, reason, "Enter why it is still needed.")
    )
    return move(review, "keep", done="kept_longer", by=by, now=now, reason=reason, until=until)


@transaction.atomic
def hold(*, review_id: int, by: User, now: datetime, reason: str) -> Review:
    """Forbid erasure until somebody lifts the hold, for a court, an inquiry or a claim. Raises Refused."""
    review = lock(review_id, by=by, verb="hold")
    refuse_if(
        review.reasons_not_to_move("hold")
        or unfit(review, reason, "Enter who needs the record, and for which proceedings.")
    )
    return move(review, "hold", done="held", by=by, now=now, reason=reason)


@transaction.atomic
def lift(*, review_id: int, by: User, now: datetime, reason: str) -> Review:
    """End the hold: the record is to be reviewed again. Raises Refused."""
    review = lock(review_id, by=by, verb="lift")
    refuse_if(
        review.reasons_not_to_move("lift") or unfit(review, reason, "Enter why the hold is no longer needed.")
    )
    return move(review, "lift", done="lifted", by=by, now=now, reason=reason)

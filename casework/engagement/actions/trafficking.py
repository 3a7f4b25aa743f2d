"""What a Senior Caseworker records for one operation while a trafficking indicator stands."""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import lock, reasons_not_to, recorded
from casework.engagement.models import Engagement, TraffickingReview
from casework.engagement.rules.authorising import TraffickingOutcome
from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless


def reasons_not_to_review(engagement: Engagement, by: User) -> list[str]:
    none = [] if trafficking_of(engagement.case).standing else ["There is no trafficking indicator."]
    return reasons_not_to("record_trafficking", engagement, by) or none


@transaction.atomic
def record_trafficking(
    *, engagement_id: int, by: User, now: datetime, outcome: str, reasons: str
) -> TraffickingReview:
    """Record whether this operation may go ahead in spite of the indicators known now, with reasons. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="record_trafficking")
    known = [] if outcome in TraffickingOutcome.values() else ["Select whether this operation may go ahead."]
    refuse_if(reasons_not_to_review(engagement, by) or known + wordless(reasons, "Enter your reasons."))
    review = TraffickingReview.objects.create(
        engagement=engagement, outcome=outcome, reasons=reasons, by=by, at=now
    )
    detail = {"outcome": outcome}
    recorded(engagement, done="trafficking_recorded", by=by, now=now, detail=detail)
    telling.trafficking_recorded(engagement, review, now=now)
    return review

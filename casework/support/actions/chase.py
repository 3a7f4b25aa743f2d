"""Support that has been asked for is asked after: before its day, and when it has passed. Once each."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.support import telling
from casework.support.models import SupportRequest
from casework.support.states import WITH_THE_FORCE
from nexus.audit.recording import record
from nexus.working_days import add_working_days
from referrals.queue import standing_on
from referrals.rules.questions import Standing

# Which column says that it has been told, and what is told, of which threshold.
CHASED = {
    Standing.SOON: ("reminded_at", "support_due_soon"),
    Standing.OVERDUE: ("overdue_told_at", "support_overdue"),
}


def chase(*, now: datetime) -> int:
    """Tell of everything with a force that has come to a threshold, once for each; how many were told of.

    Running it twice, or twice at once, changes nothing more: the row says what has been told, and one that
    somebody is answering at this moment is passed over until the next time.
    """
    today = timezone.localdate(now)
    soon = add_working_days(today, settings.NEXUS_REMIND_BEFORE_DAYS)
    unanswered = SupportRequest.objects.filter(
        state__in=WITH_THE_FORCE, due_on__lte=soon, overdue_told_at=None
    )
    return sum(chase_one(pk, today, now) for pk in unanswered.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def chase_one(request_id: int, today: date, now: datetime) -> bool:
    unanswered = SupportRequest.objects.filter(state__in=WITH_THE_FORCE)
    unanswered = unanswered.select_for_update(of=("self",), skip_locked=True).select_related(
        "force", "asked_by"
    )
    request = unanswered.filter(pk=request_id).first()
    if request is None:
        return False
    standing = standing_on(request.due_on, today)
    column, kind = CHASED.get(standing, ("", ""))
    if not column or getattr(request, column):
        return False
    setattr(request, column, now)
    request.save(update_fields=[column])
    record(kind="support.chased", by=None, subject=request, now=now, detail={"standing": standing.value})
    telling.chased(request, kind, now=now)
    return True

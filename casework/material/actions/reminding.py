"""What the force has not sent is asked after once, before its day."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.material import telling
from casework.material.models import Ask
from nexus.audit.recording import record
from nexus.working_days import add_working_days


def remind(*, now: datetime) -> int:
    """Remind of every open ask that is due soon, once each; how many. Running it twice changes nothing more."""
    soon = add_working_days(timezone.localdate(now), settings.NEXUS_REMIND_BEFORE_DAYS)
    unreminded = Ask.objects.open().filter(due_on__lte=soon, reminded_at=None)
    return sum(_remind_one(pk, now) for pk in unreminded.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind_one(ask_id: int, now: datetime) -> bool:
    """Not one that is being sent at this moment, nor one that somebody has reminded of meanwhile."""
    unreminded = Ask.objects.open().filter(reminded_at=None).select_for_update(of=("self",), skip_locked=True)
    request = unreminded.select_related("material__case__referral__force").filter(pk=ask_id).first()
    if request is None:
        return False
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    force = request.material.case.referral.force.name
    record(
        kind="material.reminded",
        by=None,
        subject=request.material,
        now=now,
        recipient=force,
        detail={"ask": request.pk},
    )
    telling.due_soon(request, now=now)
    return True

"""The sweep: finds lists whose worker died and lists whose message was lost."""

from datetime import datetime

from django.db import transaction

from referrals.datawash.actions.washing import give_up_or_wait
from referrals.datawash.messages import ask_for_washing
from referrals.datawash.models import Wash
from referrals.datawash.states import State

STALLED = "the worker stopped"


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back lists whose lease is over, tell workers of every waiting list, and return how many wait."""
    stalled = Wash.objects.select_for_update(skip_locked=True).filter(
        state=State.WASHING, lease_ends_at__lt=now
    )
    for wash in stalled:
        give_up_or_wait(wash, now=now, what=STALLED)
    waiting = list(
        Wash.objects.filter(state=State.QUEUED).order_by("uploaded_at", "pk").values_list("pk", flat=True)
    )
    ask_for_washing(waiting)
    return len(waiting)

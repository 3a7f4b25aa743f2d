"""The sweep: finds lists whose worker died and lists whose message was lost, unread and unwashed."""

from datetime import datetime

from django.db import transaction

from nexus.leases import STALLED, abandoned, available
from referrals.datawash.actions.reading import wait_again_or_refuse
from referrals.datawash.actions.washing import give_up_or_wait
from referrals.datawash.messages import ask_for_reading, ask_for_washing
from referrals.datawash.models import Wash


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back lists whose lease is over, tell workers of every waiting list, and return how many wait."""
    washes = Wash.objects.all()
    for wash in abandoned(washes, now=now):
        give_up_or_wait(wash, now=now, what=STALLED)
    found = list(available(washes).order_by("uploaded_at", "pk").values_list("pk", flat=True))
    ask_for_washing(found)
    return len(found) + sweep_unread(now)


def sweep_unread(now: datetime) -> int:
    """The same for lists whose file has not been read."""
    washes = Wash.objects.all()
    for wash in abandoned(washes, now=now, verb="begin_reading"):
        wait_again_or_refuse(wash, now=now, what=STALLED)
    found = list(
        available(washes, verb="begin_reading").order_by("uploaded_at", "pk").values_list("pk", flat=True)
    )
    ask_for_reading(found)
    return len(found)

"""The sweep: e-mails whose message was lost or whose wait is over, and those whose worker died."""

from datetime import datetime

from django.db import transaction

from nexus.leases import abandoned, available
from nexus.notifications.actions.sending import MAY_HAVE_ARRIVED, give_up
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail

AT_ONCE = 500  # hints a round


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Park what a worker left behind, tell workers of every e-mail that is due; returns how many.

    An e-mail whose worker died may have gone out, so unlike a report it is not given to another (ADR 0015).
    """
    for mail in abandoned(Mail.objects.all(), now=now):
        give_up(mail, now=now, failure=MAY_HAVE_ARRIVED, may_have_arrived=True)
    due = available(Mail.objects.all()).filter(due_at__lte=now).order_by("due_at", "pk")
    found = list(due.values_list("pk", flat=True)[:AT_ONCE])
    ask_for_sending(found)
    return len(found)

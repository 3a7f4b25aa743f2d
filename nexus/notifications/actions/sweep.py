"""The sweep: e-mails whose message was lost or whose wait is over, and those whose worker died."""

from datetime import datetime

from django.db import transaction

from nexus.notifications.actions.sending import MAY_HAVE_ARRIVED, give_up
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail
from nexus.notifications.states import State

AT_ONCE = 500  # hints a round


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Park what a worker left behind, tell workers of every e-mail that is due; returns how many."""
    left = Mail.objects.select_for_update(skip_locked=True).filter(state=State.SENDING, lease_ends_at__lt=now)
    for mail in left:
        give_up(mail, now=now, failure=MAY_HAVE_ARRIVED, may_have_arrived=True)
    due = list(
        Mail.objects.filter(state=State.WAITING, due_at__lte=now)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    ask_for_sending(due)
    return len(due)

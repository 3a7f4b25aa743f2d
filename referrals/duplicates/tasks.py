"""The worker's doors: each reads the clock and calls one action."""

from django.utils import timezone

from nexus.celery import app
from referrals.datawash.tasks import LIMIT, SOFT_LIMIT
from referrals.duplicates import actions
from referrals.duplicates.messages import SEARCH, SWEEP


# The search itself takes a second or two; before it the register may have to be read again, as before a wash.
@app.task(name=SEARCH, soft_time_limit=SOFT_LIMIT, time_limit=LIMIT)
def search(referral_id: int) -> None:
    actions.search(referral_id=referral_id, now=timezone.now())


@app.task(name=SWEEP)
def sweep() -> None:
    actions.sweep()

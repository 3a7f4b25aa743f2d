"""A hint to the worker. It carries an id only, and losing it loses nothing: the sweep and the page ask again."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.celery import app
from referrals.models import Referral

SEARCH = "duplicates.search"
SWEEP = "duplicates.sweep"


def on_submission(*, referral: Referral, by: User, now: datetime) -> None:
    """What NEXUS_ON_SUBMISSION names: a sent referral is looked for at once."""
    ask_for_search(referral)


def ask_for_search(referral: Referral) -> None:
    """Once the transaction commits, have a worker look. A broker that is down is no error."""
    transaction.on_commit(lambda: app.send_task(SEARCH, args=[referral.pk]), robust=True)

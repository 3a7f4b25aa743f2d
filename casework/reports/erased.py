"""What the dashboard counts of a referral, told when it is erased so that its tombstone keeps it."""

from django.db.models import Model

from casework.reports.counting import cells_of
from nexus.parts import KeptFigure
from referrals.models import Referral


def figures_of(*, record: Model) -> list[KeptFigure]:
    """For nexus/parts.py; nothing of other kinds of record and of drafts."""
    if not isinstance(record, Referral):
        return []
    return [(what, days, number) for (_, what, days), number in cells_of(record).items() if number]

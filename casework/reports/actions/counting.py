"""Keeping the figures of the dashboard: what moved is counted again, month by month, by sets.

Whoever counts takes the notes of a month first and counts after: what moves meanwhile leaves a note of its own.
"""

from datetime import date

from django.db import connection, transaction

from casework.reports.counting import cells
from casework.reports.models import Figure, FigureDue
from casework.reports.periods import month_of

ROWS_AT_ONCE = 5000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('reports_figure'))"
TAKE = "DELETE FROM reports_figuredue WHERE month = %s RETURNING force_id"
OF_EVERY_FORCE = """
INSERT INTO reports_figure (force_id, month, what, days, number)
SELECT NULL, month, what, days, sum(number) FROM reports_figure
WHERE month = %s AND force_id IS NOT NULL GROUP BY month, what, days
"""
EVERYTHING = """
INSERT INTO reports_figuredue (force_id, month)
SELECT force_id, reports_month(submitted_at)
FROM referrals_referral WHERE submitted_at IS NOT NULL GROUP BY 1, 2
UNION SELECT force_id, month FROM reports_figure WHERE force_id IS NOT NULL
"""


def count_what_moved(*, months: int | None = None) -> int:
    """Count again what is due, the newest months first, at most so many; how many months are left."""
    due = list(FigureDue.objects.order_by("-month").values_list("month", flat=True).distinct())
    for month in due[:months]:
        count_month(month)
    return len(due[months:]) if months is not None else 0


@transaction.atomic
def count_month(month: date) -> None:
    """The figures of the forces that are due, and those of all forces together."""
    with connection.cursor() as ask:
        ask.execute(ONE_AT_A_TIME)
        ask.execute(TAKE, [month])
        forces = {force for (force,) in ask.fetchall()}
        if not forces:  # somebody else has just counted it
            return
        found = cells(month_of(month), forces)
        Figure.objects.filter(month=month, force__in=forces).delete()
        Figure.objects.filter(month=month, force=None).delete()
        rows = [
            Figure(force_id=force, month=month, what=what, days=days, number=number)
            for (force, what, days), number in found.items()
            if number
        ]
        Figure.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        ask.execute(OF_EVERY_FORCE, [month])


def count_everything_again() -> None:
    """Whatever the figures are now: as when tables were filled past the triggers, and once a night to be sure."""
    with transaction.atomic(), connection.cursor() as ask:
        ask.execute(EVERYTHING)
    count_what_moved()

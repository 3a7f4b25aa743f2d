"""The queue as a table for a file: what the page shows, all of it, in its order."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from nexus.documents.tables import Table
from nexus.ui import formatting
from referrals.queue import Line

MOST = 5000  # rows of a file that is made whole, and numbers in an entry of the audit record
AT_ONCE = 500  # rows of a CSV in memory

# Head, what of the line, width.
COLUMNS: tuple[tuple[str, Callable[[Line], Any], int], ...] = (
    ("Referral", lambda line: line.referral.reference, 17),
    ("Subject", lambda line: line.referral.subject_name, 30),
    ("Force", lambda line: line.referral.force.name, 24),
    ("Channel", lambda line: "Live-time" if line.referral.channel == "live_time" else "Standard", 11),
    ("State", lambda line: line.referral.get_state_display(), 22),
    ("Held by", lambda line: str(line.referral.claimed_by or "Nobody"), 24),
    ("Received", lambda line: line.referral.submitted_at, 18),
    ("Age in working days", lambda line: line.age, 10),
    ("Of these counted", lambda line: line.target.counted if line.target else None, 10),
    ("Local target: working days left", lambda line: line.target.left if line.target else None, 14),
    (
        "Paused while the force is asked",
        lambda line: "Yes" if line.target and line.target.paused else "No",
        12,
    ),
    ("Custody limit", lambda line: line.clock.ends_at if line.clock else None, 18),
    ("Same person", lambda line: line.same_person, 30),
    ("Missing", lambda line: "; ".join(line.missing), 40),
)


def table_of(lines: Iterable[Line], *, filters: list[str], now: datetime) -> Table:
    """`filters` are those in force, in words."""
    filter_words = "; ".join(filters) or "everything undecided"
    return Table(
        title=f"Triage queue: {filter_words}",
        made=f"As at {formatting.date_and_time(now)}. Local targets are not from the guidance.",
        columns=[(head, width) for head, _, width in COLUMNS],
        rows=list(map(cells, lines)),
    )


def cells(line: Line) -> list[object]:
    """A row of the file."""
    return [value(line) for _, value, _ in COLUMNS]

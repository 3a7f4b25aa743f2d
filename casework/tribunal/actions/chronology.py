"""Writing into the chronology, and changing what the record says in it."""

from datetime import date, datetime

from django.db import transaction

from casework.tribunal.actions.steps import lock_case, reasons_not_to_prepare
from casework.tribunal.chronology import chronology_of
from casework.tribunal.models import ChronologyLine
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if


def reasons_not_this_line(on: date | None, on_words: str, event: str, source: str) -> list[str]:
    """A line says when, what, and how it is known."""
    return (
        ([] if on or on_words else ["Enter the date, or say in words when it was."])
        + blank(event, "Enter what happened.")
        + blank(source, "Enter how it is known.")
    )


@transaction.atomic
def add_line(
    *,
    case_id: int,
    by: User,
    now: datetime,
    event: str,
    source: str,
    on: date | None = None,
    on_words: str = "",
) -> ChronologyLine:
    """One more line, with its source. Raises Refused."""
    case = lock_case(case_id, by=by, verb="add_line")
    refuse_if(reasons_not_to_prepare(case, by) or reasons_not_this_line(on, on_words, event, source))
    line = ChronologyLine.objects.create(
        case=case,
        on=on,
        on_words=on_words,
        event=event,
        source=source,
        written_by=by,
        written_at=now,
    )
    record(kind="chronology.line_added", by=by, subject=case, now=now, detail={"line": line.pk})
    return line


@transaction.atomic
def change_line(
    *,
    case_id: int,
    line_key: str,
    by: User,
    now: datetime,
    event: str,
    source: str,
    left_out: bool,
    on: date | None = None,
    on_words: str = "",
) -> ChronologyLine:
    """Say a line otherwise, or leave it out; the record stays as it is. Raises Refused."""
    case = lock_case(case_id, by=by, verb="change_line")
    refuse_if(reasons_not_to_prepare(case, by) or reasons_not_this_line(on, on_words, event, source))
    line = next(each for each in chronology_of(case) if each.address == line_key)
    row = line.row or ChronologyLine(case=case, key=line.key)
    row.on, row.on_words, row.event, row.source, row.left_out = on, on_words, event, source, left_out
    row.written_by, row.written_at = by, now
    row.save()
    record(kind="chronology.line_changed", by=by, subject=case, now=now, detail={"line": row.pk})
    return row

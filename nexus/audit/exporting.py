"""The audit log as CSV, a few rows at a time however long it is."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet

from nexus.audit.models import AuditEvent
from nexus.audit.queries import Entry, details, in_words
from nexus.documents.exports import safe_cell

MARKING = "OFFICIAL-SENSITIVE"
HEADER = (
    "Entry",
    "When (UTC)",
    "What",
    "Kind",
    "Who",
    "Account",
    "Role",
    "Subject",
    "Subject type",
    "Subject number",
    "Rows shown",
    "References of rows shown",
    "Details",
    "Reason",
    "Recipient",
    "Request",
)
ROWS_AT_ONCE = 500


class _Line:
    """What csv.writer writes to: it hands the finished line back."""

    def write(self, line: str) -> str:
        return line


def lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """The marking, the header and a line for each entry."""
    writer = csv.writer(_Line())
    yield writer.writerow([MARKING])
    yield writer.writerow(HEADER)
    for some in in_batches(events):
        for entry in in_words(some, with_rows=True):
            yield writer.writerow([safe_cell(value) for value in cells(entry)])


def in_batches(events: QuerySet[AuditEvent]) -> Iterator[list[AuditEvent]]:
    """The entries, newest first, each batch read for itself: no transaction is open while a slow reader reads."""
    newest_first = events.order_by("-pk")
    some = list(newest_first[:ROWS_AT_ONCE])
    while some:
        yield some
        some = list(newest_first.filter(pk__lt=some[-1].pk)[:ROWS_AT_ONCE])


def cells(entry: Entry) -> tuple[object, ...]:
    """One entry in the order of HEADER."""
    event = entry.event
    return (
        event.pk,
        event.at.isoformat(timespec="seconds"),
        entry.what,
        event.kind,
        entry.who,
        event.by_id,
        entry.role,
        entry.subject,
        event.subject_type,
        event.subject_id,
        " ".join(str(pk) for pk in event.subjects),
        "; ".join(entry.rows),
        "; ".join(details(event)),
        event.reason_shown,
        event.recipient,
        event.request_id,
    )

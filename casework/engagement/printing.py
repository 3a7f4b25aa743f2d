"""What the print of a whole case says of its operations."""

from collections.abc import Iterator

from casework.models import Case
from casework.parts import PrintedSection
from nexus.ui.formatting import date_and_time


def printed_sections(*, case: Case) -> Iterator[PrintedSection]:
    """Each operation: what was asked of whom, when, and what happened."""
    rows = [
        [
            f"{operation.get_kind_display()}\n{operation.force}",
            f"{date_and_time(operation.window_starts_at)} to\n{date_and_time(operation.window_ends_at)}"
            if operation.window_starts_at
            else "No time given",
            "\n".join(filter(None, (operation.asked, operation.why, operation.risk_controls))),
            "\n".join(
                filter(
                    None,
                    (operation.get_state_display(), operation.answer_words, operation.what_happened),
                )
            ),
        ]
        for operation in case.engagements.select_related("force").order_by("-pk")
    ]
    yield PrintedSection("Operations", ("Operation", "When", "What was asked", "What came of it"), rows)

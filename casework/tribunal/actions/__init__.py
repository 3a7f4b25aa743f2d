"""Everything that is done to the papers of a hearing."""

from casework.tribunal.actions.choosing import (
    change_entry,
    gather_entries,
    move_entry,
    order_entries,
    start_bundle,
)
from casework.tribunal.actions.chronology import add_line, change_line
from casework.tribunal.actions.making import build, make_bundle, remake_bundle, sweep
from casework.tribunal.actions.redacting import confirm_redaction, mark_redaction, withdraw_redaction

__all__ = [
    "add_line",
    "build",
    "change_entry",
    "change_line",
    "confirm_redaction",
    "gather_entries",
    "make_bundle",
    "mark_redaction",
    "move_entry",
    "order_entries",
    "remake_bundle",
    "start_bundle",
    "sweep",
    "withdraw_redaction",
]

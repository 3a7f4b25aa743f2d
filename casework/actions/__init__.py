"""Everything that changes a case. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from casework.actions.open_case import open_case

__all__ = ["open_case"]

"""Everything that changes the quality queue."""

from referrals.quality.actions.draw import draw_due
from referrals.quality.actions.finding import record_finding

__all__ = ["draw_due", "record_finding"]

"""Everything that writes pairs and what is said of them. Keyword-only, with `now` and mostly `by`."""

from referrals.duplicates.actions.judge import judge, take_back
from referrals.duplicates.actions.search import search, sweep

__all__ = ["judge", "search", "sweep", "take_back"]

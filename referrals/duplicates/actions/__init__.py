"""Everything that writes pairs, what is said of them, and merges. Keyword-only, with `now` and mostly `by`."""

from referrals.duplicates.actions.judge import judge, take_back
from referrals.duplicates.actions.merge import let_go, merge, undo_merge
from referrals.duplicates.actions.search import search, sweep

__all__ = ["judge", "let_go", "merge", "search", "sweep", "take_back", "undo_merge"]

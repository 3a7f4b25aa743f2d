"""Finding a person wherever somebody is searched: by name as it is written or nearly, number, or day of birth."""

from referrals.finding.searching import Found, best_of, search

__all__ = ["Found", "best_of", "search"]

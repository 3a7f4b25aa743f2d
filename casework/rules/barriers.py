"""Recording and lifting barriers."""

from datetime import date

from casework.rules.words import written


def reasons_already_barred(*, label: str, open_since: date | None) -> list[str]:
    """One open barrier of each kind."""
    if open_since is None:
        return []
    return [f"{label} is already recorded as open, since {written(open_since)}."]


def reasons_not_to_lift(*, label: str, is_lifted: bool, senior_only: bool, is_senior: bool) -> list[str]:
    """A trafficking referral stands until a Senior Caseworker records its outcome."""
    if is_lifted:
        return [f"{label} has already been lifted."]
    if senior_only and not is_senior:
        return [f"{label}: only a Senior Caseworker may lift this barrier."]
    return []

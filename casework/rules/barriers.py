"""Recording and lifting barriers."""

from dataclasses import dataclass
from datetime import date

from casework.rules.trafficking import NrmOutcome
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


@dataclass(frozen=True)
class End:
    """What ended a barrier, as far as it is asked: the decision about trafficking, or the order of a court."""

    outcome: str = ""
    on: date | None = None
    reference: str = ""
    court: str = ""


def reasons_not_ended_by_a_decision(end: End, *, since: date, today: date) -> list[str]:
    """A trafficking referral ends by what was decided about it, never by a word."""
    known = [] if end.outcome in NrmOutcome.values() else ["Select what was decided about trafficking."]
    return known + _reasons_undated(end, since=since, today=today, what="decision")


def reasons_not_ended_by_an_order(end: End, *, since: date, today: date) -> list[str]:
    """An injunction ends by the order of a court, never by a word."""
    court = [] if end.court.strip() else ["Enter the court that made the order."]
    return court + _reasons_undated(end, since=since, today=today, what="order")


def _reasons_undated(end: End, *, since: date, today: date, what: str) -> list[str]:
    found = []
    if end.on is None:
        found.append(f"Enter the date of the {what}.")
    elif not since <= end.on <= today:
        found.append(f"The date of the {what} must lie between {written(since)} and today.")
    return found + ([] if end.reference.strip() else [f"Enter the reference of the {what}."])

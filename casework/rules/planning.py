"""Dates on a case: plans lie ahead, what happened lies behind."""

from datetime import date

from casework.rules.words import written


def reasons_not_to_plan_for(day: date, *, today: date, what: str) -> list[str]:
    """`what` is what the date belongs to: "next action", "task"."""
    if day < today:
        return [f"The date of the {what} must be today or later."]
    return []


def reasons_it_cannot_have_happened(day: date, *, today: date, referred_on: date) -> list[str]:
    """Not in the future, and not before the force sent the referral."""
    if day > today:
        return ["The date it happened must be today or in the past."]
    if day < referred_on:
        return [
            f"The date it happened must be on or after {written(referred_on)}, when the referral was submitted."
        ]
    return []


def when(day: date, *, today: date) -> str:
    """A date of something to do, as people say it: what is late or due today comes first in words."""
    days = (day - today).days
    if days < 0:
        return f"Overdue by {-days} day{'' if days == -1 else 's'}"
    return {0: "Today", 1: "Tomorrow"}.get(days, f"{day:%A} {written(day)}")


def reasons_not_to_remind_on(day: date | None, *, due_on: date, today: date) -> list[str]:
    """A reminder comes after today and no later than the task is due."""
    if day is None:
        return []
    if day <= today:
        return ["The reminder must be after today."]
    return ["The reminder must be on or before the due date."] if day > due_on else []

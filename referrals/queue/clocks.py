"""How a referral stands to its clocks, and what it waits for. Read from what `queue` has fetched."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from nexus.working_days import first_day_within
from referrals.models import Referral
from referrals.rules.questions import Standing, standing
from referrals.states import UNDECIDED


@dataclass(frozen=True)
class Clock:
    """A detention clock: when it runs out, and how long that is from now, or was ago."""

    ends_at: datetime
    passed: bool
    time: timedelta

    @classmethod
    def until(cls, ends_at: datetime, now: datetime) -> "Clock":
        return cls(ends_at, passed=ends_at <= now, time=abs(ends_at - now))


def custody_clock(referral: Referral, now: datetime, states: Collection[str] = UNDECIDED) -> Clock | None:
    """The clock of a subject in custody while the referral is in one of `states`; it never pauses."""
    ends_at = referral.custody_ends_at
    if ends_at is None or not referral.in_custody or referral.state not in states:
        return None
    return Clock.until(ends_at, now)


@dataclass(frozen=True)
class OpenRequest:
    """What the open request of a referral waits for: its worst question, and how many are answered of how many."""

    standing: Standing
    due_on: date
    answered: int
    questions: int

    @property
    def words(self) -> str:
        """answer from the force, due 3 November · answers from the force, 1 of 3, overdue since 3 November"""
        what = (
            "answer from the force"
            if self.questions == 1
            else f"answers from the force, {self.answered} of {self.questions}"
        )
        since = "was due" if self.standing is Standing.OVERDUE else "due"
        return f"{what}, {since} {self.due_on:%-d %B}"


def waiting_for(referral: Referral, today: date) -> OpenRequest | None:
    """Read from what `queue` has fetched. A withdrawn question is not counted."""
    for request in referral.information_requests.all():
        questions = [each for each in request.questions.all() if not each.withdrawn_at]
        unanswered = [each.due_on for each in questions if not each.answered_at]
        if request.closed_at is None and unanswered:
            due_on = min(unanswered)
            answered = len(questions) - len(unanswered)
            return OpenRequest(standing_on(due_on, today), due_on, answered, len(questions))
    return None


def standing_on(due_on: date, today: date) -> Standing:
    """How a question due on this day stands today."""
    soon_from = first_day_within(settings.NEXUS_REMIND_BEFORE_DAYS, due_on)
    return standing(due_on, today, soon_from=soon_from)

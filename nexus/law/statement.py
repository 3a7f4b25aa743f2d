"""What a statement of law is: its words, where it stands, from when until when, its conditions, and who read it.

The service decides no question of law. It states the law where somebody decides, so each statement is a dated row
that says how far it may be relied on: nothing is offered before it was in force or after it ended, and a reading
that has grown old is said to be old, in red, wherever the statement is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Actor(StrEnum):
    """Who would use a power."""

    POLICE = "police"
    IMMIGRATION_OFFICER = "immigration officer"


@dataclass(frozen=True)
class Person:
    """What is known of a person that a condition asks about; None is not known, and never taken for no."""

    has_leave: bool | None = None
    british_or_irish: bool | None = None
    convicted_here: bool | None = None  # in the United Kingdom, and the conviction stands
    longest_sentence_months: int | None = None  # of a conviction here, to be served at once; 0 is none
    age_at_conviction: int | None = None  # years, at the conviction of that sentence
    protected_by_withdrawal_agreement: bool | None = None
    conduct_before_2021: bool | None = None  # any of it, before 11pm on 31 December 2020
    appealed_conviction: bool | None = None  # an appeal against it, or the sentence, is or could be pending
    used_by: Actor | None = None


MET, NOT_MET, TO_CONFIRM = "Met", "Not met", "To be confirmed"


@dataclass(frozen=True)
class Condition:
    """One thing that must be so before a power may be used: in words, and asked of a person.

    `holds` gives True, False, or None where what is known does not answer it. What `may_have_changed` since it was
    recorded, such as leave, is to be confirmed where the record speaks against it; a conviction is not.
    """

    words: str
    holds: Callable[[Person], bool | None]
    may_have_changed: bool = False

    def state(self, person: Person) -> str:
        """How it stands by what is known: "Met", "Not met" or "To be confirmed"."""
        known = self.holds(person)
        if known is None or (known is False and self.may_have_changed):
            return TO_CONFIRM
        return MET if known else NOT_MET


@dataclass(frozen=True)
class Reading:
    """Who last read the statement against its source, when, and by which day somebody reads it again."""

    by: str
    on: date
    again_by: date
    lawyer: bool = False


# None of them has been confirmed by a lawyer. A lawyer's reading is one more `Reading`, in the statement's row.
DRAFTED = Reading("The authors of this service, not a lawyer", date(2026, 11, 30), date(2027, 5, 31))


@dataclass(frozen=True)
class Statement:
    """One statement of law: `words` as it is cited, `says` what it means for the work, `source` where it stands.

    `number` and `unit` are of a statement that sets a time or a length: 14 days, 24 hours, 12 months.
    """

    code: str
    words: str
    says: str
    source: str
    in_force_from: date
    until: date | None = None
    conditions: tuple[Condition, ...] = ()
    number: int = 0
    unit: str = ""
    reading: Reading = DRAFTED

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on that day."""
        return self.in_force_from <= day and (self.until is None or day <= self.until)

    def to_read_again(self, today: date) -> bool:
        """Whether the day by which somebody was to read it again is past."""
        return today > self.reading.again_by

    def caution(self, today: date) -> str:
        """What must be said beside it wherever it is shown; nothing where a lawyer has read it in time."""
        if self.to_read_again(today):
            return f"Was to be read again by {day_in_words(self.reading.again_by)}. Do not rely on it."
        return "" if self.reading.lawyer else "Not read by a lawyer. Confirm it before you rely on it."

    def unmet(self, person: Person) -> list[str]:
        """The conditions that the record contradicts."""
        return [each.words for each in self.conditions if each.state(person) == NOT_MET]


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def at_least(months: int) -> Callable[[Person], bool | None]:
    """A sentence here of that length or longer."""

    def holds(person: Person) -> bool | None:
        known = person.longest_sentence_months
        return None if known is None else known >= months

    return holds


def no(answer: Callable[[Person], bool | None]) -> Callable[[Person], bool | None]:
    """The opposite; not known stays not known."""

    def holds(person: Person) -> bool | None:
        known = answer(person)
        return None if known is None else not known

    return holds

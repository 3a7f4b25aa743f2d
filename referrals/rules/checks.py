"""What the answers of a referral say against each other, as one table of checks.

A check never blocks saving: it is named at its field and before sending. What cannot be so (a date before birth, in
the future) is corrected; what may be so is corrected or explained. `answers` has an attribute for every field of
`referrals.rules.sections.SECTIONS`; events have the columns of a conduct event.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nexus.law import law
from referrals.rules.dates import age_on
from referrals.rules.policy import Policy
from referrals.rules.terms import CONVICTIONS, ConductKind, Status

# Completed years below which nobody is criminally responsible in England and Wales.
CRIMINALLY_RESPONSIBLE = law("cypa_1933_s50").number
OLDEST = 120
YEAR_ONLY, ESTIMATED = "year_only", "estimated"


# A sentence where the answers do not agree, else nothing.
Check = Callable[[Any, date, Policy], str]


@dataclass(frozen=True)
class Contradiction:
    """Answers that do not agree: at which field it is named, and whether it may be explained instead of corrected."""

    section: str
    field: str
    sentence: str
    may_be_explained: bool = False


@dataclass(frozen=True)
class Days:
    """The days a date may mean: one where it is exact, a year where only that is known, three where estimated."""

    first: date
    last: date


def days_of(answers: Any, name: str) -> Days | None:
    """What a date of the form may mean by its precision."""
    day, precision = getattr(answers, name), getattr(answers, f"{name}_precision")
    if day is None:
        return None
    if precision == YEAR_ONLY:
        return Days(date(day.year, 1, 1), date(day.year, 12, 31))
    if precision == ESTIMATED:
        return Days(date(day.year - 1, 1, 1), date(day.year + 1, 12, 31))
    return Days(day, day)


@dataclass(frozen=True)
class Years:
    """Whole years that two dates leave open."""

    least: int
    most: int

    def __contains__(self, number: int) -> bool:
        return self.least <= number <= self.most

    def __str__(self) -> str:
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


def years_between(one: Days | None, other: Days | None) -> Years | None:
    """The completed years from one to the other; None where a date is missing or they are the wrong way round."""
    if one is None or other is None or other.last < one.first:
        return None
    return Years(max(0, age_on(other.first, one.last)), age_on(other.last, one.first))


def age_now(answers: Any, today: date) -> Years | None:
    return years_between(days_of(answers, "date_of_birth"), Days(today, today))


def worked_out(answers: Any, today: date) -> dict[str, str]:
    """What the dates say of a question, by its field, to stand beside it: "20 years"."""
    born, arrived = days_of(answers, "date_of_birth"), days_of(answers, "arrived_on")
    found = {
        "age_at_arrival": years_between(born, arrived),
        "years_of_residence": years_between(arrived, Days(today, today)),
        "under_18": age_now(answers, today),
    }
    return {field: f"{years} years" for field, years in found.items() if years}


def _born_in_the_future(answers: Any, today: date, policy: Policy) -> str:
    born = days_of(answers, "date_of_birth")
    return "The date of birth is in the future" if born and born.first > today else ""


def _too_old(answers: Any, today: date, policy: Policy) -> str:
    age = age_now(answers, today)
    return (
        f"By the date of birth the subject is more than {OLDEST} years old"
        if age and age.least > OLDEST
        else ""
    )


def _arrived_in_the_future(answers: Any, today: date, policy: Policy) -> str:
    arrived = days_of(answers, "arrived_on")
    return "The date of arrival in the UK is in the future" if arrived and arrived.first > today else ""


def _arrived_before_birth(answers: Any, today: date, policy: Policy) -> str:
    born, arrived = days_of(answers, "date_of_birth"), days_of(answers, "arrived_on")
    return (
        "The date of arrival in the UK is before the date of birth"
        if born and arrived and arrived.last < born.first
        else ""
    )


def _interest_before_birth(answers: Any, today: date, policy: Policy) -> str:
    born = days_of(answers, "date_of_birth")
    early = born and answers.interest_on and answers.interest_on < born.first
    return "The date of the police interest is before the date of birth" if early else ""


def _age_at_arrival(answers: Any, today: date, policy: Policy) -> str:
    by_dates = years_between(days_of(answers, "date_of_birth"), days_of(answers, "arrived_on"))
    said = answers.age_at_arrival
    if by_dates is None or said is None or said in by_dates:
        return ""
    return f"The age at arrival is {said}, but by the dates of birth and arrival it is {by_dates}"


def _residence(answers: Any, today: date, policy: Policy) -> str:
    by_dates = years_between(days_of(answers, "arrived_on"), Days(today, today))
    said = answers.years_of_residence
    # A year less agrees: the year may have become full since it was entered.
    if by_dates is None or said is None or said in Years(by_dates.least - 1, by_dates.most):
        return ""
    return f"The length of residence is {said} years, but by the date of arrival it is {by_dates}"


def _residence_beyond_age(answers: Any, today: date, policy: Policy) -> str:
    age, said = age_now(answers, today), answers.years_of_residence
    if age is None or said is None or said <= age.most:
        return ""
    return f"The length of residence is {said} years, but by the date of birth the subject is {age} years old"


def _arrival_beyond_age(answers: Any, today: date, policy: Policy) -> str:
    age, said = age_now(answers, today), answers.age_at_arrival
    if age is None or said is None or said <= age.most:
        return ""
    return f"The age at arrival is {said}, but by the date of birth the subject is {age} years old"


def _under_18(answers: Any, today: date, policy: Policy) -> str:
    age = age_now(answers, today)
    if age is None:
        return ""
    if age.most < policy.adult_age.number and answers.under_18 in ("no", "not_known"):
        said = "no" if answers.under_18 == "no" else "not known"
        return f"By the date of birth the subject is {age}, {policy.child}, but you answered “{said}”"
    if age.least >= policy.adult_age.number and answers.under_18 == "yes":
        return f"You answered that the subject is {policy.child}, but by the date of birth they are {age}"
    return ""


def _status_against(status: Status, field: str, answer: str, sentence: str) -> Check:
    def check(answers: Any, today: date, policy: Policy) -> str:
        return sentence if answers.immigration_status == status and getattr(answers, field) == answer else ""

    return check


# Section, field, whether it may be explained, and the check.
CHECKS: tuple[tuple[str, str, bool, Check], ...] = (
    ("identity", "date_of_birth", False, _born_in_the_future),
    ("identity", "date_of_birth", False, _too_old),
    ("scope", "may_be_british", True, _status_against(Status.BRITISH, "may_be_british", "no", "The status is British citizen, but you answered that the subject may not be British")),
    ("scope", "may_be_irish", True, _status_against(Status.IRISH, "may_be_irish", "no", "The status is Irish citizen, but you answered that the subject may not be Irish")),
    ("scope", "right_of_abode", True, _status_against(Status.EXEMPT, "right_of_abode", "no", "The status is exempt from immigration control, but you answered that the subject is not exempt")),
    ("immigration", "arrived_on", False, _arrived_in_the_future),
    ("immigration", "arrived_on", False, _arrived_before_birth),
    ("immigration", "age_at_arrival", True, _age_at_arrival),
    ("immigration", "age_at_arrival", False, _arrival_beyond_age),
    ("immigration", "years_of_residence", True, _residence),
    ("immigration", "years_of_residence", False, _residence_beyond_age),
    ("immigration", "active_claim", True, _status_against(Status.ASYLUM_PENDING, "active_claim", "no", "The status is asylum claim pending, but you answered that there is no active claim")),
    ("interest", "interest_on", False, _interest_before_birth),
    ("pending", "pending_appeals", True, _status_against(Status.APPEAL_PENDING, "pending_appeals", "none_known", "The status is appeal pending, but you answered that no appeal is known")),
    ("vulnerability", "under_18", True, _under_18),
)  # fmt: skip
EVENT_DATES = (
    ("offence_on", "the offence or conduct"),
    ("convicted_on", "conviction"),
    ("sentenced_on", "sentence"),
)


def contradictions(answers: Any, events: Iterable[Any], today: date, policy: Policy) -> list[Contradiction]:
    """Everything that does not agree, in the order of the form. `today` is the day they are looked at."""
    found = [
        Contradiction(section, field, sentence, may_be_explained)
        for section, field, may_be_explained, check in CHECKS
        if (sentence := check(answers, today, policy))
    ]
    born = days_of(answers, "date_of_birth")
    for event in events:
        found += [Contradiction("conduct", "conduct_listed", each) for each in of_event(event, born, today)]
    return found


def of_event(event: Any, born: Days | None, today: date) -> list[str]:
    """What the dates of one event say against the date of birth, today and each other."""
    dated = [(words, day) for name, words in EVENT_DATES if (day := getattr(event, name))]
    named = f"“{event.offence}”"
    found = [f"{named}: the date of {words} is in the future" for words, day in dated if day > today]
    if born:
        found += [
            f"{named}: the date of {words} is before the date of birth"
            for words, day in dated
            if day < born.first
        ]
    for (earlier, one), (later, other) in zip(dated, dated[1:], strict=False):
        if other < one:
            found.append(f"{named}: the date of {later} is before the date of {earlier}")
    return found + _too_young(event, born, named)


def _too_young(event: Any, born: Days | None, named: str) -> list[str]:
    """A conviction in the UK at an age at which nobody is criminally responsible."""
    day = event.convicted_on
    if event.kind not in CONVICTIONS or event.kind == ConductKind.OVERSEAS_CONVICTION or not (born and day):
        return []
    age = age_on(day, born.first)
    if day < born.first or age >= CRIMINALLY_RESPONSIBLE:
        return []
    return [
        f"{named}: by the date of birth the subject was {age} at conviction, under {CRIMINALLY_RESPONSIBLE}"
    ]


def entered_twice(conduct: Iterable[Any]) -> list[Contradiction]:
    """Convictions of the same day, court and offence, however they came: each of them counts, so somebody looks."""
    convicted = [each for each in conduct if each.kind in CONVICTIONS and each.convicted_on]
    found = Counter((each.convicted_on, plain(each.court), plain(each.offence)) for each in convicted)
    return [
        Contradiction(
            "conduct",
            "conduct_listed",
            f"{number} convictions are the same ({offence}, {day.day} {day:%B %Y}, {court or 'no court'}): "
            "check that none was entered twice, because each counts",
            may_be_explained=True,
        )
        for (day, court, offence), number in found.items()
        if number > 1
    ]


def plain(text: str) -> str:
    return " ".join(text.casefold().split())

"""What a policy is: thresholds and the guidance's own sentences, as plain data of one version.

Every rule takes a Policy as an argument, and nothing here or in the rules knows which one is in force:
`referrals.rules.policies` has them all and chooses by the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from referrals.rules.dates import months_before, years_before
from referrals.rules.terms import Term

NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()


class Authority(Term):
    """Who set a threshold."""

    GUIDANCE = "guidance", "The guidance"
    STATUTE = "statute", "An Act"
    LOCAL = "local", "A local choice"


class Unit(StrEnum):
    CONVICTION = "conviction"
    YEAR = "year"
    MONTH = "month"
    HOUR = "hour"


@dataclass(frozen=True)
class Threshold:
    """So many of a unit, who says so and where it is written."""

    number: int
    unit: Unit
    authority: Authority
    source: str

    @property
    def words(self) -> str:
        """ "3 years", "1 month" """
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    @property
    def length(self) -> timedelta:
        """Elapsed time. Only hours have a fixed one."""
        if self.unit is not Unit.HOUR:
            raise ValueError(f"{self.words} have no fixed length")
        return timedelta(hours=self.number)

    @property
    def months(self) -> int:
        """A length in whole months, to compare sentences with."""
        return self.number * {Unit.MONTH: 1, Unit.YEAR: 12}[self.unit]

    def before(self, day: date) -> date:
        """The day so many years or months before."""
        match self.unit:
            case Unit.YEAR:
                return years_before(day, self.number)
            case Unit.MONTH:
                return months_before(day, self.number)
        raise ValueError(f"{self.words} are not counted back from a day")


class Topic(StrEnum):
    """What the guidance is quoted for. The limbs have the values of their names."""

    DEFINITION = "definition"
    WITH_LEAVE = "with leave"
    LIMB_1A = "1A"
    LIMB_1B = "1B"
    LIMB_2 = "2"
    GUIDE = "guide"
    PROCEED = "proceed"
    STATEMENT = "statement"
    STATEMENT_WHEN = "statement when"
    NO_STATUS = "no status"
    CUSTODY = "custody"
    OVERSEAS = "overseas"
    EEA = "eea"
    PENDING = "pending"
    COMMITMENT = "commitment"
    ONUS = "onus"
    FLAG = "flag"
    CASE_REMAINS = "case remains"
    ELIGIBLE = "eligible"


@dataclass(frozen=True)
class Quotation:
    """The guidance's own words and where they stand."""

    text: str
    page: int
    document: str = "Operation Nexus – High Harm"

    @property
    def source(self) -> str:
        return f"{self.document}, page {self.page}"


@dataclass(frozen=True)
class Reading:
    """How we read words of the guidance that leave room, and since when. It is no quotation."""

    text: str
    since: date

    @property
    def words(self) -> str:
        """The reading with its day, as it stands beside the quotation."""
        return f"{self.text} (Read so since {self.since.day} {self.since:%B %Y}.)"


@dataclass(frozen=True)
class Policy:
    """One version of what referrals are assessed by. Once in force it is never changed: a new one follows it."""

    version: str
    in_force_from: date
    title: str
    persistence_convictions: Threshold
    persistence_period: Threshold
    adult_age: Threshold
    overseas_custody: Threshold
    detention: Threshold
    quotations: Mapping[Topic, Quotation]
    readings: Mapping[Topic, Reading]

    def quotation(self, topic: str) -> Quotation:
        """What this version says of it. `topic` is a Topic or its value, such as the name of a limb."""
        return self.quotations[Topic(topic)]

    def reading(self, topic: str) -> str:
        """How this version reads it; nothing where its words leave no room."""
        found = self.readings.get(Topic(topic))
        return found.words if found else ""

    @property
    def guide_is_no_rule(self) -> str:
        """What must be said wherever the persistence guide is shown."""
        number = self.persistence_convictions.number
        return f"A guide only: {in_words(number)} alone decide nothing, {in_words(number - 1)} with reasons may pass."

    @property
    def child(self) -> str:
        """Whom a senior person reviews: "under 18"."""
        return f"under {self.adult_age.number}"

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """Every threshold by its name."""
        return {name: each for name, each in vars(self).items() if isinstance(each, Threshold)}


def in_words(number: int) -> str:
    """ "five"; figures from thirteen on."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)

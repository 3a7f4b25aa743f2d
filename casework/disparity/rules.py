"""How a share is said with its interval, which figures stay hidden, and for which quarters there are any. Plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SMALLEST = 5  # decisions: a count below this, or what would give one by subtracting, stays hidden
NORMAL_95 = 1.959964  # of the normal distribution: two sides, 95 per cent
SOON = timedelta(days=14)  # local, not the guidance's: decided within two weeks of being sent
MONTHS = ("January to March", "April to June", "July to September", "October to December")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year. Quarters do not overlap, so none gives another's hidden figures by subtracting."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, slug: str) -> "Quarter":
        """2026-q3. Raises ValueError for what names none."""
        year, _, number = slug.partition("-q")
        found = cls(int(year), int(number))
        if found.slug != slug or not 1 <= found.number <= len(MONTHS):
            raise ValueError(slug)
        return found

    @property
    def slug(self) -> str:
        return f"{self.year:04}-q{self.number}"

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def start(self) -> datetime:
        return datetime.combine(date(self.year, 3 * self.number - 2, 1), time(), LONDON)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return self.following.start

    def __str__(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"


def finished(first: date, today: date) -> Iterator[Quarter]:
    """The quarters from that of `first` that are over, the oldest first. One that runs would change from day to day,
    and two looks at it would tell of one decision."""
    quarter = Quarter.of(first)
    while quarter < Quarter.of(today):
        yield quarter
        quarter = quarter.following


@dataclass(frozen=True)
class Share:
    """`part` of `of`, with the interval in which the true share lies with 95 per cent confidence (Wilson)."""

    part: int
    of: int

    @property
    def value(self) -> float:
        return self.part / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval: honest for few and for shares near 0 and 1."""
        z2, n, p = NORMAL_95**2, self.of, self.value
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = NORMAL_95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def smallest(self) -> int:
        """The smaller of those in it and those not: either tells of few people."""
        return min(self.part, self.of - self.part)

    def without(self, other: "Share") -> "Share":
        return Share(self.part - other.part, self.of - other.of)

    def differs_from(self, other: "Share") -> bool:
        """The two intervals do not touch."""
        return self.interval[1] < other.interval[0] or other.interval[1] < self.interval[0]


# Of each group, the shares that are measured, in one order.
Shares = tuple[Share, ...]


def hidden(groups: Mapping[str, Shares]) -> frozenset[str]:
    """Whose figures stay hidden: groups of few, and then the next smallest until what is hidden together, which the
    whole less the shown gives, is no small number either."""
    among = {name: shares for name, shares in groups.items() if shares[0].of}
    small = {name for name, shares in among.items() if _smallest(shares) < SMALLEST}
    rest = sorted((name for name in among if name not in small), key=lambda name: (among[name][0].of, name))
    while small and rest and (len(small) < 2 or _smallest(_together(among, small)) < SMALLEST):
        small.add(rest.pop(0))
    return frozenset(small)


def _smallest(shares: Shares) -> int:
    return min(share.smallest for share in shares)


def _together(among: Mapping[str, Shares], names: set[str]) -> Shares:
    return tuple(
        Share(sum(each.part for each in measured), sum(each.of for each in measured))
        for measured in zip(*(among[name] for name in sorted(names)), strict=True)
    )

"""What a part tells of a case, beside what it tells of a referral (referrals/parts.py)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from casework.models import Case
from casework.rules.trafficking import Indicator
from nexus.accounts.models import Force, User
from nexus.parts import parts_of
from referrals.models import Referral
from referrals.parts import ReferralPart

if TYPE_CHECKING:
    from casework.timeline import Entry  # which asks the parts


class Timeline(Protocol):
    def __call__(self, *, case: Case, before: datetime | None) -> "Iterable[Entry]":
        """The newest SIZE + 1 of the part's own entries (casework/timeline.py)."""


@dataclass(frozen=True)
class Unfinished:
    """Something of a case that still goes on: an operation, a challenge, what is asked of a force.

    `key` names it in a form, in letters, digits and underscores. `words` say what it is and how it is ended. What
    `ends_with_outcome` is asked no more once the outcome is recorded, and does not stand against closing.
    """

    key: str
    words: str
    ends_with_outcome: bool = False


@dataclass(frozen=True)
class PrintedSection:
    """A table in the print of a whole case: its title, the heads of its columns, and its rows."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


class PrintedSections(Protocol):
    def __call__(self, *, case: Case) -> Iterable[PrintedSection]:
        """What the part has of the case, for the print of the whole case."""


class StillGoesOn(Protocol):
    def __call__(self, *, case: Case) -> list[Unfinished]:
        """What of the part still goes on. It stands against an outcome until it is ended or carried over, and
        against closing until it is ended."""


class ServedOn(Protocol):
    def __call__(self, *, case: Case) -> date | None:
        """The day on which the case's standing decision was served."""


class AgainstRemoval(Protocol):
    def __call__(self, *, case: Case, today: date) -> list[str]:
        """The challenges to the case's decision that stand against removal, or can still be brought in time."""


class Stop(Protocol):
    def __call__(self, *, case: Case, by: User, now: datetime, because: str, trafficking: bool) -> None:
        """Something has become known that stands against acting on this person: make void what was authorised or
        reviewed without knowing it, and tell whom it concerns. Called with the case locked."""


class Indicators(Protocol):
    def __call__(self, *, case: Case) -> Iterable[Indicator]:
        """Where the part's own answers show that the person may be a victim of trafficking."""


class ReportsGiven(Protocol):
    def __call__(self, *, force: Force, referral: Referral | None) -> list[tuple[str, int]]:
        """What reports Nexus gave a force, in words, and how many; for the commitment ledger."""


class OperationsOfForce(Protocol):
    def __call__(
        self, *, force: Force, referral: Referral | None, reader: User
    ) -> list[tuple[str, int, str]]:
        """What a force did of its operations: in words, how often, where; for the same ledger."""


@dataclass(frozen=True, kw_only=True)
class CasePart(ReferralPart):
    """A part that tells something of a case."""

    timeline: Timeline | None = None
    printed_sections: PrintedSections | None = None
    still_goes_on: StillGoesOn | None = None
    served_on: ServedOn | None = None
    against_removal: AgainstRemoval | None = None
    stop: Stop | None = None
    trafficking_indicators: Indicators | None = None
    reports_given: ReportsGiven | None = None
    operations_of_force: OperationsOfForce | None = None


def unfinished(case: Case) -> list[Unfinished]:
    """What still goes on, of every part."""
    return [each for part in case_parts() if part.still_goes_on for each in part.still_goes_on(case=case)]


def case_parts() -> Iterator[CasePart]:
    return parts_of(CasePart)

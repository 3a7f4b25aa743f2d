"""What a part tells of a case, beside what it tells of a referral (referrals/parts.py)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
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


class BeforeClosing(Protocol):
    def __call__(self, *, case: Case) -> list[str]:
        """The reasons that stand against closing the case."""


class AgainstRemoval(Protocol):
    def __call__(self, *, case: Case) -> bool:
        """Whether a challenge to the case's decision stands against removal."""


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
    before_closing: BeforeClosing | None = None
    against_removal: AgainstRemoval | None = None
    stop: Stop | None = None
    trafficking_indicators: Indicators | None = None
    reports_given: ReportsGiven | None = None
    operations_of_force: OperationsOfForce | None = None


def case_parts() -> Iterator[CasePart]:
    return parts_of(CasePart)

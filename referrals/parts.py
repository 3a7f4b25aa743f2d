"""What a part tells of a referral, beside what every part tells (nexus/parts.py)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from nexus.accounts.models import User
from nexus.parts import Part, parts_of
from referrals.models import Referral


class Progress(Protocol):
    """What the later stage shares with the force; `asked_of_force` may be empty."""

    on: date
    title: str
    text: str
    asked_of_force: str


class SharedProgress(Protocol):
    def __call__(self, *, referral: Referral) -> Sequence[Any]:
        """The `Progress` the force may read, newest first."""


class SamePerson(Protocol):
    def __call__(self, *, referral: Referral, by: User, now: datetime) -> object:
        """What the referral's page says to `by` of the same person in other forces' referrals."""


class PairsToJudge(Protocol):
    def __call__(self, *, referral: OuterRef) -> CombinedExpression:
        """How many pairs of an outer referral nobody has judged, as an expression."""


class HasPairsToJudge(Protocol):
    def __call__(self, *, referral: OuterRef) -> Q:
        """Whether there is one at all, as a filter: no pair is counted."""


@dataclass(frozen=True)
class Risk:
    """One risk of a person: what it is about, and how it is said. Without words nobody knows, unless somebody has
    found out that there is none (`ruled_out`)."""

    name: str
    words: str = ""
    ruled_out: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        return self.words or f"{self.name}: not known"


@dataclass(frozen=True)
class ToldByForce:
    """One thing the police told the Home Office about a person: what kind of telling it was ("Answer to question 2"),
    the words, when, who said it, and where it stands."""

    kind: str
    words: str
    at: datetime
    by: str
    path: str = ""


@dataclass(frozen=True)
class NextStep:
    """What is offered once a referral is decided: the words of a link, and where it leads."""

    words: str
    path: str


class Away(Protocol):
    def __call__(self, *, day: date) -> Mapping[int, date]:
        """Who is away on this day, by their key, and their last day away."""


class NextSteps(Protocol):
    def __call__(self, *, referral: Referral, by: User) -> Iterable[NextStep]:
        """What the part has for this person to do with a decided referral. At most one query."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One way in which a force tells something: its rows, and by which of their columns it is read.

    `kind(more)` says what kind it was, where `more` is the text of one more column. What was said stands in `words`,
    and where there are two in `second`, which `reply` introduces. `by` names who said it, `page` the page it stands on,
    whose address is made of the column `key`.
    """

    rows: QuerySet[Any]
    kind: Callable[[str], str]
    words: str
    second: str = ""
    reply: str = ""
    at: str
    by: str
    key: str = "pk"
    more: str = ""
    page: str = ""


class ToldByForces(Protocol):
    def __call__(self, *, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
        """The ways in which the part is told of these referrals of one person; `reader` is of the Home Office. It asks
        nothing itself."""


@dataclass(frozen=True)
class Resting:
    """An assessment or decision that was made of a referral's facts: the row, what it is called, and its page."""

    row: Model
    words: str
    path: str


class RestsOnReferral(Protocol):
    def __call__(self, *, referral: Referral) -> Iterable[Resting]:
        """What of the part was assessed or decided of the referral's facts and still counts."""


class HeldBy(Protocol):
    def __call__(self, *, referral: Referral) -> Iterable[User]:
        """Who holds what became of the referral, once it is decided."""


class Risks(Protocol):
    def __call__(self, *, referral: Referral) -> Iterable[Risk]:
        """What the part knows of the risks of this person, beside the referral's own answers."""


class WhenSuspended(Protocol):
    def __call__(self, *, referral: Referral, by: User, now: datetime, because: str) -> None:
        """Litigation suspends removal: stop what was authorised without knowing it."""


@dataclass(frozen=True, kw_only=True)
class ReferralPart(Part):
    """A part that tells something of a referral or its subject."""

    shared_progress: SharedProgress | None = None
    same_person: SamePerson | None = None
    pairs_to_judge: PairsToJudge | None = None
    has_pairs_to_judge: HasPairsToJudge | None = None
    risks: Risks | None = None
    held_by: HeldBy | None = None
    told_by_forces: ToldByForces | None = None
    rests_on_referral: RestsOnReferral | None = None
    when_suspended: WhenSuspended | None = None
    next_steps: NextSteps | None = None
    away: Away | None = None


def referral_parts() -> Iterator[ReferralPart]:
    return parts_of(ReferralPart)

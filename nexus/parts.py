"""What each part of the service tells the rest: one typed object, `PART`, in the part's own `part.py`.

`NEXUS_PARTS` in nexus/settings.py lists them; nothing is a part by being imported. What concerns every part stands
here, what concerns a referral in referrals/parts.py, what concerns a case in casework/parts.py. nexus/checks.py proves
at start that every name exists and every function takes what it will be given.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from typing import Any, Protocol, TypeVar, cast

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.fresh import Fresh
from nexus.retention.kept import Declarations
from nexus.retention.kinds import RecordKind
from nexus.ui.formatting import Counted


@dataclass(frozen=True)
class WorkWaiting:
    """`words` say what waits ("Requests to authorise"), `overdue` how many of `count` are late.

    A part that counts rows gives the rows: those of all parts are counted in one statement (nexus/waiting.py).
    """

    words: str
    count: int | QuerySet[Any]
    path: str
    overdue: int | QuerySet[Any] = 0


class Urgency(Enum):
    """Why something waits for a person, in words, and the colour of its tag. What comes first stands first."""

    CLOCK = "Custody clock", "red"
    OVERDUE = "Overdue", "red"
    RETURNED = "Returned", "orange"
    ANSWERED = "Answered", "green"
    TODAY = "Due today", "yellow"
    UNREAD = "New", "blue"
    HELD = "With you", "grey"
    WAITING = "Waiting", "grey"
    DUE = "Due", "grey"

    @property
    def words(self) -> str:
        return str(self.value[0])

    @property
    def colour(self) -> str:
        return str(self.value[1])


@dataclass(frozen=True)
class WaitingItem:
    """One thing that waits for one person: what is to be done (`act`), about whom, where, since when or by when.

    `reference` is that of the referral of the person it is about, by which the page finds the person; where it is
    of nobody, or of somebody this reader knows only from here, `subject` says what it is about. `row` is what the
    audit names, and settles with its kind which of two comes first.
    """

    act: str
    urgency: Urgency
    at: date | datetime
    path: str
    row: Model
    reference: str = ""
    subject: str = ""


@dataclass(frozen=True)
class RequestToForce:
    """One thing asked: what is to be done (`act`), in which words, about whom, where, and by which day.

    `ends_at` is the moment of a clock that runs, where the day is too coarse: that comes before everything else.
    `owner` is the person whose it is, where it is somebody's; `row` is what the audit names.
    """

    act: str
    words: str
    subject: str
    reference: str
    path: str
    due_on: date | None
    row: Model
    owner: User | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Destination:
    """One entry of the top navigation, shown to some roles; in which group, where a role has many.

    Entries stand by `place`, smallest first.
    """

    label: str
    url_name: str
    roles: frozenset[Role]
    group: str = "More"
    place: int = 500


@dataclass(frozen=True, kw_only=True)
class Follow:
    """One kind of thing whose changes the feed tells (nexus/changes/feed.py).

    `model` names the table its audit entries are of, `rows(user)` the rows of it that exist for a person, `name` the
    field with which the thing's own endpoint finds it, for `roles`. `told_to_force` says which entries a force may know
    of, as a condition on the change: none, unless it is said.
    """

    kind: str
    model: str
    rows: Callable[[User], "QuerySet[Any]"]
    roles: frozenset[Role]
    name: str = "pk"
    told_to_force: Q = Q(pk__in=())


def happened(*kinds: str) -> Q:
    """The changes of these kinds."""
    return Q(entry__kind__in=kinds)


# What names the force as who received it: what was asked of it, told to it, or done by it.
RECEIVED = ~Q(entry__recipient="")


class WorkWaitingFor(Protocol):
    def __call__(self, *, user: User, now: datetime) -> Iterable[WorkWaiting]:
        """What waits for this person: a few lines, with a constant number of queries."""


class WaitingItems(Protocol):
    def __call__(self, *, user: User, now: datetime) -> Iterable[WaitingItem]:
        """Everything that waits for this person and nobody has to look for, with a constant number of queries."""


class PersonWords(Protocol):
    """Who somebody is, in words: the name, and what tells them from others of the name."""

    @property
    def name(self) -> str: ...

    @property
    def beside(self) -> str: ...


class PeopleNamed(Protocol):
    def __call__(self, *, user: User, references: Collection[str]) -> Mapping[str, PersonWords]:
        """Who the subjects of these referrals are, as far as this person sees them; a constant number of queries."""


class RequestsToForce(Protocol):
    def __call__(self, *, user: User) -> Iterable[RequestToForce]:
        """What is asked of this person's force and they see, with a constant number of queries."""


class TellOfAccount(Protocol):
    def __call__(self, *, person: User, kind: str, event_key: str, now: datetime) -> None:
        """Tell a person what happened to their own account, in the transaction in which it did."""


class ClocksRunOut(Protocol):
    def __call__(self, *, now: datetime) -> Mapping[str, float]:
        """How many clocks of each name have run out, with a constant number of queries; for the metrics."""


@dataclass(frozen=True)
class Backlog:
    """What waits for a worker and has no row of its own: how many, counted to a bound, and since when the oldest does."""

    kind: str
    number: Counted
    oldest_at: datetime | None


class WorkBacklog(Protocol):
    def __call__(self) -> Backlog:
        """What of this part's work in the background is not done yet, in one query; for metrics and managers."""


class FiguresOf(Protocol):
    def __call__(self, *, record: Model) -> "list[KeptFigure]":
        """What the part's figures count of a record, kept when it is erased so that they still count it."""


class OnDuty(Protocol):
    def __call__(self, *, now: datetime) -> object:
        """Who is on duty, in an object that templates/components/on_now.html shows."""


# What is counted, of a time how many days it took, and how often; nothing of it is about a person.
KeptFigure = tuple[str, int | None, int]


@dataclass(frozen=True)
class Codes:
    """A list of codes that other systems need (`GET /api/v1/reference/`): its name in the address, what it is in words,
    and for a person the codes with their words. It names no subject."""

    name: str
    words: str
    pairs: Callable[[User], Iterable[tuple[str, str]]]


def same_for_all(pairs: Iterable[tuple[object, object]]) -> Callable[[User], Iterable[tuple[str, str]]]:
    """The pairs of a closed list."""
    kept = [(str(code), str(words)) for code, words in pairs]
    return lambda by: kept


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a part adds. A field left out adds nothing.

    `audit_names` is the path from a model ("casework.case") to what the audit log calls its row: a reference, or the
    name of staff, a force or a team, and never a subject's. `follows` says what of it a program can follow. `retention` says of each of its tables how long it is
    kept and which fields are about people, `records` which kinds of record it has that are reviewed as a whole.
    """

    work_waiting: WorkWaitingFor | None = None
    waiting_items: WaitingItems | None = None
    people_named: PeopleNamed | None = None
    requests_to_force: RequestsToForce | None = None
    figures_of: FiguresOf | None = None
    on_duty: OnDuty | None = None
    clocks_run_out: ClocksRunOut | None = None
    work_backlog: WorkBacklog | None = None
    tell_of_account: TellOfAccount | None = None
    navigation: tuple[Destination, ...] = ()
    finder: Destination | None = None  # the page behind the search in the head of every page; one part has it
    audit_names: Mapping[str, str] = field(default_factory=dict)
    follows: tuple[Follow, ...] = ()
    retention: Declarations = field(default_factory=dict)
    records: tuple[RecordKind, ...] = ()
    codes: tuple[Codes, ...] = ()


Kind = TypeVar("Kind", bound=Part)
Told = TypeVar("Told", bound=Callable[..., object])


def parts() -> list[Part]:
    """Every part, in the order of the settings."""
    return [cast(Part, import_module(name).PART) for name in settings.NEXUS_PARTS]


def parts_of(kind: type[Kind]) -> Iterator[Kind]:
    """Those that tell of what `kind` tells of."""
    return (part for part in parts() if isinstance(part, kind))


def the_one(told: Iterable[Told | None]) -> Told:
    """The function that exactly one part gives; nexus/checks.py proves that one does."""
    (found,) = (each for each in told if each is not None)
    return found


def backlogs() -> list[Backlog]:
    """What waits for a worker, of every part that has such work."""
    return [part.work_backlog() for part in parts() if part.work_backlog is not None]


# A manager's page and a count that may be some seconds old.
BACKLOGS: Fresh[list[Backlog]] = Fresh(backlogs)


def audit_names() -> dict[str, str]:
    """What the audit log calls a row of each model, from all parts."""
    return {label: path for part in parts() for label, path in part.audit_names.items()}


def tell_of_account(*, person: User, kind: str, event_key: str, now: datetime) -> None:
    """Accounts know nothing of notifications: the part that tells people is asked to."""
    tell = the_one(part.tell_of_account for part in parts())
    tell(person=person, kind=kind, event_key=event_key, now=now)


# Many pages say it, for everybody alike.
ON_DUTY: Fresh[object] = Fresh(lambda: the_one(part.on_duty for part in parts())(now=timezone.now()))


def who_is_on_duty() -> object:
    """Who is on duty now, or was a few seconds ago."""
    return ON_DUTY.now()

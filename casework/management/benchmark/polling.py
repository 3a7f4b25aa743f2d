"""A day of a force's records system that keeps up with its open referrals: by the feed of changes, and by reading all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from nexus.accounts.models import Scope, User
from nexus.accounts.tokens import issue
from nexus.audit.models import AuditEvent
from referrals import actions
from referrals.models import Referral
from referrals.states import State

FEED, ALL = "the feed of changes", "every open referral again"
REFERRALS, CHANGES = "referrals/", "changes/"


@dataclass
class Cost:
    """Calls, the bytes of their answers with headers, the audit entries they left, and those that say "viewed"."""

    calls: int = 0
    bytes: int = 0
    entries: int = 0
    viewed: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass
class Program:
    """A records system with a token that reads; it keeps the mark of each answer, and asks whether that still holds."""

    person: User
    marks: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    cost: Cost = field(default_factory=Cost)

    def __post_init__(self) -> None:
        self.client: Any = Client(SERVER_NAME="localhost")
        _, text = issue(self.person, scope=Scope.READ, now=timezone.now())
        self.token = f"Token {text}"

    def get(self, path: str) -> Any:
        """What stands there; what is had already is not sent again. RuntimeError where the call is refused."""
        headers = {"Authorization": self.token}
        if path in self.marks:
            headers["If-None-Match"] = self.marks[path]
        answer = self.client.get(f"/api/v1/{path}", headers=headers)
        if answer.status_code not in (200, 304):
            raise RuntimeError(f"{answer.status_code} at {path}\n{answer.content[:500]!r}")
        self.cost += Cost(calls=1, bytes=size_of(answer))
        if answer.status_code == 200:
            self.marks[path], self.answers[path] = answer["ETag"], answer.json()
        return self.answers[path]

    def follow(self) -> None:
        """What is new in the feed, and each referral that it names."""
        more, named = True, set[str]()
        while more:
            page = self.get(f"{CHANGES}?after={self.place}" if self.place else CHANGES)
            named |= {each["id"] for each in page["changes"] if each["kind"] == "referral"}
            self.place, more = page["next"], page["more"]
        for reference in sorted(named):
            self.get(f"{REFERRALS}{reference}/")

    def read_all(self) -> None:
        """Every page of the list, and every referral on it that is open."""
        path = REFERRALS
        while path:
            page = self.get(path)
            for each in page["results"]:
                self.get(f"{REFERRALS}{each['reference']}/")
            path = (page["next"] or "").partition("/api/v1/")[2]


def size_of(answer: Any) -> int:
    """Of the answer as it is sent: its headers, a line each, and its body."""
    return sum(len(name) + len(str(value)) + 4 for name, value in answer.items()) + len(answer.content)


@dataclass
class Way:
    """One way of keeping up, and what it cost: the day, and the dearest round in which nothing had changed."""

    title: str
    program: Program
    keep_up: Callable[[], None]
    day: Cost = field(default_factory=Cost)
    quiet: Cost = field(default_factory=Cost)

    def turn(self, *, anything_new: bool) -> None:
        """One round."""
        self.program.cost, before = Cost(), entries_of(self.program.person)
        self.keep_up()
        after = entries_of(self.program.person)
        cost = self.program.cost + Cost(entries=after[0] - before[0], viewed=after[1] - before[1])
        self.day += cost
        if not anything_new:
            self.quiet = max(self.quiet, cost, key=lambda each: (each.calls, each.entries))


def entries_of(person: User) -> tuple[int, int]:
    """How many audit entries are theirs, and how many of those say that something was viewed."""
    theirs = AuditEvent.objects.filter(by_id=person.pk)
    return theirs.count(), theirs.filter(kind__endswith=".viewed").count()


def a_day(people: Sequence[User], office: User, *, rounds: int, changes: int) -> list[Way]:
    """Both ways, each as a person of their own, over so many rounds, between which the office does something so often.

    What each has to begin with it read the day before.
    """
    followers = [Program(person) for person in people[:2]]
    ways = [Way(FEED, followers[0], followers[0].follow), Way(ALL, followers[1], followers[1].read_all)]
    for way in ways:
        way.keep_up()
    happening = claimed_and_given_back(followers[0].person, office)
    for number in range(rounds):
        new = changes * (number + 1) // rounds - changes * number // rounds
        for _ in range(new):
            next(happening)
        for way in ways:
            way.turn(anything_new=new > 0)
    return ways


def claimed_and_given_back(person: User, office: User) -> Iterator[None]:
    """One change at a time to the force's referrals, by the actions of the office."""
    waiting = Referral.objects.filter(force=person.force, state=State.SUBMITTED).order_by("pk")
    numbers = list(waiting.values_list("pk", flat=True)[:10])
    while True:
        for act in (actions.claim, actions.release):
            for pk in numbers:
                act(referral_id=pk, by=office, now=timezone.now())
                yield

"""Thirty-two clients at one desk: each referral has one outcome, and everything that follows from it once.

Real threads, real connections, really committed. They crowd round the few newest referrals, so that nearly everybody is
too late nearly always. An ordinary run ends after some decisions; `manage.py walls` asks for ten minutes.
"""

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, connections, models
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin

from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.refusals import Refused
from referrals import actions
from referrals.actions import decide, triage
from referrals.models import Allocation, Referral, ReferralChange, SpecialConditionsFlag, TriageDecision
from referrals.states import State
from tests.builders import ACCEPTANCE, REFUSAL, a_user
from tests.databases import superuser
from tests.figures import Figure
from tests.referrals.croydon import sent

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 32
CROWD = 6  # referrals open at any time: the fewer, the more often two want the same
OPEN = (State.SUBMITTED, State.IN_TRIAGE)


class Desk:
    """The people, what they do at random, and what came of it."""

    def __init__(self, *, seconds: float, decisions: float) -> None:
        self.ends, self.enough = time.monotonic() + seconds, decisions
        self.police = [a_user(Role.POLICE_OFFICER) for _ in range(2)]
        self.officers = [a_user(Role.REFERRALS_OFFICER) for _ in range(CLIENTS - 4)]
        self.managers = [a_user(Role.MANAGER) for _ in range(2)]
        self.done: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()

    def run(self) -> "Desk":
        """All of them at once until the time is over or enough is decided."""
        clients = [*self.police, *self.officers, *self.managers]
        with ThreadPoolExecutor(CLIENTS) as threads:
            list(threads.map(self.work, range(CLIENTS), clients))
        return self

    def work(self, number: int, by: User) -> None:
        """One client: chosen at random, always the same choices for the same number."""
        chance = random.Random(number)  # noqa: S311
        try:
            while time.monotonic() < self.ends and self.done["decided"] < self.enough:
                self.attempt(self.deed(by, chance))
        finally:
            connections.close_all()

    def attempt(self, deed: Callable[[], Any]) -> None:
        """A deed may be refused in words, or find nothing; whatever else it raises is a fault."""
        try:
            result = deed()
        except (Refused, Referral.DoesNotExist):
            self.done["refused"] += 1
        except Exception as trouble:
            self.faults[f"{type(trouble).__name__}: {trouble}".partition("\n")[0]] += 1
        else:
            self.done["decided"] += isinstance(result, TriageDecision)

    def deed(self, by: User, chance: random.Random) -> Callable[[], Any]:
        """What this person does next."""
        now = timezone.now()
        if by.role == Role.POLICE_OFFICER:
            return lambda: self.send_another(by)
        if by.role == Role.MANAGER:
            return lambda: actions.release(
                referral_id=chance.choice(open_ones()), by=by, now=now, reason="The officer is on leave."
            )
        if chance.random() < 0.2:
            return lambda: actions.take_next(by=by, now=now)
        return chance.choice([self.claim, self.decide, self.decide])(by, chance)

    def send_another(self, by: User) -> Referral | None:
        """Keep the desk filled, and no fuller."""
        if Referral.objects.filter(state__in=OPEN).count() >= CROWD:
            return None
        return sent(by=by, now=timezone.now())

    def claim(self, by: User, chance: random.Random) -> Callable[[], Any]:
        return lambda: actions.claim(referral_id=chance.choice(open_ones()), by=by, now=timezone.now())

    def decide(self, by: User, chance: random.Random) -> Callable[[], Any]:
        """Accept or refuse what this officer holds, or believes to hold: any of the crowd."""

        def deed() -> Any:
            held = Referral.objects.filter(claimed_by=by, state=State.IN_TRIAGE).values_list("pk", flat=True)
            pk = chance.choice(list(held) or open_ones())
            record(kind="referral.viewed", by=by, subject=Referral.objects.get(pk=pk), now=timezone.now())
            act, said = chance.choice([(actions.accept, ACCEPTANCE), (actions.not_accept, REFUSAL)])
            return act(referral_id=pk, by=by, now=timezone.now(), **said)

        return deed


def open_ones() -> list[int]:
    """The crowd; Referral.DoesNotExist where there is none."""
    found = list(Referral.objects.filter(state__in=OPEN).values_list("pk", flat=True)[:CROWD])
    if not found:
        raise Referral.DoesNotExist
    return found


def wrong_outcomes() -> Iterator[str]:
    """What is there twice, not at all, or out of order."""
    for referral in Referral.objects.all():
        decisions = list(TriageDecision.objects.filter(referral=referral))
        decided = referral.state in (State.ACCEPTED, State.NOT_ACCEPTED)
        if len(decisions) != int(decided):
            yield f"{referral.state}: {len(decisions)} decisions"
        for follows in (SpecialConditionsFlag, Allocation, Case):
            if (count := follows.objects.filter(referral=referral).count()) != int(
                referral.state == State.ACCEPTED
            ):
                yield f"{referral.state}: {count} of {follows.__name__}"
        yield from broken_links(referral)


def broken_links(referral: Referral) -> Iterator[str]:
    """Each change must begin where the one before has ended, and the last end where the referral is."""
    stands: str | None = None
    for change in ReferralChange.objects.filter(referral=referral).order_by("pk"):
        if stands is not None and change.from_state != stands:
            yield f"{change.verb} from {change.from_state}, which stood at {stands}"
        stands = change.to_state
    if stands != referral.state:
        yield f"{referral.state} after {stands}"


def deadlocks() -> int:
    """How many PostgreSQL has ended in this database."""
    with closing(superuser(connection.settings_dict["NAME"])) as other, other.cursor() as ask:
        ask.execute("SELECT pg_stat_force_next_flush()")
        ask.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(ask.fetchone()[0])


def test_thirty_two_clients_and_one_outcome_each(figure: Figure, full_size: bool) -> None:
    before = deadlocks()
    desk = Desk(seconds=600, decisions=math.inf if full_size else 12).run()
    wrong = list(wrong_outcomes())
    decided = TriageDecision.objects.count()
    assert decided > 0 and desk.done["refused"] > 0, desk.done
    figure(
        3,
        f"{CLIENTS} clients: {decided:,} referrals decided, {desk.done['refused']:,} refused as too late, "
        f"{len(wrong)} without exactly one outcome, {deadlocks() - before} deadlocks, "
        f"{desk.faults.total()} other faults",
        holds=not wrong and not desk.faults and deadlocks() == before,
    )


def test_without_locks_the_clients_find_what_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage: rows are read and not locked, and saved whatever has become of them meanwhile."""

    def only_read(referral_id: int, *, by: User, verb: str) -> Referral:
        return Referral.objects.select_related("force", "claimed_by").get(pk=referral_id)

    monkeypatch.setattr(triage, "lock", only_read)
    monkeypatch.setattr(decide, "lock", only_read)
    monkeypatch.setattr(ConcurrentTransitionMixin, "_do_update", models.Model._do_update)
    for _ in range(5):
        desk = Desk(seconds=60, decisions=6).run()
        if desk.faults or list(wrong_outcomes()):
            return
    pytest.fail("nothing went wrong without locks: the soak proves nothing")

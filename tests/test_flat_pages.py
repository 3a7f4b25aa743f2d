"""Among many referrals no page reads more rows than it shows, asks more often than a page of few, or is heavy to send.

The rows are those of `manage.py bench desk`, in a database of this module's own.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.management.benchmark.loading import load
from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.fresh import Fresh
from nexus.scope import SYSTEM, scope
from referrals import queue
from referrals.actions import reckon_again
from referrals.desk.actions.clocks import tell_of_some
from referrals.desk.actions.idle_claims import end_those_idle
from referrals.desk.models import Clock
from referrals.models import Referral
from tests import databases
from tests.access.routes import ROUTES
from tests.access.walking import address_of
from tests.referrals.croydon import signed_in

REFERRALS, UNDECIDED = 1500, 400


@dataclass(frozen=True)
class Ceiling:
    """The most that a page may ask for and send: a page has 25 rows, and forces and officers to choose among."""

    rows: int = 150
    statements: int = 12
    kilobytes: int = 105


# Pages that are over it today. What is reckoned over all rows is not a list; what else stands here is to come off.
MORE = {
    "matrix:agreement": Ceiling(rows=6000),
    "reports:dashboard": Ceiling(rows=6000, statements=13),
    "audit:export": Ceiling(kilobytes=20_000),  # a file of all of it
    "audit:log": Ceiling(statements=14),
    "casework:record_absence": Ceiling(rows=760),
    "casework:mine": Ceiling(statements=15),
    "support:ledger": Ceiling(rows=420, statements=15),
    "api:support_ledgers": Ceiling(rows=420),
    "casework:workload": Ceiling(rows=270, kilobytes=330),
    "api:workload": Ceiling(rows=270),
    "duty_desk:add_shift": Ceiling(rows=170),
    "administration:user_add": Ceiling(rows=170),
    "waiting": Ceiling(statements=22),
}


@dataclass
class Asked:
    """What one answer asked of the database: statements, and the rows that they found."""

    statements: int = 0
    rows: int = 0

    def counted(self, execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        done = execute(sql, params, many, context)
        self.statements += 1
        if sql.lstrip("( ").startswith(("SELECT", "WITH", "SET LOCAL")):
            self.rows += max(0, context["cursor"].cursor.rowcount)
        return done


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of many referrals in place of the empty one."""
    name = f"nexus_test_{os.getpid()}_many_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with databases.copied(name), using(name, django_db_blocker):
        call_command("reference", verbosity=0)
        with closing(databases.superuser(name)) as server, server.cursor() as ask:
            load(ask, referrals=REFERRALS, undecided=UNDECIDED)
            ask.execute("ANALYZE")
        with scope(SYSTEM):
            reckon_again(now=timezone.now())
            people()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                settings, "NEXUS_FRESH_SECONDS", 600
            )  # read by the first page, as in a process that serves
            Fresh.forget_all()
            yield
        Fresh.forget_all()


@contextmanager
def using(name: str, blocker: Any) -> Iterator[None]:
    """This process works in that database."""
    before = settings.DATABASES["default"]["NAME"]
    with blocker.unblock():
        try:
            for known in (settings.DATABASES["default"], connections["default"].settings_dict):
                known["NAME"] = name
            connections["default"].close()
            yield
        finally:
            connections["default"].close()
            for known in (settings.DATABASES["default"], connections["default"].settings_dict):
                known["NAME"] = before


def people() -> None:
    """Somebody of each role whom the loader does not make."""
    for role in Role:
        if not User.objects.filter(role=role).exists():
            force = Force.objects.get(code="20") if role in POLICE_ROLES else None
            User.objects.create(
                email=f"{role}1@bench.example", full_name=f"Wren {role.label}", role=role, force=force
            )


def somebody(role: Role) -> Client:
    """Signed in, of the force with most referrals where the role is the police's."""
    found = User.objects.filter(role=role, is_active=True)
    if role in POLICE_ROLES:
        found = found.filter(force__code="20") if found.filter(force__code="20").exists() else found
    return signed_in(found.order_by("pk")[0])


def opened(client: Client, address: str) -> tuple[Asked, int]:
    """What the second answer asked, and its bytes."""
    client.get(address)
    asked = Asked()
    with connection.execute_wrapper(asked.counted):
        answer = client.get(address)
    size = len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    return asked, size


def faults(only: str = "") -> list[str]:
    """What is over its ceiling, of every page of no certain row and every role that reads it."""
    found = []
    for route in ROUTES:
        if route.state is not None or route.reads is None or route.public or not route.name.startswith(only):
            continue
        if address_of(route.name):  # of one row, a day or a kind
            continue
        most = MORE.get(route.name, Ceiling())
        for role in sorted(route.reads):
            asked, size = opened(somebody(role), reverse(route.name))
            if asked.rows > most.rows or asked.statements > most.statements or size > most.kilobytes * 1024:
                found.append(f"{route.name} as {role.value}: {asked}, {size // 1024} KB, not {most}")
    return found


def test_no_page_reads_more_rows_than_it_shows_nor_asks_often_nor_is_heavy(many: None) -> None:
    assert faults() == []


def test_a_page_that_asks_for_each_row_is_found(many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ceilings are sabotaged: the queue asks for each of its lines alone."""
    together = queue.fill_in
    monkeypatch.setattr(queue, "fill_in", lambda rows: [together([row]) for row in rows])
    assert [fault.split(":")[1] for fault in faults("desk:queue")] == [
        "queue as manager",
        "queue as referrals_officer",
    ]


@pytest.mark.parametrize(
    "words",
    ["", "force=20", "state=accepted", "state=submitted", "channel=live_time", "age=0-2", "clock=passed", "clock=custody",
     "held_by=nobody", "held_by=me", "same_person=to_judge", "same_person=leads", "route=conviction_led", "sort=-clock",
     "sort=age", "sort=force", "sort=-name"],
)  # fmt: skip
def test_the_queue_asks_eight_times_whatever_is_filtered_and_sorted(many: None, words: str) -> None:
    asked, size = opened(somebody(Role.REFERRALS_OFFICER), f"{reverse('desk:queue')}?view=all&{words}")
    assert asked.statements <= 8 and asked.rows <= 60 and size <= 110 * 1024


def test_a_later_page_of_the_queue_asks_twice_more(many: None) -> None:
    """For the place that the address names, and how many come before it."""
    officer, address = somebody(Role.REFERRALS_OFFICER), f"{reverse('desk:queue')}?view=all"
    for _ in range(3):
        (after,) = re.findall(r"after=(\d+)", officer.get(address).text)[:1]
        address = f"{reverse('desk:queue')}?view=all&after={after}"
    asked, _ = opened(officer, address)
    assert asked.statements <= 10


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is checked by the database as if it were kept, and then it is not."""
    with scope(SYSTEM), transaction.atomic(), closing(connection.cursor()) as ask:
        yield
        ask.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def asked_by(work: Callable[[Sequence[int]], int], keys: Sequence[int]) -> tuple[int, int]:
    """How many rows the work did something with, and its statements."""
    asked = Asked()
    with undone(), connection.execute_wrapper(asked.counted):
        done = work(keys)
    return done, asked.statements


LATER = timedelta(days=60)


@pytest.fixture
def claims_due(many: None) -> list[int]:
    """Every claim and every waiting referral of the many, long after it was touched."""
    with scope(SYSTEM):
        return list(
            Referral.objects.filter(state__in=["submitted", "in_triage"], follows=None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def test_clock_notices_of_many_are_made_in_the_statements_of_few(claims_due: list[int]) -> None:
    now = timezone.now() + LATER
    work = lambda keys: tell_of_some(keys, Clock.CLAIM, now) + tell_of_some(keys, Clock.DECIDE, now)  # noqa: E731
    few, many_of_them = asked_by(work, claims_due[:30]), asked_by(work, claims_due)
    assert few[0] >= 15 and many_of_them[0] >= 200
    assert few[1] <= 30 and many_of_them[1] <= 40  # each thousand people told is one more


def test_idle_claims_of_many_end_in_the_statements_of_few(claims_due: list[int]) -> None:
    now = timezone.now() + LATER
    with scope(SYSTEM):
        held = list(
            Referral.objects.filter(pk__in=claims_due, state="in_triage")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    work = lambda keys: end_those_idle(keys, now)  # noqa: E731
    few, many_of_them = asked_by(work, held[:5]), asked_by(work, held)
    assert few[0] == 5 and many_of_them[0] == len(held) >= 50
    assert many_of_them[1] == few[1] <= 15


def test_a_notice_made_for_each_referral_alone_is_found(claims_due: list[int]) -> None:
    """The constant number of statements is sabotaged."""
    now = timezone.now() + LATER
    work = lambda keys: sum(tell_of_some([key], Clock.CLAIM, now) for key in keys)  # noqa: E731
    assert asked_by(work, claims_due[:10])[1] > asked_by(work, claims_due[:5])[1]

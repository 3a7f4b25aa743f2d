"""The snapshot that washes read: as new as the table, cheap when nothing changed, never half made."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from pytest_django import DjangoAssertNumQueries

from referrals.datawash import register
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.models import Person
from tests.builders import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def add(*names: str) -> None:
    for name in names:
        Person.objects.create(
            person_id=name, surname=name, forenames="Ada", dob="1980-02-03", changed_at=NOON
        )


def known(path: Path) -> set[str]:
    with connected() as engine:
        snapshot.attach(engine, path)
        people = {row[0] for row in engine.execute("SELECT person_id FROM register.people").fetchall()}
        names = engine.execute("SELECT count(DISTINCT number) FROM register.persons").fetchall()[0][0]
        assert names == len(people)
        return people


def test_an_empty_register_has_a_snapshot() -> None:
    assert known(register.current_snapshot(now=NOON)) == set()


def test_nothing_changed_costs_two_short_queries_and_makes_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add("Quillfeather")
    first = register.current_snapshot(now=NOON)
    with django_assert_num_queries(2):
        again = register.current_snapshot(now=NOON + timedelta(days=1))
    assert again == first


def test_new_changed_and_gone_persons_are_brought_in_and_the_rest_is_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add("Stays", "Changes", "Goes")
    first = register.current_snapshot(now=NOON)
    read: list[str] = []
    refresh = snapshot.refresh

    def listening(target: Path, changed: Path, **values: Any) -> list[str]:
        read.append(changed.read_text())
        return refresh(target, changed, **values)

    monkeypatch.setattr(snapshot, "refresh", listening)
    add("Arrives")
    Person.objects.filter(person_id="Changes").update(surname="Changed")
    Person.objects.filter(person_id="Goes").update(gone_at=NOON)
    second = register.current_snapshot(now=NOON)
    assert known(second) == {"Stays", "Changes", "Arrives"}
    assert known(first) == {"Stays", "Changes", "Goes"}  # whoever reads it still may
    assert "Changed" in read[0] and "Stays" not in read[0]


def test_a_row_written_early_and_committed_late_is_not_missed() -> None:
    """The trap of every "changed since" column: the time of writing is not the time of committing."""
    add("First")
    written, may_commit = Event(), Event()

    def slow_writer() -> None:
        with closing(connections["default"]), transaction.atomic():
            add("Late")
            written.set()
            assert may_commit.wait(20)

    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(slow_writer)
        assert written.wait(20)
        add("Overtakes")
        meanwhile = register.current_snapshot(now=NOON)
        may_commit.set()
        writing.result(20)
    assert known(meanwhile) == {"First", "Overtakes"}
    after = register.current_snapshot(now=NOON)
    assert known(after) == {"First", "Overtakes", "Late"}
    assert register.current_snapshot(now=NOON) == after


def test_rows_of_the_readers_own_transaction_are_read_again_after_it() -> None:
    with transaction.atomic():
        add("First")
        register.current_snapshot(now=NOON)
        add("Second")
    assert known(register.current_snapshot(now=NOON)) == {"First", "Second"}


def test_two_at_once_make_one() -> None:
    add("Quillfeather")

    def ask() -> Path:
        with closing(connections["default"]):
            return register.current_snapshot(now=NOON)

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.submit(ask), threads.submit(ask)
        assert one.result(20) == other.result(20)
    assert [each.name for each in one.result().parent.glob("*.duckdb")] == ["1.duckdb"]


def test_rows_that_vanished_are_noticed() -> None:
    add("Stays", "Vanishes")
    register.current_snapshot(now=NOON)
    Person.objects.get(person_id="Vanishes").delete()
    assert known(register.current_snapshot(now=NOON)) == {"Stays"}


def test_new_code_for_names_and_dates_makes_a_new_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    add("Quillfeather")
    first = register.current_snapshot(now=NOON)
    monkeypatch.setattr(register, "_forms", lambda: "of tomorrow")
    assert register.current_snapshot(now=NOON) != first


def test_replaced_versions_go_after_an_hour_and_half_made_ones_at_once() -> None:
    add("One")
    first = register.current_snapshot(now=NOON)
    (first.parent / "making-killed").mkdir()
    add("Two")
    second = register.current_snapshot(now=NOON)
    assert first.exists() and not (first.parent / "making-killed").exists()
    assert register.current_snapshot(now=NOON + timedelta(hours=2)) == second
    assert sorted(each.name for each in first.parent.iterdir()) == ["2.duckdb", "2.json", "lock"]


def test_it_is_kept_for_this_database_alone() -> None:
    add("Quillfeather")
    made = register.current_snapshot(now=NOON)
    with connection.cursor() as ask:
        ask.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        assert made.parent.name.endswith(f"-{ask.fetchone()[0]}")
    assert made.is_relative_to(settings.NEXUS_DATA_DIR / "register")
    assert not list(made.parent.glob("**/*.csv"))

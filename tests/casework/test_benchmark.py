"""`manage.py bench desk` and `bench api`: what they load keeps the tables' checks, and what costs too much is said."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from casework.management.benchmark import api
from casework.management.benchmark.desk import table
from casework.management.benchmark.growth import growth, keep
from casework.management.benchmark.loading import fill, load
from casework.management.benchmark.measuring import Line
from casework.management.benchmark.pages import FLOOR, Page, pages
from casework.management.benchmark.polling import a_day
from nexus.accounts.models import Force, Team, User
from nexus.accounts.roles import Role
from tests.builders import a_submitted, a_user
from tests.databases import superuser


@dataclass
class Loaded:
    """What was loaded, and the tables' indexes as they were before."""

    cursor: Any
    indexes: list[Any]


def indexes(cursor: Any) -> list[Any]:
    """Each in its own words: PostgreSQL writes the casts of a list in another place once it is made anew."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
    return sorted(
        re.sub(r"::(text|character varying)(\[\])?|[()]", "", words) for (words,) in cursor.fetchall()
    )


@pytest.fixture
def loaded(django_db_setup: None) -> Iterator[Loaded]:
    """300 referrals, 60 of them undecided, in a transaction that comes to nothing."""
    with closing(superuser(settings.DATABASES["default"]["NAME"])) as connection:
        connection.autocommit = False
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
            before = indexes(cursor)
            code = "lpad(g::text, 2, '0')"
            fill(cursor, Force, "generate_series(20, 22) g", code=code, name=code, ons_code=code)
            teams = "unnest(ARRAY['referrals_office', 'nexus_high_harm']) t"
            fill(cursor, Team, teams, code="t", name="t")
            load(cursor, referrals=300, undecided=60)
            yield Loaded(cursor, before)
        connection.rollback()


def test_the_newest_are_undecided_and_everything_hangs_together(loaded: Loaded) -> None:
    loaded.cursor.execute(
        "SELECT count(*), count(*) FILTER (WHERE state IN ('submitted', 'in_triage', 'information_requested'))"
        " FROM referrals_referral"
    )
    assert loaded.cursor.fetchone() == (300, 60)
    loaded.cursor.execute(
        "SELECT count(*) FROM referrals_referral r LEFT JOIN referrals_triagedecision d ON d.referral_id = r.id"
        " WHERE (r.state IN ('accepted', 'not_accepted', 'redirected')) <> (d.id IS NOT NULL)"
    )
    assert loaded.cursor.fetchone() == (0,)
    loaded.cursor.execute(
        "SELECT count(*) FROM referrals_referral r JOIN accounts_user u ON u.id = r.created_by_id WHERE u.force_id <> r.force_id"
    )
    assert loaded.cursor.fetchone() == (0,)


def test_loading_leaves_every_index_as_it_was(loaded: Loaded) -> None:
    before = loaded.indexes
    assert indexes(loaded.cursor) == before != []


def test_a_column_that_is_not_there_is_said(loaded: Loaded) -> None:
    with pytest.raises(ValueError, match="accounts_team has no"):
        fill(loaded.cursor, Team, "generate_series(1, 1)", colour="'blue'")


@pytest.mark.parametrize(
    ("times", "sql", "verdict"), [(2.4, 8, "met"), (2.6, 8, "missed"), (2.4, 9, "missed")]
)
def test_what_costs_too_much_is_missed(times: float, sql: int, verdict: str) -> None:
    page = Page("queue", "officer", lambda: "/", most_sql=8)
    line = Line(page, ms=9.0, processor=8.0, sql=sql, bytes=2048, times=times)
    assert bool(line.faults) == (verdict == "missed")
    assert verdict in table([line])


def test_growth_from_the_fewest_referrals_is_printed_for_each_page(tmp_path: Path) -> None:
    queue = Page("queue", "officer", lambda: "/")
    few, many = (Line(queue, ms=9.0, processor=8.0, sql=8, bytes=2048, times=times) for times in (2.0, 2.5))
    assert growth(tmp_path, [few], referrals=10_000) == (0, {})
    for number, line in ((10_000, few), (100_000, many)):
        keep(tmp_path, [line], referrals=number)
    new = Line(Page("new", "officer", lambda: "/"), ms=9.0, processor=8.0, sql=8, bytes=2048, times=1.0)
    fewest, grown = growth(tmp_path, [many, new], referrals=1_000_000)
    assert (fewest, grown) == (10_000, {"queue": 1.25})
    printed = table([many, new], fewest=fewest, grown=grown).splitlines()
    assert "Growth from 10,000" in printed[0] and "| 1.25 | met |" in printed[2]
    assert {row.count("|") for row in printed} == {10}


@pytest.mark.django_db
def test_every_page_is_measured_beside_a_floor_that_is_measured() -> None:
    found = list(pages())
    titles = [page.title for page in found]
    assert titles[0] == FLOOR and len(titles) == len(set(titles))
    assert {page.floor for page in found} <= set(titles)


def three_sent() -> tuple[list[User], User]:
    """Two officers of a force that has sent three referrals, and one at the Referrals Office."""
    officers = [a_user(Role.POLICE_OFFICER), a_user(Role.POLICE_OFFICER)]
    for _ in range(3):
        a_submitted(by=officers[0])
    return officers, a_user(Role.REFERRALS_OFFICER)


@pytest.mark.django_db
def test_a_quiet_round_is_one_call_and_one_entry_by_the_feed_and_one_a_referral_without() -> None:
    officers, office = three_sent()
    feed, everything = a_day(officers, office, rounds=4, changes=2)
    assert (feed.quiet.calls, feed.quiet.entries, feed.quiet.viewed) == (1, 1, 0)
    assert (everything.quiet.calls, everything.quiet.entries, everything.quiet.viewed) == (4, 4, 3)
    assert (feed.day.calls, feed.day.viewed) == (4 + 2, 2)  # a round is a call; each change is read
    assert (everything.day.calls, everything.day.entries, everything.day.viewed) == (16, 16, 12)
    assert 0 < feed.day.bytes < everything.day.bytes
    assert not api.missed(feed) and "| 1 | 1 |" in api.table([feed, everything]).splitlines()[2]


@pytest.mark.django_db
def test_a_feed_that_is_read_a_referral_at_a_time_misses_what_is_wanted() -> None:
    officers, office = three_sent()
    _, everything = a_day(officers, office, rounds=1, changes=0)
    assert api.missed(everything)


def test_the_command_has_every_bench(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("api", "datawash", "desk"):
        with pytest.raises(SystemExit) as left:
            call_command("bench", name, "--help")
        assert left.value.code == 0
    assert "--undecided" in capsys.readouterr().out

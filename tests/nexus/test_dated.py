"""What is written once is dated by the clock: as the runtime role, every such table is tried."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction

from nexus.dated import times_of_writing
from nexus.fsm import StateChange
from nexus.privileges import our_tables
from tests import databases
from tests.figures import Figure

DATED = [(model, column) for model in our_tables() for column in times_of_writing(model)]
GUARD = "is the time of writing: it is not dated back or ahead"
OTHER_TIMES = ("- interval '2 days'", "- interval '10 years'", "+ interval '2 days'")


@pytest.fixture
def no_stories(django_db_blocker: object) -> Iterator[None]:
    """As in the product."""
    name = connection.settings_dict["NAME"]
    databases.tell_stories(name, told=False)
    yield
    databases.tell_stories(name)


def said_of(model: type[models.Model], column: str, shift: str) -> str:
    """What PostgreSQL says to a row of which only the time is given; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as ask:
            ask.execute(
                f'INSERT INTO "{model._meta.db_table}" ("{column}") VALUES (clock_timestamp() {shift})'  # noqa: S608
            )
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error)
    return ""


def let_through(shifts: tuple[str, ...]) -> list[str]:
    """The tables and columns whose guard says nothing to one of these times."""
    return [
        f"{model._meta.label}.{column} {shift}"
        for model, column in DATED
        for shift in shifts
        if GUARD not in said_of(model, column, shift)
    ]


def test_every_change_of_a_state_and_every_decision_is_among_them() -> None:
    tables = {model for model, _ in DATED}
    assert {model for model in our_tables() if issubclass(model, StateChange)} <= tables
    labels = {model._meta.label for model in tables}
    assert labels >= {"referrals.TriageDecision", "material.Approval", "engagement.Authorisation"}


@pytest.mark.django_db
def test_nothing_written_once_is_dated_back_or_ahead(no_stories: None, figure: Figure) -> None:
    through = let_through(OTHER_TIMES)
    tried = len(DATED) * len(OTHER_TIMES)
    figure(18, f"{tried} rows dated back or ahead, {len(through)} let through", holds=not through)
    assert len(let_through(("",))) == len(DATED)  # the time of writing itself passes


@pytest.mark.django_db
def test_where_the_past_is_told_the_walk_finds_that_nothing_is_compared() -> None:
    assert len(let_through(OTHER_TIMES[:1])) == len(DATED)

"""Cases decided before decisions were kept: their migration over real rows, there and back.

Their whole way through every schema takes minutes, so here the rows alone are put back and migrated again, in a
database of their own."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from casework.decisions import actions
from casework.decisions.models import Decision
from casework.models import Case
from nexus.embedded import postgres
from tests import databases
from tests.builders import NOON, SERVICE, a_case_in

pytestmark = pytest.mark.xdist_group("migrations")
LATER = NOON + timedelta(days=4)
BEFORE = [("decisions", "0001_initial"), ("casework", "0003_the_decision_moves_the_case")]
keeping = import_module("casework.decisions.migrations.0002_decisions_made_before")
way_back = import_module("casework.decisions.migrations.0005_drafts_go_back")
STATES = ("assigned", "drafted", "reviewed", "decided", "served", "challenged", "outcome")


@pytest.fixture
def database(django_db_setup: Any, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """The default connection, to a database of its own and as the tables' owner: only they may migrate."""
    default = connections["default"]
    with (
        databases.own_database("migrations") as name,
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
    ):
        default.close()
        patch.setitem(default.settings_dict, "NAME", name)
        patch.setitem(default.settings_dict, "USER", postgres.OWNER)
        yield default
        default.close()


def as_before(database: BaseDatabaseWrapper) -> None:
    """Undo what keeping decisions has changed of the rows: the tables empty, the states of then."""
    with database.cursor() as cursor:
        cursor.execute("TRUNCATE decisions_decision CASCADE")
        cursor.execute(way_back.BACK_TO_EVIDENCE)


def migrate_what_was_decided(database: BaseDatabaseWrapper) -> None:
    """The step itself, with the models of its day. Every column that came later may be empty."""
    then = MigrationLoader(database).project_state(BEFORE).apps
    keeping.keep(then, None)


def test_a_case_decided_before_gets_a_decision_and_goes_on(database: BaseDatabaseWrapper) -> None:
    cases = {state: a_case_in(state) for state in STATES}
    as_before(database)
    migrate_what_was_decided(database)

    found = {state: Case.objects.get(pk=case.pk) for state, case in cases.items()}
    states = {before: case.state for before, case in found.items()}
    assert states == {state: state for state in STATES} | {"drafted": "evidence", "reviewed": "evidence"}
    kept = {decision.case_id: decision for decision in Decision.objects.all()}
    assert set(kept) == {found[state].pk for state in ("decided", "served", "challenged")}
    assert {decision.checklist for decision in kept.values()} == {"before"}
    assert all(decision.decided_by_id == decision.case.case_owner_id for decision in kept.values())

    one: dict[str, Any] = {"now": LATER, "told": "It went on."}
    decided = kept[found["decided"].pk]
    service = {**SERVICE, **one, "on": LATER.date(), "by": decided.decided_by}
    assert actions.serve(decision_id=decided.pk, **service).state == "served"
    served = kept[found["served"].pk]
    afresh = actions.reconsider(decision_id=served.pk, by=served.decided_by, reasons="New facts.", **one)
    assert afresh.case.state == "evidence"
    (challenge,) = kept[found["challenged"].pk].challenges.all()
    ended = {"outcome": "dismissed", "outcome_on": LATER.date(), "reasons": "No error of law."}
    actions.conclude(challenge_id=challenge.pk, by=challenge.lodged_by, **ended, **one)
    assert Case.objects.get(pk=found["challenged"].pk).state == "served"

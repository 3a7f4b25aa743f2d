"""Every action locks by one class, and a row always after the one it belongs to."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, PermissionDenied
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.test.utils import CaptureQueriesContext

from casework.actions.steps import lock as lock_case
from casework.decisions.actions.steps import lock as lock_decision
from casework.decisions.actions.steps import lock_challenge, lock_claim
from casework.engagement.actions.steps import lock as lock_engagement
from casework.material.actions.steps import lock as lock_material
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.steps import Lock
from referrals.actions.second_reading import lock_proposal
from tests.builders import (
    NOON,
    a_challenge,
    a_claim,
    a_draft_decision,
    a_force,
    a_proposal,
    a_user,
    an_assigned_case,
)
from tests.casework.engagement.builders import a_draft as an_operation
from tests.casework.material.builders import reviewed

CHECKOUT = Path(__file__).resolve().parents[2]
Made = tuple[Lock[Any], Model, User]


def a_locked_proposal() -> Made:
    return lock_proposal, a_proposal(), a_user(Role.REFERRALS_OFFICER)


def a_locked_material() -> Made:
    return lock_material, reviewed(), a_user(Role.CASE_OWNER)


def a_locked_operation() -> Made:
    return lock_engagement, an_operation(), a_user(Role.CASE_OWNER)


def a_locked_decision() -> Made:
    return lock_decision, a_draft_decision(an_assigned_case()), a_user(Role.CASE_OWNER)


def a_locked_claim() -> Made:
    return lock_claim, a_claim(an_assigned_case(), now=NOON), a_user(Role.CASE_OWNER)


def a_locked_challenge() -> Made:
    return lock_challenge, a_challenge(an_assigned_case()), a_user(Role.CASE_OWNER)


ORDER: list[tuple[Callable[[], Made], list[str]]] = [
    (a_locked_proposal, ["referrals_referral", "referrals_proposal"]),
    (a_locked_material, ["casework_case", "material_material"]),
    (a_locked_operation, ["casework_case", "engagement_engagement"]),
    (a_locked_decision, ["casework_case", "decisions_decision"]),
    (a_locked_claim, ["casework_case", "decisions_claim"]),
    (a_locked_challenge, ["casework_case", "decisions_decision", "decisions_challenge"]),
]


def tables_locked(lock: Lock[Any], row: Model, by: User) -> list[str]:
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        lock(row.pk, by=by, verb="view")
    locks = [query["sql"].split("FOR UPDATE OF ")[1] for query in queries if "FOR UPDATE OF " in query["sql"]]
    return [table.strip('"') for table in locks]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "order"), ORDER)
def test_a_row_is_locked_after_the_one_it_belongs_to(
    make: Callable[[], Made], order: list[str], settings: Any
) -> None:
    settings.NEXUS_SECOND_READING = ["refusals"]
    lock, row, by = make()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        locked = lock(row.pk, by=by, verb="view" if "view" in lock.who_may else "agree")
    found = [query["sql"].split("FOR UPDATE OF ")[1] for query in queries if "FOR UPDATE OF " in query["sql"]]
    assert [table.strip('"') for table in found] == order
    assert locked == row
    with CaptureQueriesContext(connection) as queries:
        assert getattr(locked, settings.NEXUS_LOCKED_AFTER[lock.model._meta.label]).pk
    assert not queries.captured_queries, "the owner is the row that was locked, not another copy"


@pytest.mark.django_db
def test_without_the_table_the_order_is_lost(settings: Any) -> None:
    lock, row, by = a_locked_material()
    settings.NEXUS_LOCKED_AFTER = {}
    assert tables_locked(lock, row, by) == ["material_material"]


def test_every_row_of_the_table_is_a_model_with_that_foreign_key_and_is_proved_above() -> None:
    """Also no circle: who is locked first is never locked after the other."""
    for label in settings.NEXUS_LOCKED_AFTER:
        seen: list[type[Model]] = []
        model = apps.get_model(label)
        name = settings.NEXUS_LOCKED_AFTER.get(label)
        while name:
            field = model._meta.get_field(name)
            assert isinstance(field, ForeignKey) and not field.null, label
            seen.append(model)
            model = field.related_model
            assert model not in seen
            name = settings.NEXUS_LOCKED_AFTER.get(model._meta.label)
    proved = {order[-1] for _, order in ORDER}
    assert proved == {apps.get_model(label)._meta.db_table for label in settings.NEXUS_LOCKED_AFTER}


def test_a_part_of_a_case_is_locked_after_the_case() -> None:
    """A model of Liverpool's that a case has, and that a person's action locks, is in the table."""
    for lock in every_lock():
        try:
            field = lock.model._meta.get_field("case")
        except FieldDoesNotExist:
            continue
        if isinstance(field, ForeignKey):
            assert settings.NEXUS_LOCKED_AFTER.get(lock.model._meta.label) == "case", lock.model


def every_lock() -> list[Lock[Any]]:
    modules = [
        __import__(".".join(path.relative_to(CHECKOUT).with_suffix("").parts), fromlist=["_"])
        for app in ("nexus", "referrals", "casework")
        for path in (CHECKOUT / app).rglob("actions/*.py")
    ]
    return [found for module in modules for found in vars(module).values() if isinstance(found, Lock)]


def test_nothing_else_locks_by_hand_what_a_person_acts_on() -> None:
    """`visible_to(…).select_for_update(…)` outside nexus/steps.py would be a second way."""
    by_hand = {"referrals/desk/actions/many.py"}  # asks what changed first; each deed then locks for itself
    by_hand |= {"referrals/datawash/actions/refer.py"}
    found = set()
    for app in ("nexus", "referrals", "casework"):
        for path in (CHECKOUT / app).rglob("actions/*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                text = ast.unparse(node) if isinstance(node, ast.Call) else ""
                if ".visible_to(" in text and ".select_for_update(" in text:
                    found.add(str(path.relative_to(CHECKOUT)))
                if isinstance(node, ast.FunctionDef):
                    assert node.name != "lock" or "keying" in path.parts, (
                        path
                    )  # its rows are a database view's
    assert found == by_hand


@pytest.mark.django_db
def test_what_is_not_seen_is_not_found_and_what_is_not_permitted_is_refused() -> None:
    case = an_assigned_case()
    with transaction.atomic():
        with pytest.raises(ObjectDoesNotExist):
            lock_case(case.pk, by=a_user(Role.POLICE_OFFICER, force=a_force()), verb="assign")
        with pytest.raises(PermissionDenied):
            lock_case(case.pk, by=a_user(Role.CASE_OWNER), verb="assign")
        assert lock_case(case.pk, by=a_user(Role.MANAGER), verb="assign") == case

"""A guard cannot be switched off by what it guards against: everything is tried as the runtime role."""

import re

import pgtrigger
import pytest
from django.db import connection
from pgtrigger.compiler import UpsertTriggerSql

from casework.material.models import Version
from nexus.audit.models import AuditEvent
from nexus.fsm import StateChange, StateModel
from nexus.privileges import our_tables, privileges_of
from nexus.retention import erasing
from tests import databases
from tests.access.world import World
from tests.figures import Figure
from tests.privileges import (
    OF_THE_SERVER,
    REFUSED,
    Tally,
    changes,
    guards_of,
    outcome,
    protected,
    refused_by_privilege,
    settings_for,
    ways_out,
)

# History, versions, approvals, authorisations, notes, changes: what a model's name says it is.
KINDS = re.compile(
    r"(Change|Version|Approval|Authorisation|Note|Message|Submission|Letter|Decision|Judgement|Review|Check|Checked)$"
)


@pytest.mark.django_db
def test_web_worker_and_tests_are_the_runtime_role() -> None:
    """And so is the one role it may become for a transaction, from which it gets nothing without becoming it."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
            " (SELECT coalesce(array_agg(roleid::regrole::text), '{}') FROM pg_auth_members"
            "  WHERE member = r.oid AND NOT inherit_option AND NOT admin_option),"
            " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid AND (inherit_option OR admin_option)),"
            " (SELECT count(*) FROM pg_class WHERE relowner = r.oid),"
            " (SELECT count(*) FROM pg_proc WHERE proowner = r.oid)"
            " FROM pg_roles r WHERE rolname IN (session_user, 'nexus_office')"
        )
        found = {name: rest for name, *rest in ask.fetchall()}
    nothing = [False] * 5
    assert found == {
        "nexus_app": [*nothing, ["nexus_office"], 0, 0, 0],
        "nexus_office": [*nothing, [], 0, 0, 0],
    }


def test_every_model_of_record_says_that_nobody_rewrites_it() -> None:
    """By what a model is called, what it descends from and what its guards protect; never by a list."""
    silent = [
        model._meta.label
        for model in our_tables()
        if (KINDS.search(model.__name__) or issubclass(model, StateChange | AuditEvent))
        and not issubclass(model, StateModel)  # it moves, and its guards say where
        and privileges_of(model).changes is None
    ]
    assert silent == []
    for model, trigger in pgtrigger.registered():
        if type(trigger) is pgtrigger.Protect and not trigger.condition:
            said = (trigger.operation and str(trigger.operation)) or ""
            assert "DELETE" not in said or not privileges_of(model).deletes, (model, trigger)
            assert "UPDATE" not in said or privileges_of(model).changes in ((), ("id",)), (
                model,
                trigger,
            )
    assert all(not privileges_of(model).deletes for model in our_tables() if issubclass(model, StateModel))


@pytest.mark.django_db
def test_every_guard_belongs_to_the_owner_and_looks_at_no_setting() -> None:
    guards = {guard for model in our_tables() for guard in guards_of(model)}
    with connection.cursor() as ask:
        ask.execute(
            "SELECT proname, pg_get_userbyid(proowner), array_to_string(proconfig, ' '), prosrc, prosecdef"
            " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ~ 'pgtrigger_'"
        )
        found = {name: rest for name, *rest in ask.fetchall()}
    assert guards and guards <= found.keys()
    for name, (owner, settings, source, definer) in found.items():
        assert owner == "nexus_owner" and not definer, name
        assert "current_setting" not in source.lower() or name == "_pgtrigger_should_ignore", name
        assert name not in guards or settings == "search_path=pg_catalog, public, pg_temp", name


@pytest.mark.django_db
def test_what_is_written_once_is_refused_by_privilege() -> None:
    tally = everything_by_privilege()
    assert tally.succeeded == [] and tally.broken == []


def everything_by_privilege() -> Tally:
    tally = Tally()
    for model in protected():
        for statement in refused_by_privilege(model):
            tally.expect_refusal(statement)
            if guards_of(model):
                tally.expect_refusal(statement, before=settings_for(model)[:3])
    return tally


def everything_to_switch_guards_off() -> Tally:
    tally = Tally()
    for statement in OF_THE_SERVER:
        tally.expect_refusal(statement)
    for model in protected():
        for statement in ways_out(model):
            tally.expect_refusal(statement)
    return tally


def every_guarded_change(settings: slice, models: slice = slice(None)) -> Tally:
    """Each change of a row that is refused is tried again after each setting, and is refused again."""
    tally = Tally()
    for model in [each for each in protected() if guards_of(each)][models]:
        for statement in changes(model):
            if outcome(statement) in REFUSED:
                for setting in settings_for(model)[settings]:
                    tally.expect_refusal(statement, before=[setting])
    return tally


def test_a_guard_cannot_be_switched_off_by_what_it_guards_against(
    world: World, figure: Figure, full_size: bool
) -> None:
    """In an ordinary run the guards are tried with the setting of their library only."""
    settings = slice(None) if full_size else slice(2)
    tallies = [
        everything_by_privilege(),
        everything_to_switch_guards_off(),
        every_guarded_change(settings),
    ]
    tried, succeeded = sum(t.tried for t in tallies), [each for t in tallies for each in t.succeeded]
    assert [each for tally in tallies for each in tally.broken] == []
    assert all(tally.tried > 200 for tally in tallies)
    words = (
        f"{tried:,} ways tried as the runtime role on {len(protected())} tables, {len(succeeded)} succeeded"
    )
    figure(18, words, holds=not succeeded)


def test_with_guards_that_obey_a_setting_the_walk_finds_them(world: World) -> None:
    """Sabotage: django-pgtrigger's own function is put back."""
    template = UpsertTriggerSql(
        pgid="x", func="", table="x", when="BEFORE", operation="UPDATE"
    ).get_template()
    its_own = template[: template.index("LANGUAGE plpgsql;")] + "LANGUAGE plpgsql"
    obeys = its_own.replace("{ignore_func_name}", "public._pgtrigger_should_ignore")
    with databases.as_owner(obeys, erasing.GUARDS_LET_THROUGH):
        assert every_guarded_change(slice(1), slice(20, 40)).succeeded


@pytest.mark.django_db
def test_with_the_privilege_granted_the_walk_finds_it() -> None:
    """Sabotage: somebody grants what the migration took away. The trigger still holds; the promise does not."""
    table = Version._meta.db_table
    roles = "nexus_app, nexus_office"
    with databases.as_owner(
        f"GRANT UPDATE, DELETE ON {table} TO {roles}", f"REVOKE UPDATE, DELETE ON {table} FROM {roles}"
    ):
        assert len(everything_by_privilege().succeeded) >= 5

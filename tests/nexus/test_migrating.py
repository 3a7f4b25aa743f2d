"""Migrating builds a model anew when its shape has changed, and not for what the database holds it to."""

from django.core.management.commands import migrate
from django.db import models
from django.db.migrations.state import ModelState, StateApps

from nexus.management.commands import migrate as command
from nexus.migrating import Executor, State


def a_state() -> State:
    """With one model, built."""
    state = State()
    assert isinstance(state.apps, StateApps)  # asking builds it
    state.add_model(
        ModelState(
            "house",
            "Room",
            [("id", models.BigAutoField(primary_key=True)), ("doors", models.IntegerField())],
            {"constraints": [], "indexes": []},
        )
    )
    return state


def test_a_constraint_is_written_into_the_model_that_is_there() -> None:
    state = a_state()
    before = state.apps.get_model("house", "room")
    check = models.CheckConstraint(condition=models.Q(doors__gte=1), name="a_room_has_a_door")
    state.add_constraint("house", "room", check)
    assert state.apps.get_model("house", "room") is before
    assert before._meta.constraints == [check]
    state.remove_constraint("house", "room", "a_room_has_a_door")
    assert before._meta.constraints == []


def test_a_field_builds_the_model_anew() -> None:
    state = a_state()
    before = state.apps.get_model("house", "room")
    state.add_field("house", "room", "windows", models.IntegerField(), False)
    after = state.apps.get_model("house", "room")
    assert after is not before
    assert [field.name for field in after._meta.fields] == ["id", "doors", "windows"]
    state.alter_field("house", "room", "windows", models.TextField(), False)
    assert state.apps.get_model("house", "room")._meta.get_field("windows").get_internal_type() == "TextField"


def test_the_command_migrates_with_it() -> None:
    assert issubclass(command.Command, migrate.Command)
    assert migrate.MigrationExecutor is Executor

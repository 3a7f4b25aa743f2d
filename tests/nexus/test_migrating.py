"""First migrations make an app's tables in one step, and hold what is written by hand beside the models."""

from importlib import import_module

import pytest
from django.apps import AppConfig
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from nexus.management.commands.remake_migrations import by_hand, our_apps
from nexus.migrating import Together


def rooms() -> Together:
    """Two tables that name each other, so neither could be made complete before the other."""
    key = models.BigAutoField(primary_key=True)
    door = models.ForeignKey("house.Door", models.CASCADE, related_name="+")
    room = models.ForeignKey("house.Room", models.CASCADE, null=True, related_name="+")
    many = models.CheckConstraint(condition=models.Q(windows__gte=1), name="a_room_has_a_window")
    fields = [("id", key), ("windows", models.IntegerField()), ("door", door)]
    return Together(
        [
            migrations.CreateModel("Room", fields, {"constraints": [many]}),
            migrations.CreateModel("Door", [("id", key.clone()), ("room", room)]),
        ]
    )


@pytest.mark.django_db
def test_tables_that_name_each_other_are_made_together_and_removed_again() -> None:
    together, before, after = rooms(), ProjectState(), ProjectState()
    assert before.apps is not None  # asking builds it
    together.state_forwards("house", after)
    with connection.schema_editor(collect_sql=True) as editor:
        together.database_forwards("house", editor, before, after)
    made = "\n".join(editor.collected_sql)
    assert made.index('CREATE TABLE "house_door"') < made.index("FOREIGN KEY")
    assert "a_room_has_a_window" in made and made.count("FOREIGN KEY") == 2
    with connection.schema_editor(collect_sql=True) as editor:
        together.database_backwards("house", editor, after, before)
    assert [line.split()[2] for line in editor.collected_sql if "DROP TABLE" in line] == [
        '"house_door"',
        '"house_room"',
    ]


def test_models_are_built_once_afterwards() -> None:
    state = ProjectState()
    assert state.apps is not None
    rooms().state_forwards("house", state)
    assert "apps" not in state.__dict__
    assert state.apps.get_model("house", "room")._meta.constraints


@pytest.mark.parametrize("app", [app for app in our_apps() if by_hand(app)], ids=lambda app: app.label)
def test_what_is_written_by_hand_stands_in_a_migration(app: AppConfig) -> None:
    """Whoever changes `sql.py` writes a migration, or remakes them."""
    loaded = MigrationLoader(None).disk_migrations.items()
    held = [said(each) for (label, _), one in loaded if label == app.label for each in one.operations]
    assert all(said(operation) in held for operation in by_hand(app))


def test_every_sql_module_is_found() -> None:
    found = {app.name for app in our_apps() if by_hand(app)}
    assert found == {
        "casework",
        "casework.keying",
        "casework.reports",
        "nexus.audit",
        "nexus.changes",
        "referrals",
        "referrals.duplicates",
    }
    assert all(import_module(f"{name}.sql").OPERATIONS for name in found)


def said(operation: Operation) -> object:
    """What can be compared of an operation."""
    return operation.deconstruct()

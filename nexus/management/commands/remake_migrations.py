"""`manage.py remake_migrations`: one first migration an app, made anew from the models and each app's `sql.py`.

Only while no installation has to be kept: whoever has data puts it aside afterwards (`up --reset`).
"""

from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.management.base import CommandError
from django.core.management.commands import makemigrations
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState
from django.utils.module_loading import module_has_submodule
from pgtrigger.migrations import AddTrigger

from nexus.migrating import Together

# What makemigrations would ask for.
OPTIONS = {
    "dry_run": False, "merge": False, "empty": False, "interactive": False, "name": None, "include_header": False,
    "check_changes": False, "scriptable": False, "update": False,
}  # fmt: skip


class Command(makemigrations.Command):
    """Removes every migration and writes one an app: its tables, its triggers, its hand-written SQL."""

    help = "Replaces all migrations by one first migration an app. Never once anything is deployed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None of makemigrations' own."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Django works out the order of the apps and of their tables from the models alone."""
        for app in our_apps():
            for migration in Path(app.path).glob("migrations/0*.py"):
                migration.unlink()
        super().handle(*(app.label for app in our_apps() if app.models_module), **options, **OPTIONS)

    def write_migration_files(
        self, changes: dict[str, list[Any]], update_previous_migration_paths: Any = None
    ) -> None:
        """Called with what Django worked out: an app's label and its migrations."""
        for label, made in changes.items():
            if len(made) > 1:
                raise CommandError(
                    f"{label} needs {len(made)} migrations: it and another app refer to each other."
                )
            app = apps.get_app_config(label)
            made[0].operations = in_one_step(app, made[0].operations)
            made[0].dependencies = sorted({*made[0].dependencies, *more_dependencies(app)})
        super().write_migration_files(changes, update_previous_migration_paths)


def our_apps() -> list[AppConfig]:
    """The apps whose code is this project's."""
    return [
        app for app in apps.get_app_configs() if app.name.split(".")[0] in {"nexus", "referrals", "casework"}
    ]


def in_one_step(app: AppConfig, operations: list[Operation]) -> list[Operation]:
    """Django's operations with each table complete from the start, and what is written by hand after them."""
    tables = [complete(app, made.name) for made in operations if isinstance(made, CreateModel)]
    triggers = [added for added in operations if isinstance(added, AddTrigger)]
    return [Together([*tables, *triggers]), *by_hand(app)]


def complete(app: AppConfig, name: str) -> CreateModel:
    """The table of one model with every field, constraint and index."""
    model = ModelState.from_model(app.get_model(name))
    options = {key: value for key, value in model.options.items() if value != [] and key != "triggers"}
    return CreateModel(model.name, list(model.fields.items()), options, model.bases, model.managers)


def by_hand(app: AppConfig) -> list[Operation]:
    """What the app's `sql.py` adds to its tables, or nothing."""
    return list(import_module(f"{app.name}.sql").OPERATIONS) if has_sql(app) else []


def more_dependencies(app: AppConfig) -> list[tuple[str, str]]:
    """The migrations whose tables the app's `sql.py` speaks of and no field of its models refers to."""
    return list(getattr(import_module(f"{app.name}.sql"), "DEPENDENCIES", [])) if has_sql(app) else []


def has_sql(app: AppConfig) -> bool:
    return module_has_submodule(app.module, "sql")

"""Migrating without building forty models anew for each constraint, index and trigger.

After each step Django builds the model that changed again, together with all that stand beside it: here some forty,
because nearly all of them name a user. Most steps change no field of any model, only what the database holds it to.
Those are written into the model that is there, and a first start takes about half as long.
"""

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

HELD_TO = ("constraints", "indexes", "triggers")


class State(ProjectState):
    """Django's picture of the models while it migrates. Builds a model anew when its shape has changed."""

    def __init__(self, models: Any = None, real_apps: Any = None) -> None:
        super().__init__(models, real_apps)
        self.shapes: dict[tuple[str, str], object] = {}

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Called by every step that changes a model, after it has."""
        if "apps" not in self.__dict__:  # nothing is built yet; asking for it would build it
            return
        model = self.models[app_label, model_name]
        before, now = self.shapes.get((app_label, model_name)), shape(model)
        if before == now:
            built = self.apps.get_model(app_label, model_name)
            for name in HELD_TO:
                setattr(built._meta, name, list(model.options.get(name, [])))
        else:
            super().reload_model(app_label, model_name, delay)
            self.shapes[app_label, model_name] = now


def shape(model: ModelState) -> object:
    """What a model is built from, without what the database holds it to. Fields are replaced, never changed."""
    options = {name: value for name, value in model.options.items() if name not in HELD_TO}
    return tuple(model.fields.items()), tuple(model.bases), tuple(model.managers), options


class Executor(MigrationExecutor):
    """Django's own, with that picture."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        made = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # the stubs lack it
        return State(made.models, made.real_apps)

"""Making all tables of an app in one step.

After each operation Django builds the models that changed again, together with all that stand beside them: here
nearly all, because nearly all of them name a user. A first migration of a hundred operations took minutes; as one
operation it takes a second.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several operations, of which each finds the models as all of them leave them.

    That suits tables made complete, with their constraints and indexes, and what is then added to them by SQL.
    Fields added one by one belong outside. `manage.py remake_migrations` writes it.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Builds no model: forgets those that are built, so that they are built once, afterwards."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Foreign keys wait until all tables are there: the editor defers them."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line for all."""
        return f"{len(self.operations)} operations together"

    @property
    def migration_name_fragment(self) -> str:
        """As Django names a first migration."""
        return "initial"

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether any of them does."""
        return any(operation.references_model(name, app_label) for operation in self.operations)

"""What belongs to one record: which tables, joined by which keys, with which files. Read from the declarations."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from nexus.retention.declared import declarations, tables


@dataclass(frozen=True)
class Tie:
    """The rows of `table` whose `field` names a row of `owner` belong to that row."""

    table: type[Model]
    field: str
    owner: type[Model]

    @property
    def column(self) -> str:
        return str(self.table._meta.get_field(self.field).column)  # type: ignore[union-attr]


@cache
def ties() -> tuple[Tie, ...]:
    """Every key through which a row belongs to another, in the order of the declarations."""
    return tuple(Tie(model, name, target(model, name)) for model in told() for name in declared_owners(model))


@cache
def file_ties() -> tuple[Tie, ...]:
    """Every key by which a row has a file that goes with it."""
    return tuple(
        Tie(model, name, target(model, name))
        for model in told()
        for name in declarations()[model._meta.label].belongings
    )


def told() -> list[type[Model]]:
    """The tables of which something is declared; a test holds that these are all."""
    return [model for model in tables() if model._meta.label in declarations()]


def declared_owners(model: type[Model]) -> tuple[str, ...]:
    return declarations()[model._meta.label].owners


def target(model: type[Model], name: str) -> type[Model]:
    related: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return related


@dataclass(frozen=True)
class Belongings:
    """The rows that belong to one record, by their model, and its files."""

    rows: dict[type[Model], set[Any]]
    files: set[Any]

    def counts(self) -> dict[str, int]:
        """How many of each table, by its label."""
        return {model._meta.label: len(keys) for model, keys in self.rows.items()}

    def of(self, label: str) -> set[Any]:
        """The keys of one table's rows."""
        return self.rows.get(apps.get_model(label), set())


def belongings_of(label: str, key: Any) -> Belongings:
    """Everything that belongs to the row of this model and key, itself included."""
    rows: dict[type[Model], set[Any]] = defaultdict(set)
    rows[apps.get_model(label)].add(key)
    while new := dict(_one_step(rows)):
        for model, keys in new.items():
            rows[model] |= keys
    files = {
        found
        for tie in file_ties()
        if rows.get(tie.table)
        for found in _keys(tie.table, f"{tie.field}_id", pk__in=rows[tie.table])
        if found
    }
    return Belongings(dict(rows), files)


def _one_step(rows: dict[type[Model], set[Any]]) -> Iterator[tuple[type[Model], set[Any]]]:
    """What belongs to what is found so far and is not among it."""
    found: dict[type[Model], set[Any]] = defaultdict(set)
    for tie in ties():
        if rows.get(tie.owner):
            found[tie.table] |= _keys(tie.table, "pk", **{f"{tie.field}__in": rows[tie.owner]})
    return (
        (model, keys - rows.get(model, set()))
        for model, keys in found.items()
        if keys - rows.get(model, set())
    )


def _keys(model: type[Model], name: str, **where: Any) -> set[Any]:
    """Also of what is removed from sight (nexus/soft_delete.py)."""
    return set(model._base_manager.filter(**where).values_list(name, flat=True))

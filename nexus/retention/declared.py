"""What all parts declare of their tables, and what nobody has declared."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db.models import Field, Model

from nexus.parts import parts
from nexus.retention.ground import GROUND
from nexus.retention.kept import Kept


@cache
def declarations() -> dict[str, Kept]:
    """Of every model by its label. Raises ValueError where two speak of one."""
    found = dict(GROUND)
    for part in parts():
        if twice := found.keys() & part.retention.keys():
            raise ValueError(f"Declared twice: {', '.join(sorted(twice))}")
        found.update(part.retention)
    return found


def kept(model: type[Model]) -> Kept:
    """What is declared of the model. Raises KeyError where nothing is."""
    return declarations()[model._meta.label]


def tables() -> list[type[Model]]:
    """Every model that has a table: a view holds nothing of its own."""
    return [model for model in apps.get_models() if model._meta.managed]


def own_fields(model: type[Model]) -> list[Field]:
    """The fields that hold something themselves: no keys."""
    return [field for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation]


def personal_fields(model: type[Model]) -> list[Field]:
    """Those of them that are declared to be about people."""
    names = kept(model).personal_fields
    return [field for field in own_fields(model) if field.name in names]


def mistakes() -> Iterator[str]:
    """What is not declared, declared twice, or declared of what is not there, in sentences."""
    known = declarations()
    labels = {model._meta.label for model in tables()}
    yield from (f"{label} is declared and is no table." for label in known.keys() - labels)
    for model in tables():
        label = model._meta.label
        if label not in known:
            yield f"{label} declares no retention class and no personal fields."
        else:
            yield from (f"{label}: {words}" for words in _mistakes_of(model, known[label]))


def _mistakes_of(model: type[Model], declared: Kept) -> Iterator[str]:
    personal, other = set(declared.personal_fields), set(declared.other_fields)
    names = {field.name for field in own_fields(model)}
    keys = {field.name for field in model._meta.concrete_fields if field.is_relation}
    yield from (
        f"{name} is neither among the personal fields nor the others." for name in names - personal - other
    )
    yield from (f"{name} is declared twice." for name in personal & other)
    strange = set(declared.others_fields) - personal
    yield from (f"{name} is about others and not among the personal fields." for name in strange)
    yield from (f"{name} is no field." for name in (personal | other) - names)
    yield from (f"{name} is no foreign key." for name in {*declared.owners, *declared.belongings} - keys)

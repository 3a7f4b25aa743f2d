"""What is held on one person as a list of items, each disclosed, removed, or marked for somebody to decide.

The declarations of the parts (nexus/retention/) say which rows belong to a record and which fields are about people.
What is short and structured is disclosed. What names somebody else is removed. Words and files are marked: only a
person can say whether they are about somebody else, are legal advice, or would prejudice the work.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BinaryField, Field, JSONField, Model, TextField

from nexus.documents.models import StoredFile
from nexus.retention.declared import kept, personal_fields
from nexus.retention.plan import Belongings, belongings_of
from nexus.retention.queries import kinds
from nexus.rights.models import AccessRecord, AccessRequest, Withheld
from nexus.ui.formatting import capfirst

REMOVED = "[name removed]"
SHORTEST_NAME = 3  # letters; shorter ones would be found within other words


@dataclass(frozen=True)
class Item:
    """One thing held: where, what it is called, and what it says. `to_decide`: only a person can say."""

    key: str
    record: str
    table: str
    field: str
    words: str
    to_decide: bool
    file: UUID | None = None


def items_of(request: AccessRequest) -> list[Item]:
    """Everything held on the person in the records found, in a steady order; what names others is removed."""
    return [item for record in request.records.order_by("pk") for item in _of_record(record)]


def _of_record(record: AccessRecord) -> Iterator[Item]:
    found = belongings_of(kinds()[record.kind].label, record.record_id)
    others = others_named(found)
    for model in sorted(found.rows, key=lambda each: each._meta.label):
        rows = model._base_manager.filter(pk__in=found.rows[model]).order_by("pk")
        for row in rows:
            yield from _of_row(record.reference, row, others)
    for file in StoredFile.objects.filter(pk__in=found.files).order_by("uploaded_at", "pk"):
        words = without_names(file.name, others)
        yield Item(f"file:{file.pk}", record.reference, "File", "Name", words, to_decide=True, file=file.pk)


def _of_row(reference: str, row: Model, others: Iterable[str]) -> Iterator[Item]:
    """The declared fields of one row that say something, but those that name somebody else."""
    model = type(row)
    about_others = kept(model).others_fields
    for field in personal_fields(model):
        words = in_words(row, field)
        if words and field.name not in about_others and not isinstance(field, BinaryField):
            key = f"{model._meta.label_lower}:{row.pk}:{field.name}"
            title, name = capfirst(str(model._meta.verbose_name)), capfirst(str(field.verbose_name))
            yield Item(key, reference, title, name, without_names(words, others), is_free(field))


def is_free(field: Field) -> bool:
    """Whether people type into it what they like."""
    return isinstance(field, TextField | JSONField | ArrayField)


def in_words(row: Model, field: Field) -> str:
    """The value as a person reads it; "" where there is none."""
    value = getattr(row, field.name)
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def others_named(found: Belongings) -> list[str]:
    """The names of other people in a record, the longest first."""
    names: set[Any] = set()
    for model, keys in found.rows.items():
        for name in kept(model).others_fields:
            names |= set(model._base_manager.filter(pk__in=keys).values_list(name, flat=True))
    fit = {name.strip() for name in names if isinstance(name, str) and len(name.strip()) >= SHORTEST_NAME}
    return sorted(fit, key=len, reverse=True)


def without_names(words: str, names: Iterable[str]) -> str:
    """The words with each of these names taken out, however it is written."""
    for name in names:
        words = re.sub(re.escape(name), REMOVED, words, flags=re.IGNORECASE)
    return words


def undecided(request: AccessRequest) -> list[Item]:
    """What somebody still has to decide."""
    decided = set(request.decisions.values_list("item", flat=True))
    return [item for item in items_of(request) if item.to_decide and item.key not in decided]


def disclosed(request: AccessRequest) -> tuple[list[Item], int]:
    """What goes out, and how many items are withheld."""
    outcomes: dict[str, Any] = dict(request.decisions.values_list("item", "outcome"))
    items = items_of(request)
    out = [item for item in items if not item.to_decide or outcomes.get(item.key) == Withheld.DISCLOSED]
    return out, len(items) - len(out)

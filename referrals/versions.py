"""Whether what a page showed is still what is stored, so that nobody overwrites another's answers unseen."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.db.models import Model


def version_of(row: Model, columns: Iterable[str]) -> str:
    """A short mark of these columns' values; another value gives another mark."""
    return sha256(repr([str(getattr(row, column)) for column in columns]).encode()).hexdigest()[:16]


def is_overtaken(row: Model, columns: Iterable[str], seen: str, values: Mapping[str, Any]) -> bool:
    """Whether somebody has changed the columns since `seen`, and `values` would undo that."""
    if not seen or seen == version_of(row, columns):
        return False
    return any(getattr(row, column) != value for column, value in values.items())

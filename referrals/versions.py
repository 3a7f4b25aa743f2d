"""Whether what a page showed is still what is stored, so that nobody overwrites another's answers unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Model

from nexus.refusals import Refused
from nexus.ui.stale import SHOWED

OVERTAKEN = (
    "Somebody has changed these answers since you opened the page. What is stored now is shown below. "
    "Save again to replace it with yours"
)


@dataclass(frozen=True)
class Seen:
    """What a page showed: its columns, and the mark they had."""

    columns: tuple[str, ...]
    mark: str


class Overtaken(Refused):
    """`row` is what is stored now, read under the lock."""

    def __init__(self, row: Any) -> None:
        super().__init__(OVERTAKEN)
        self.row = row


def version_of(row: Model, columns: Iterable[str]) -> str:
    """A short mark of these columns' values; another value gives another mark."""
    return sha256(repr([str(getattr(row, column)) for column in columns]).encode()).hexdigest()[:16]


def seen_on_page(posted: Mapping[str, str], row: Model, columns: Iterable[str]) -> Seen:
    """What the page of a posted form showed, of a row as it was read for this request.

    Where the page carried what it showed, `bind` has compared that already (nexus/ui/stale.py), and only what is saved
    between then and the lock is left to find.
    """
    seen = tuple(columns)
    return Seen(seen, version_of(row, seen) if SHOWED in posted else posted.get("version", ""))


def refuse_if_overtaken(row: Model, seen: Seen | None, values: Mapping[str, Any]) -> None:
    """Raise Overtaken when somebody has changed what was seen, and `values` would undo that.

    Only sure for a row that is locked.
    """
    if not seen or not seen.mark or seen.mark == version_of(row, seen.columns):
        return
    if any(getattr(row, name) != value for name, value in values.items() if name in seen.columns):
        raise Overtaken(row)

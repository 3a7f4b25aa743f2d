"""What holds typed words or a file is never deleted by a button: it is removed from sight, and can be put back.

A model that is a `Removable` keeps who removed a row and when. Its `objects`, and every list of its parent, leave out
what is removed; `with_removed` does not. Its pages list what is removed with “Put back” while its parent may still be
changed. SQL by hand and filters across the relation ask for `removed_at IS NULL` themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from nexus.accounts.models import User
from nexus.refusals import Refused
from nexus.ui import formatting

TAKEN_SINCE = "The same has been added again since. Remove that first, then put this back."


class StandingRows(models.Manager):
    """The rows that have not been removed."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None)


class Removable(models.Model):
    """A row that is removed from sight and can be put back."""

    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects: ClassVar[models.Manager[Any]] = StandingRows()
    with_removed: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="%(app_label)s_%(class)s_removed_by_whom",
            )
        ]


def remove(row: Removable, *, by: User, now: datetime) -> None:
    """Take the row out of sight. The caller has locked what it belongs to."""
    row.removed_at, row.removed_by = now, by
    row.save(update_fields=["removed_at", "removed_by"])


def put_back(row: Removable) -> None:
    """Show it again as it was. Raises Refused where another has taken its place since."""
    row.removed_at, row.removed_by = None, None
    try:
        with transaction.atomic():
            row.save(update_fields=["removed_at", "removed_by"])
    except IntegrityError:
        raise Refused(TAKEN_SINCE) from None


@dataclass(frozen=True)
class RemovedRow:
    """A removed row on the page of its parent: what it is, what was typed, who removed it, and where it is put back."""

    title: str
    contents: list[tuple[str, str]]
    removed: str
    put_back: str


def removed_rows(
    rows: Any,
    *,
    title: Callable[[Any], str],
    contents: Callable[[Any], list[tuple[str, str]]] = lambda row: [],
    address: Callable[[Any], str],
) -> list[RemovedRow]:
    """Those of `rows`, a manager or a query, that are removed, the last first, with what was typed into each."""
    found = rows.filter(removed_at__isnull=False).select_related("removed_by").order_by("-removed_at", "-pk")
    return [
        RemovedRow(
            title(row),
            contents(row),
            f"{row.removed_by.full_name}, {formatting.date_and_time(row.removed_at)}",
            address(row),
        )
        for row in found
    ]


def contents_of(row: models.Model, *names: str) -> list[tuple[str, str]]:
    """These fields of a row as labels and words, without what is empty."""
    found = []
    for name in names:
        value = getattr(row, name)
        if value not in (None, ""):
            display = getattr(row, f"get_{name}_display", None)
            words = (
                formatting.yesno(value) if isinstance(value, bool) else str(display() if display else value)
            )
            label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append((formatting.capfirst(label), words))
    return found

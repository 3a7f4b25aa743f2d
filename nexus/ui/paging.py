"""Lists a page at a time, by key: page 40 costs what page 1 costs, and nobody is shown twice.

The URL carries only the primary key of the row next to the page (`?after=123`), never the values
the list is sorted by, because those may be a person's name.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest

from nexus.ui import formatting

Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])


class KeysetPage(Generic[Row]):
    """One page of a queryset in a given order, empty values last in both directions.

    `order` names fields or annotations ("-submitted_at", "surname"); the primary key settles ties,
    newest first where the order names "-pk".
    `anchors` is the wider queryset in which the row of `?after=` is looked up, for lists that rows
    leave (a queue); it needs the same annotations. At most four queries, whatever the page.

    In templates: iterate it, `{{ pagination(page, request.GET) }}`, `page.total`, `page.showing`.
    """

    def __init__(
        self,
        queryset: QuerySet[Row],
        request: HttpRequest,
        *,
        order: Sequence[str],
        size: int = 25,
        anchors: QuerySet[Row] | None = None,
    ) -> None:
        newest_first = "-pk" in order or "-id" in order
        self.order = [name for name in order if name.lstrip("-") not in ("pk", "id")]
        self.order.append("-pk" if newest_first else "pk")
        self.size = size
        self.total = queryset.count()
        self.rows: list[Row] = []
        place = self._place(queryset if anchors is None else anchors, request)
        if place and self.total:
            self._beside(queryset, *place)
        if not self.rows:
            self.start = 1
            self.rows = list(self._ordered(queryset)[:size])

    def _place(self, anchors: QuerySet[Row], request: HttpRequest) -> tuple[bool, tuple[Any, ...]] | None:
        """(whether the page lies before it, its values in the order) of the row the URL names."""
        for key in ("after", "before"):
            given = request.GET.get(key)
            if given:
                names = [name.lstrip("-") for name in self.order]
                try:
                    values = anchors.filter(pk=given).order_by().values_list(*names).first()
                except (ValueError, ValidationError):
                    return None
                return (key == "before", values) if values else None
        return None

    def _beside(self, queryset: QuerySet[Row], before: bool, values: tuple[Any, ...]) -> None:
        wanted = queryset.filter(self._beyond(values, backwards=before))
        number = wanted.count()
        if before and number >= self.size:
            self.rows = list(self._ordered(wanted, backwards=True)[: self.size])[::-1]
            self.start = number - len(self.rows) + 1
        elif not before:
            self.rows = list(self._ordered(wanted)[: self.size])
            self.start = self.total - number + 1

    def _ordered(self, queryset: QuerySet[Row], backwards: bool = False) -> QuerySet[Row]:
        terms = []
        for name in self.order:
            descending = name.startswith("-") != backwards
            field = F(name.lstrip("-"))
            nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
            if name.lstrip("-") == "pk":
                nulls = {}
            terms.append(field.desc(**nulls) if descending else field.asc(**nulls))
        return queryset.order_by(*terms)

    def _beyond(self, values: Sequence[Any], *, backwards: bool) -> Q:
        """Rows further on than the one with these values: alike up to a field, beyond it there."""
        found, alike = NOTHING, Q()
        for name, value in zip(self.order, values, strict=True):
            found |= alike & self._further(name, value, backwards)
            field = name.lstrip("-")
            alike &= Q(**{f"{field}__isnull": True}) if value is None else Q(**{field: value})
        return found

    @staticmethod
    def _further(name: str, value: Any, backwards: bool) -> Q:
        field = name.lstrip("-")
        if value is None:  # empty values come last: nothing lies further on, everything else before
            return Q(**{f"{field}__isnull": False}) if backwards else NOTHING
        comparison = "lt" if name.startswith("-") != backwards else "gt"
        further = Q(**{f"{field}__{comparison}": value})
        return further if backwards or name.lstrip("-") == "pk" else further | Q(**{f"{field}__isnull": True})

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def end(self) -> int:
        return self.start + len(self.rows) - 1

    @property
    def showing(self) -> str:
        """Showing 1 to 25 of 137"""
        first, last, total = map(formatting.number, (self.start, self.end, self.total))
        return f"Showing {first} to {last} of {total}" if self.rows else "Nothing to show"

    @property
    def next_key(self) -> Any:
        """The key for `?after=`, or None on the last page."""
        return self.rows[-1].pk if self.rows and self.end < self.total else None

    @property
    def previous_key(self) -> Any:
        """The key for `?before=`, or None on the first page."""
        return self.rows[0].pk if self.rows and self.start > 1 else None

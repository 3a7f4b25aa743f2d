"""Lists a page at a time, by key: page 40 costs what page 1 costs, and nobody is shown twice.

The URL carries only the primary key of the row next to the page (`?after=123`), never the values
the list is sorted by, because those may be a person's name. Rows are counted as far as a person counts: beyond a
thousand the page says so, and no page reads a list to its end.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, Value
from django.http import HttpRequest

from nexus.ui import formatting
from nexus.ui.formatting import Counted

Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])
MOST_COUNTED = 1000


def counted(queryset: QuerySet[Any]) -> Counted:
    """How many rows there are, counted to MOST_COUNTED and no further."""
    number = queryset.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return Counted(number, MOST_COUNTED)


def counted_together(querysets: Sequence[QuerySet[Any]]) -> list[Counted]:
    """As `counted`, of several lists in one statement."""
    parts: list[str] = []
    params: list[Any] = []
    numbers: list[int] = []
    for queryset in querysets:
        bounded = queryset.order_by().values("pk")[: MOST_COUNTED + 1]
        try:
            sql, given = bounded.query.sql_with_params()
        except EmptyResultSet:  # Django knows already that there is none
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS found)")  # noqa: S608 - Django's own statements
        params += given
    if parts:
        with connection.cursor() as ask:
            ask.execute(f"SELECT {', '.join(parts)}", params)
            numbers = list(ask.fetchone())
    return [Counted(number, MOST_COUNTED) for number in numbers]


class Together(Func):
    """Several values compared as one: (rank, day, id) > (0, '2026-11-30', 7). PostgreSQL reads an index from there."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # of no interest: it is compared, never selected


class Beyond(Func):
    """Whether the first of two `Together` comes after the second; `sign` is one of > < >= <=."""

    output_field = BooleanField()

    def __init__(self, names: Sequence[str], values: Sequence[Any], sign: str) -> None:
        fields = [F(name) for name in names]
        template, joiner = "%(expressions)s", f" {sign} "
        super().__init__(
            Together(*fields), Together(*map(Value, values)), template=template, arg_joiner=joiner
        )


class KeysetOrder:
    """An order of a model's rows in which each has its own place: the primary key settles ties."""

    def __init__(self, model: type[Model], order: Sequence[str], never_empty: Collection[str] = ()) -> None:
        newest_first = "-pk" in order or "-id" in order
        self.order = [name for name in order if name.lstrip("-") not in ("pk", "id")]
        self.order.append("-pk" if newest_first else "pk")
        self.filled = {name for name in map(bare, self.order) if is_filled(model, name)} | {*never_empty}

    def chunks(self, queryset: QuerySet[Any], size: int) -> Iterator[list[Any]]:
        """Every row in order, so many at a time, each time asked for anew from the last one on: neither this process
        nor a transaction holds more. The order is one of fields. A row that moves meanwhile may be met twice or not at all."""
        names = [bare(name) for name in self.order]
        rows = list(self._ordered(queryset)[:size])
        while rows:
            yield rows
            place = queryset.model._default_manager.filter(pk=rows[-1].pk).values_list(*names).first()
            if len(rows) < size or place is None:
                return
            rows = list(self._ordered(queryset.filter(self._beyond(place, backwards=False)))[:size])

    def _ordered(self, queryset: QuerySet[Any], backwards: bool = False) -> QuerySet[Any]:
        terms = []
        for name in self.order:
            descending = name.startswith("-") != backwards
            field = F(bare(name))
            nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
            if bare(name) in self.filled:  # said otherwise PostgreSQL would not read an index backwards
                nulls = {}
            terms.append(field.desc(**nulls) if descending else field.asc(**nulls))
        return queryset.order_by(*terms)

    def _beyond(self, values: Sequence[Any], *, backwards: bool) -> Q:
        """Rows further on than the one with these values.

        As many fields as go one way and are never empty are compared as one. Where others settle ties, what lies at
        these values or beyond is asked for besides: that is where an index begins to be read.
        """
        first = self.order[0].startswith("-")
        alike = list(
            takewhile(lambda name: name.startswith("-") == first and bare(name) in self.filled, self.order)
        )
        if not alike:
            return self._one_by_one(self.order, values, backwards)
        names, sign = [bare(name) for name in alike], "<" if first != backwards else ">"
        beyond = Q(Beyond(names, values[: len(alike)], sign))
        if len(alike) == len(self.order):
            return beyond
        rest = self._one_by_one(self.order[len(alike) :], values[len(alike) :], backwards)
        return Q(Beyond(names, values[: len(alike)], f"{sign}=")) & (beyond | rest)

    def _one_by_one(self, order: Sequence[str], values: Sequence[Any], backwards: bool) -> Q:
        """Alike up to a field, beyond it there."""
        found, alike = NOTHING, Q()
        for name, value in zip(order, values, strict=True):
            found |= alike & self._further(name, value, backwards)
            field = bare(name)
            alike &= Q(**{f"{field}__isnull": True}) if value is None else Q(**{field: value})
        return found

    def _further(self, name: str, value: Any, backwards: bool) -> Q:
        field = bare(name)
        if value is None:  # empty values come last: nothing lies further on, everything else before
            return Q(**{f"{field}__isnull": False}) if backwards else NOTHING
        comparison = "lt" if name.startswith("-") != backwards else "gt"
        further = Q(**{f"{field}__{comparison}": value})
        return further if backwards or field in self.filled else further | Q(**{f"{field}__isnull": True})


class KeysetPage(KeysetOrder, Generic[Row]):
    """One page of a queryset in a given order, empty values last in both directions.

    `order` names fields or annotations ("-submitted_at", "surname"); the primary key settles ties,
    newest first where the order names "-pk".
    `anchors` is the wider queryset in which the row of `?after=` is looked up, for lists that rows
    leave (a queue); it needs the same annotations. `never_empty` names columns that may be empty in the table and
    are not in this list. `total` is given by whoever has counted the rows with others (`counted_together`). At most
    four queries, whatever the page; one more where `keys_first` asks for the page's keys before its rows, so that an
    index that holds what is sorted by is read and not the rows of the whole list.

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
        never_empty: Collection[str] = (),
        total: Counted | None = None,
        keys_first: bool = False,
    ) -> None:
        super().__init__(queryset.model, order, never_empty)
        self.size, self.keys_first = size, keys_first
        self.total = counted(queryset) if total is None else total
        self.rows: list[Row] = []
        place = self._place(queryset if anchors is None else anchors, request)
        if place and self.total:
            self._beside(queryset, *place)
        if not self.rows:
            self.start: int | None = 1
            self._take(self._first_of(queryset, size + 1))

    def _first_of(self, queryset: QuerySet[Row], number: int, *, backwards: bool = False) -> list[Row]:
        """So many rows, the first in order or the last, from the end."""
        first = self._ordered(queryset, backwards)
        if not self.keys_first:
            return list(first[:number])
        keys = list(first.values_list("pk", flat=True)[:number])
        rows = {row.pk: row for row in queryset.filter(pk__in=keys).order_by()}
        return [rows[key] for key in keys if key in rows]

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
        if before:
            number = counted(wanted)
            if number >= self.size:
                self.rows = self._first_of(wanted, self.size, backwards=True)[::-1]
                self.start = None if number.more else number - len(self.rows) + 1
                self.goes_on = self.total.more or self.end_of(self.start) < self.total
        else:
            self._take(self._first_of(wanted, self.size + 1))
            self.start = self._start_after(queryset, wanted, values)

    def _take(self, rows: list[Row]) -> None:
        """The rows of the page, and whether one more was found."""
        self.rows, self.goes_on = rows[: self.size], len(rows) > self.size

    def _start_after(
        self, queryset: QuerySet[Row], wanted: QuerySet[Row], values: Sequence[Any]
    ) -> int | None:
        """The number of the first row of a page, None where so many come before it that nobody counts them."""
        if not self.total.more:
            return self.total - wanted.order_by().values("pk").count() + 1
        before = counted(queryset.filter(self._beyond(values, backwards=True)))
        return None if before.more else before + 2  # the row that the page begins after is one of them too

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def end_of(self, start: int | None) -> int:
        return (start or 0) + len(self.rows) - 1

    @property
    def end(self) -> int:
        return self.end_of(self.start)

    @property
    def showing(self) -> str:
        """Showing 1 to 25 of 137 · Showing 26 to 50 of 1,000+ · Showing 25 of 1,000+"""
        if not self.rows:
            return "Nothing to show"
        if self.start is None:
            return f"Showing {len(self.rows)} of {formatting.number(self.total)}"
        first, last, total = map(formatting.number, (self.start, self.end, self.total))
        return f"Showing {first} to {last} of {total}"

    @property
    def next_key(self) -> Any:
        """The key for `?after=`, or None on the last page."""
        return self.rows[-1].pk if self.rows and self.goes_on else None

    @property
    def previous_key(self) -> Any:
        """The key for `?before=`, or None on the first page."""
        return self.rows[0].pk if self.rows and self.start != 1 else None


def bare(name: str) -> str:
    """A name of an order without its direction."""
    return name.removeprefix("-")


def is_filled(model: type[Model], name: str) -> bool:
    """Whether every row of the model has a value there, its own or that of the row it names."""
    if name == "pk":
        return True
    first, _, rest = name.partition("__")
    try:
        field = model._meta.get_field(first)
    except FieldDoesNotExist:  # an annotation
        return False
    if not isinstance(field, Field) or field.null:
        return False
    return not rest or (isinstance(field.related_model, type) and is_filled(field.related_model, rest))

"""Statements that Django makes once in a process, asked anew with the numbers of the rows of each page.

A page shows few rows and says much beside each of them. Making such a statement takes several times what PostgreSQL
takes to answer it; and it never differs but in the rows it is asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet


class AmongThese(Func):
    """Whether a column is one of the numbers that are given when the statement is asked: a place is left for them."""

    template = "%(expressions)s = ANY(%%s)"
    output_field = BooleanField()


class MadeOnce:
    """What `rows` (a queryset with `values_list`) finds for the rows whose `column` is among those asked for."""

    def __init__(self, rows: Callable[[], QuerySet[Any, Any]], *, column: str = "pk") -> None:
        self.rows, self.column = rows, column

    @cached_property
    def statement(self) -> tuple[str, Sequence[Any]]:
        """The text and what stands in its places but the last."""
        found = self.rows().filter(AmongThese(F(self.column))).order_by()
        sql, params = found.query.sql_with_params()
        if sql.count("%s") != len(params) + 1 or not sql.endswith("= ANY(%s)"):
            raise ValueError(f"The numbers of the rows have to stand at the end: {sql}")
        return sql, params

    def of(self, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """The rows that are found, in no order. One statement, none where nothing is asked for."""
        if not numbers:
            return
        sql, params = self.statement
        with connection.cursor() as ask:
            ask.execute(sql, [*params, list(numbers)])
            yield from ask.fetchall()

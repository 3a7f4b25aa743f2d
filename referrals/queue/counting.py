"""Counting rows beside each row of a list."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def counted_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a subquery finds."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Coalesce(Subquery(one.values("number")), 0)

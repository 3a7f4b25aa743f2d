"""Lists by key, as on the pages: `?after=` and `?before=` carry the id of the row beside the page."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from nexus.api.asking import known_place
from nexus.api.requests import Call
from nexus.api.shapes import either
from nexus.ui.paging import MOST_COUNTED, KeysetPage


def page_of(
    queryset: QuerySet[Any],
    request: Call,
    *,
    order: Sequence[str],
    anchors: QuerySet[Any] | None = None,
    never_empty: Collection[str] = (),
) -> KeysetPage[Any]:
    """The page the address asks for; `anchors` and `never_empty` as for KeysetPage. Raises InvalidBody."""
    known_place(request.query_params, queryset if anchors is None else anchors)
    return KeysetPage(queryset, request._request, order=order, anchors=anchors, never_empty=never_empty)


def listed(page: KeysetPage[Any], request: Call, rows: Any) -> Response:
    """The page's rows, how many there are in all, and where the next and the previous page are."""
    return Response(
        {
            "count": None if page.total.more else page.total,
            "next": _address(request, "after", page.next_key),
            "previous": _address(request, "before", page.previous_key),
            "results": rows,
        }
    )


def _address(request: Call, key: str, place: Any) -> str | None:
    if place is None:
        return None
    query = request._request.GET.copy()
    for other in ("after", "before"):
        query.pop(other, None)
    query[key] = str(place)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def list_of(
    serializer: type[serializers.Serializer], inside: type[serializers.Serializer] | None = None
) -> type[serializers.Serializer]:
    """What `listed` answers, for the schema; `inside` is what others than the force read of each row."""
    rows: Any = serializer(many=True)
    if inside:
        rows = either(serializer, inside, many=True)
    return type(
        f"{serializer.__name__.removesuffix('Serializer')}List",
        (serializers.Serializer,),
        {
            "count": serializers.IntegerField(
                allow_null=True,
                help_text=f"How many there are; null where there are more than {MOST_COUNTED:,}.",
            ),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": rows,
        },
    )

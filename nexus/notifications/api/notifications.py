"""One's own notifications: list, mark one read, mark all read."""

from typing import Any

from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from nexus.api.asking import CURSORS, known_value
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import carried_out, verb_view
from nexus.notifications.lists import NOTIFICATIONS
from nexus.notifications.models import Notification
from nexus.notifications.permissions import WHO_MAY
from nexus.notifications.verbs import INBOX, MARK_READ


class NotificationSerializer(serializers.ModelSerializer):
    """What happened, by reference; `path` leads to the page about it."""

    words = serializers.CharField()
    path = serializers.CharField(source="target")

    class Meta:
        model = Notification
        fields = ("id", "kind", "words", "reference", "path", "made_at", "read_at")


class MarkedSerializer(serializers.Serializer):
    """How many were unread before."""

    marked = serializers.IntegerField()


def shown(request: Call, row: Model) -> dict[str, Any]:
    return dict(NotificationSerializer(row).data)


@extend_schema(
    operation_id="notification_list",
    parameters=[
        OpenApiParameter("unread", bool, description="Only those not read"),
        OpenApiParameter("after"),
        OpenApiParameter("before"),
    ],
    responses={200: list_of(NotificationSerializer)},
)
@endpoint("GET", query=("unread", *CURSORS))
def notifications(request: Call) -> Response:
    """One's own inbox, newest first."""
    found = NOTIFICATIONS.seen(request.user)
    unread = request.query_params.get("unread", "false")
    known_value("unread", unread, ("true", "false"))
    wanted = found.filter(read_at=None) if unread == "true" else found
    page = page_of(wanted, request, order=["-made_at", "-pk"], anchors=found)
    return listed(page, request, NotificationSerializer(page.rows, many=True).data)


@extend_schema(operation_id="notification_mark_all_read", request=None, responses={200: MarkedSerializer})
@endpoint("POST")
def mark_all_read(request: Call) -> Response:
    """Everything in one's own inbox is read."""
    WHO_MAY.permit("mark_all_read", request.user)
    return Response({"marked": carried_out(INBOX["mark_all_read"], None, request)})


mark_read = verb_view(
    "mark_read",
    MARK_READ,
    noun="notification",
    key="notification_id",
    who_may=WHO_MAY,
    find=lambda request, **address: NOTIFICATIONS.find(request.user, **address),
    answer=shown,
    shape=NotificationSerializer,
)

"""`GET /api/v1/changes/`: what changed since the last call, by id and kind."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from nexus.api.errors import InvalidBody
from nexus.api.requests import Call, endpoint
from nexus.audit.recording import record
from nexus.changes.cursors import sealed
from nexus.changes.feed import PAGE, Page, UnknownCursor, number_of, page_after
from nexus.problems import Sentence

NOT_OURS = "Send the `next` of an earlier answer as it was, or leave it out to begin with the first change."


class ChangeSerializer(serializers.Serializer):
    """One change. What it says is read at the thing's own endpoint."""

    kind = serializers.CharField(help_text="What changed: referral, case, support_request, …")
    id = serializers.CharField(help_text="Its id or reference, as its own endpoint takes it.")
    happened = serializers.CharField(help_text="What happened: referral.accepted, …")
    at = serializers.DateTimeField()


class ChangesSerializer(serializers.Serializer):
    """A page of the feed."""

    changes = ChangeSerializer(many=True, help_text=f"At most {PAGE}, in the order in which they came to be.")
    next = serializers.CharField(
        help_text="Send it as `after` in the next call. Keep it: it never grows old."
    )
    more = serializers.BooleanField(help_text="Whether the next call finds more now.")


@extend_schema(
    operation_id="change_list",
    parameters=[
        OpenApiParameter("after", description="The `next` of the answer before; none: from the first.")
    ],
    responses={200: ChangesSerializer},
    description="What changed of what you see, complete and in one order: ids and kinds only. One audit entry a page, "
    "and no thing counts as read by it.",
)
@endpoint("GET", query=("after",))
def changes(request: Call) -> Response:
    """The page behind the cursor."""
    try:
        after = number_of(request.query_params.get("after", ""))
    except UnknownCursor:
        raise InvalidBody({"after": [Sentence(NOT_OURS, "unknown_cursor")]}, place="query") from None
    page = page_after(after, user=request.user)
    noted(request, page)
    answer = {"changes": page.lines, "next": sealed(page.last), "more": page.more}
    return Response(ChangesSerializer(answer).data)


def noted(request: Call, page: Page) -> None:
    """One entry a page, with the changes it showed."""
    by = request.user
    record(
        kind="change.listed",
        by=by,
        subjects=[line.change for line in page.lines],
        recipient=by.force.name if by.force else "",
        now=timezone.now(),
    )

"""Which text of a row a program has seen: an ETag is the digest of the answer, as this person reads it.

Each answer says its own. `If-None-Match` spares reading the same again (304). `If-Match` is compared in the row's turn,
as a page's form is with what it showed: where somebody has changed the row meanwhile nothing is saved, and the answer
(412) has both texts.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.response import Response

from nexus.api.errors import ChangedMeanwhile, InvalidBody
from nexus.api.parsing import without_bytes
from nexus.api.rendering import JSONRenderer

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the answer this change is based on; 412 with both texts where it has changed since",
)
NOT_TAKEN = "This call takes no If-Match: it changes nothing that was read before."


def etag_of(data: Any) -> str:
    """The mark of an answer: the same whichever call gave it."""
    written = json.dumps(json.loads(JSONRenderer().render(data)), sort_keys=True)
    return f'"{hashlib.sha256(written.encode()).hexdigest()[:32]}"'


def marks(header: str) -> set[str]:
    """The marks a header names; `*` is any."""
    return {mark.strip().removeprefix("W/") for mark in header.split(",")}


def expect(request: Any, shown: Callable[[Any, Any], dict[str, Any]], row: Any) -> None:
    """Raises ChangedMeanwhile where the call is based on another text than `shown` gives of the row. Call it in the
    row's turn."""
    if "If-Match" not in request.headers:
        return
    current = shown(request, row)
    if not marks(request.headers["If-Match"]) & {"*", etag_of(current)}:
        raise ChangedMeanwhile(current, without_bytes(request.data))


def refuse_mark(request: Any) -> None:
    """Raises InvalidBody: no call ignores an If-Match."""
    if "If-Match" in request.headers:
        raise InvalidBody({"If-Match": [NOT_TAKEN]}, place="header")


def marked(request: Any, response: Response) -> Response:
    """The answer with its mark, or 304 where the program has it already."""
    data = getattr(response, "data", None)  # a file has none
    if response.status_code not in (status.HTTP_200_OK, status.HTTP_201_CREATED) or data is None:
        return response
    mark = etag_of(data)
    seen = marks(request.headers.get("If-None-Match", ""))
    if request.method == "GET" and seen & {"*", mark}:
        response = Response(status=status.HTTP_304_NOT_MODIFIED)
    response["ETag"] = mark
    return response

"""Files out: what a page hands out, an endpoint hands out too, under the same rules and with the same entry."""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status

from nexus.accounts.roles import Role
from nexus.api.rendering import BYTES, WhateverIsAskedFor
from nexus.api.requests import Call, endpoint
from nexus.refusals import Refused

AS_STORED = (
    "The file as it was stored. Taking it is recorded, with whom it goes to; 409 while it is being checked, or where it "
    "is no longer what was stored. With the ETag of the bytes that you have it is neither sent again nor recorded: 304."
)
AS_MADE = (
    "The file, made anew for this call, so without an ETag. Taking it is recorded, with whom it goes to."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the file you have; 304 where it is the same",
)
NOT_AGAIN = OpenApiResponse(description="The file that you have already")


def file_path(
    address: str,
    page: Callable[..., HttpResponse],
    *,
    name: str,
    summary: str,
    roles: Collection[Role],
    stored: bool = True,
) -> URLPattern:
    """The endpoint of a file that `page` hands out, to which the address names the same things. The answer is bytes for
    every client that is made of the schema; what kind of file it is its name says. `roles` is for the schema.

    The ETag of a `stored` file is the hash with which it was stored. Who may have it and whether it is clean is asked
    before it is compared (nexus/documents/serving.py), and a file that was not sent again was not read: no entry says
    that somebody received what nobody sent. What is made for the call differs each time, and has no ETag.
    """

    @extend_schema(
        operation_id=name,
        summary=summary,
        description=AS_STORED if stored else AS_MADE,
        parameters=[IF_NONE_MATCH] if stored else [],
        responses={(200, BYTES): OpenApiTypes.BINARY, **({304: NOT_AGAIN} if stored else {})},
    )
    @endpoint("GET", roles=roles)
    def view(request: Call, **address: Any) -> HttpResponse:
        answer = page(request._request, **address)
        if reasons := getattr(answer, "reasons", ()):
            raise Refused(list(reasons))
        if answer.status_code == status.HTTP_200_OK:
            answer["Content-Type"] = BYTES
        return answer

    view.__name__ = name
    view.cls.renderer_classes = [WhateverIsAskedFor]
    return path(address, view, name=name)

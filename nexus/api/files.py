"""Files out: what a page hands out, an endpoint hands out too, under the same rules and with the same entry."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema

from nexus.api.rendering import BYTES, WhateverIsAskedFor
from nexus.api.requests import Call, endpoint
from nexus.refusals import Refused


def file_path(address: str, page: Callable[..., HttpResponse], *, name: str, summary: str) -> URLPattern:
    """The endpoint of a file that `page` hands out, to which the address names the same things. The answer is bytes for
    every client that is made of the schema; what kind of file it is its name says."""

    @extend_schema(
        operation_id=name,
        summary=summary,
        description="The file as it was stored or made. Taking it is recorded, with whom it goes to; 409 while it is "
        "being checked, or where it is no longer what was stored.",
        responses={(200, BYTES): OpenApiTypes.BINARY},
    )
    @endpoint("GET")
    def view(request: Call, **address: Any) -> HttpResponse:
        answer = page(request._request, **address)
        if reasons := getattr(answer, "reasons", ()):
            raise Refused(list(reasons))
        answer["Content-Type"] = BYTES
        return answer

    view.__name__ = name
    view.cls.renderer_classes = [WhateverIsAskedFor]
    return path(address, view, name=name)

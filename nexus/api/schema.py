"""The schema at /api/schema/. It holds no data, so anybody may read it."""

from functools import cache
from threading import Lock
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

MAKING = Lock()  # it takes seconds, and whoever asks meanwhile waits for the same


def schema() -> dict[str, Any]:
    """Made once a process: it changes with the code only."""
    with MAKING:
        return made()


@cache
def made() -> dict[str, Any]:
    """The schema, made."""
    return dict(SchemaGenerator().get_schema(request=None, public=True))


class SchemaView(APIView):
    """OpenAPI 3, as JSON."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    renderer_classes = (OpenApiJsonRenderer,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The whole schema."""
        return Response(schema())

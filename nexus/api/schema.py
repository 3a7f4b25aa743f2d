"""The schema at /api/schema/. It holds no data, so anybody may read it."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@cache
def schema() -> dict[str, Any]:
    """Made once a process: it changes with the code only."""
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

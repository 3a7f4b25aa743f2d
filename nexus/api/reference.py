"""`GET /api/v1/reference/`: what other systems need to fill in the rest, by code and in words. Each part has its lists."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from nexus.api.requests import Call, endpoint
from nexus.parts import Codes, parts


def all_codes() -> list[Codes]:
    """The lists of all parts."""
    return [each for part in parts() for each in part.codes]


class ReferenceSerializer(serializers.Serializer):
    """A list there is."""

    name = serializers.CharField()
    words = serializers.CharField()


class ReferencesSerializer(serializers.Serializer):
    """All the lists."""

    results = ReferenceSerializer(many=True)


class CodeSerializer(serializers.Serializer):
    """A code as fields take it, and what it means."""

    code = serializers.CharField()
    words = serializers.CharField()


class CodesSerializer(serializers.Serializer):
    """One list, whole."""

    results = CodeSerializer(many=True)


@extend_schema(
    operation_id="reference_list",
    responses={200: ReferencesSerializer},
    summary="Lists of codes that there are",
)
@endpoint("GET")
def lists(request: Call) -> Response:
    """Their names. A list changes seldom: ask with If-None-Match."""
    return Response({"results": [{"name": each.name, "words": each.words} for each in all_codes()]})


@extend_schema(
    operation_id="reference_read",
    parameters=[
        OpenApiParameter("name", location=OpenApiParameter.PATH, enum=[each.name for each in all_codes()])
    ],
    responses={200: CodesSerializer},
    summary="One list of codes",
)
@endpoint("GET")
def one(request: Call, name: str) -> Response:
    """Codes and their words, whole. A list changes seldom: ask with If-None-Match."""
    found = next((each for each in all_codes() if each.name == name), None)
    if found is None:
        raise Http404
    pairs = found.pairs(request.user)
    return Response({"results": [{"code": code, "words": words} for code, words in pairs]})

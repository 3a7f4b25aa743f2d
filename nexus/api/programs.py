"""`POST /api/v1/programs/token/`: a program's signed assertion for a token of minutes, as OAuth 2.0 words it (RFC 7523)."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from nexus.accounts.program_keys import NotShown, token_for
from nexus.accounts.tokens import PROGRAM_TOKEN_LIFE
from nexus.api.errors import InvalidBody, refusal
from nexus.api.parsing import JSONParser
from nexus.api.session import TokenThrottle

GRANT = "client_credentials"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
NOT_SHOWN = "The assertion does not show which program asks: its key, its times, its audience or its number is not right."


class AssertionSerializer(serializers.Serializer):
    """What a program sends, as JSON or as OAuth 2.0 has it, application/x-www-form-urlencoded."""

    grant_type = serializers.ChoiceField(choices=[GRANT])
    client_assertion_type = serializers.ChoiceField(choices=[ASSERTION])
    client_assertion = serializers.CharField(
        max_length=8000, help_text="A JWT signed with the program’s own key."
    )


class ProgramTokenSerializer(serializers.Serializer):
    """A token of minutes."""

    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField(help_text="The scopes that were granted, with spaces between them.")


class ProgramTokenView(APIView):
    """Where programs sign in. No person does: theirs is `POST /api/v1/token/`, with the second step."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_classes = (TokenThrottle,)
    parser_classes = (JSONParser, FormParser)

    @extend_schema(
        operation_id="program_token_create",
        request=AssertionSerializer,
        responses={200: ProgramTokenSerializer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """A token for a program that shows with its key that it is it."""
        asked: Any = AssertionSerializer(data=request.data)
        if not asked.is_valid():
            raise InvalidBody({name: [str(each) for each in said] for name, said in asked.errors.items()})
        assertion = asked.validated_data["client_assertion"]
        try:
            program, text = token_for(assertion, now=timezone.now(), request_id=getattr(request, "id", ""))
        except NotShown:
            return refusal(request._request, status.HTTP_401_UNAUTHORIZED, NOT_SHOWN)
        answer = {
            "access_token": text,
            "token_type": "Bearer",
            "expires_in": int(PROGRAM_TOKEN_LIFE.total_seconds()),
            "scope": " ".join(program.scopes),
        }
        return Response(answer, headers={"Cache-Control": "no-store"})

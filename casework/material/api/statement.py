"""Whether a case needs a police statement at all: what the rules indicate, and what the case-owner recorded."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from casework.api.finding import find as find_case
from casework.api.finding import viewed as case_viewed
from casework.material import queries
from casework.material.models import NoStatement
from casework.material.permissions import WHO_MAY
from casework.models import Case
from nexus.api.fields import name_of
from nexus.api.requests import Call, endpoint
from referrals.rules.terms import StatementNeed


class NoStatementSerializer(serializers.ModelSerializer):
    """That the case needs no statement, and what the rules indicated that day."""

    recorded_by = name_of("recorded_by")

    class Meta:
        model = NoStatement
        fields = ("because", "indication", "recorded_by", "recorded_at")


class CaseStatementSerializer(serializers.Serializer):
    """What the rules indicate now; they decide nothing."""

    indicated = serializers.ChoiceField(choices=StatementNeed.choices())
    no_statement = NoStatementSerializer(allow_null=True, help_text="Null while nobody has recorded it")


def shown(request: Call, case: Case) -> dict[str, Any]:
    needed = {
        "indicated": queries.statement_indicated(case).value,
        "no_statement": queries.no_statement_needed(case),
    }
    return dict(CaseStatementSerializer(needed).data)


@extend_schema(operation_id="case_statement", responses={200: CaseStatementSerializer})
@endpoint("GET", roles=WHO_MAY["view_inside"])
def statement(request: Call, reference: str) -> Response:
    """Whether the case needs a police statement."""
    case = find_case(request, reference)
    WHO_MAY.permit("view_inside", request.user)
    case_viewed(request, case, "material")
    return Response(shown(request, case))

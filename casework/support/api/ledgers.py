"""The commitment ledger: each force's, and one case's, both ways."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.lists import CASES
from casework.permissions import WHO_MAY as OF_CASES
from casework.support.api.serializers import ForceLedgerSerializer, LedgerSerializer, tallied
from casework.support.ledger import (
    Given,
    asked_for_referral,
    asked_of_force,
    asked_of_forces,
    given_to,
    ledger_of_referral,
)
from casework.support.lists import forces_seen_by, ledger_viewed
from casework.support.permissions import WHO_MAY
from casework.support.rules import Ledger, finding, ledger, total
from nexus.api.requests import Call, endpoint


@extend_schema(operation_id="support_ledger_list", responses={200: ForceLedgerSerializer(many=True)})
@endpoint("GET", roles=WHO_MAY["view_ledger"])
def ledgers(request: Call) -> Response:
    """Every force of which something was asked; for a force lead their own."""
    by = request.user
    WHO_MAY.permit("view_ledger", by)
    ledger_viewed(by)
    asked = asked_of_forces(timezone.localdate())
    rows = [
        {"force": force.code, "name": force.name, "finding": finding(total(ledger(asked[force.pk])))}
        for force in forces_seen_by(by).filter(pk__in=asked)
    ]
    return Response(ForceLedgerSerializer(rows, many=True).data)


@extend_schema(operation_id="support_ledger_read", responses={200: LedgerSerializer})
@endpoint("GET", roles=WHO_MAY["view_ledger"])
def of_force(request: Call, code: str) -> Response:
    """What one force was asked and did, and what Nexus did for it."""
    by = request.user
    force = get_object_or_404(forces_seen_by(by), code=code)
    WHO_MAY.permit("view_ledger", by)
    ledger_viewed(by, force)
    things = asked_of_force(force, timezone.localdate())
    return told(ledger(things), given_to(force, reader=by))


@extend_schema(
    operation_id="case_support_ledger",
    summary="The commitments of one referral",
    responses={200: LedgerSerializer},
)
@endpoint("GET", roles=OF_CASES["view"])
def of_case(request: Call, reference: str) -> Response:
    """The four commitments of one referral, and what Nexus did for the force about it."""
    case = CASES.open(request.user, "view", reference=reference)
    CASES.viewed(request.user, case, part="support")
    referral = case.referral
    things = asked_for_referral(referral, timezone.localdate())
    given = given_to(referral.force, referral, reader=request.user)
    return told(ledger_of_referral(things), given)


def told(found: Ledger, given: list[Given]) -> Response:
    """Both sides."""
    return Response(
        LedgerSerializer(
            {
                "finding": finding(total(found)),
                "asked": tallied(found),
                "given": [{"what": each.words, "count": each.count} for each in given],
            }
        ).data
    )

"""The commitment ledger: each force's, and one case's, both ways."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.api.finding import find as find_case
from casework.api.finding import viewed as case_viewed
from casework.permissions import WHO_MAY as CASES
from casework.support.api.serializers import ForceLedgerSerializer, LedgerSerializer, tallied
from casework.support.ledger import (
    Given,
    asked_for_referral,
    asked_of_force,
    asked_of_forces,
    given_to,
    ledger_of_referral,
)
from casework.support.permissions import WHO_MAY, recipient_of
from casework.support.rules import Ledger, finding, ledger, total
from nexus.accounts.models import Force, User
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING
from nexus.audit.recording import record


def seen_by(user: User) -> QuerySet[Force]:
    """Another force's ledger does not exist for a force lead."""
    return Force.objects.filter(pk=user.force_id) if user.force_id else Force.objects.all()


@extend_schema(
    operation_id="support_ledger_list", responses={200: ForceLedgerSerializer(many=True), **READING}
)
@endpoint("GET")
def ledgers(request: Call) -> Response:
    """Every force of which something was asked; for a force lead their own."""
    by, now = request.user, timezone.now()
    WHO_MAY.permit("view_ledger", by)
    record(kind="support.ledgers_viewed", by=by, now=now, recipient=recipient_of(by))
    asked = asked_of_forces(timezone.localdate(now))
    rows = [
        {"force": force.code, "name": force.name, "finding": finding(total(ledger(asked[force.pk])))}
        for force in seen_by(by).filter(pk__in=asked)
    ]
    return Response(ForceLedgerSerializer(rows, many=True).data)


@extend_schema(operation_id="support_ledger_read", responses={200: LedgerSerializer, **READING})
@endpoint("GET")
def of_force(request: Call, code: str) -> Response:
    """What one force was asked and did, and what Nexus did for it."""
    by, now = request.user, timezone.now()
    force = get_object_or_404(seen_by(by), code=code)
    WHO_MAY.permit("view_ledger", by)
    record(
        kind="support.ledger_viewed",
        by=by,
        subject=force,
        now=now,
        recipient=recipient_of(by),
    )
    things = asked_of_force(force, timezone.localdate(now))
    return told(ledger(things), given_to(force, reader=by))


@extend_schema(operation_id="case_support_ledger", responses={200: LedgerSerializer, **READING})
@endpoint("GET")
def of_case(request: Call, reference: str) -> Response:
    """The four commitments of one referral, and what Nexus did for the force about it."""
    case = find_case(request, reference)
    CASES.permit("view", request.user)
    case_viewed(request, case, "support")
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

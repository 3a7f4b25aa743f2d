"""Assess: the rules are asked once, and what was asked and answered is kept."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import Force, User
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if
from referrals.actions.draft import reasons_not_to_start
from referrals.datawash.models import WashRow
from referrals.matrix.answers import answers_of
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.queries import reasons_it_cannot_be, wash_rows
from referrals.rules.policies import policy_on
from referrals.subjects_json import assessed, faults_in


@transaction.atomic
def assess(
    *,
    by: User,
    now: datetime,
    subject: dict[str, Any],
    force: Force | None = None,
    own_reference: str = "",
    besides: dict[str, Any] | None = None,
    wash_row: WashRow | None = None,
) -> MatrixAssessment:
    """Store what the rules say, under the policy of this day, of one subject (as `manage.py assess` reads it) for the officer's own force,
    or for `force` where an immigration officer asks. Raises Refused.

    `besides` is what else was answered (`referrals.matrix.answers.besides_of`).
    """
    WHO_MAY.permit("use", by)
    force = by.force if by.is_police else force
    reasons = reasons_not_to_start(force)
    if force is None or reasons:
        raise Refused(reasons)
    subject = {**subject, "force": force.code}
    refuse_if(faults_in([subject]))
    refuse_if(reasons_it_cannot_be(answers_of(subject, besides or {}), timezone.localdate(now)))
    if wash_row:
        wash_rows(by).get(pk=wash_row.pk)  # DoesNotExist for another force's row
    found = assessed(subject, policy_on(timezone.localdate(now)))
    assessment = MatrixAssessment.objects.create(
        force=force,
        own_reference=own_reference,
        subject=subject,
        besides=besides or {},
        policy_version=found["policy_version"],
        outcome=found["matrix"],
        found=found,
        made_by=by,
        made_at=now,
        wash_row=wash_row,
    )
    detail = {"outcome": assessment.outcome, "wash_row": wash_row.pk if wash_row else None}
    record(kind="matrix.assessed", by=by, subject=assessment, now=now, detail=detail)
    return assessment

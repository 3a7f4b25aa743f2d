"""Log a discussion: "where the matrix rejects a subject of real concern the onus is on law-enforcement to
discuss the case directly with Nexus High Harm Referrals in Croydon" (p. 11)."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused
from referrals.duty_desk import actions as duty_desk
from referrals.duty_desk.models import Enquiry
from referrals.matrix.actions.steps import lock

DISCUSSED = "You have asked the Referrals Office about this result already. Its page leads to the discussion."


@transaction.atomic
def discuss(
    *, assessment_id: int, by: User, now: datetime, asker: str, caller: str, contact: str, question: str
) -> Enquiry:
    """Put a question about this result to the Duty Desk; the same question again is the same enquiry. Raises Refused."""
    assessment = lock(assessment_id, by=by, verb="discuss")
    if assessment.enquiry and assessment.enquiry.question == question:
        return assessment.enquiry
    if assessment.enquiry:
        raise Refused(DISCUSSED)
    enquiry: Enquiry = duty_desk.log(
        by=by,
        now=now,
        asker=asker,
        force=assessment.force,
        caller=caller,
        contact=contact,
        question=question,
    )
    assessment.enquiry = enquiry
    assessment.save(update_fields=["enquiry"])
    detail = {"enquiry": enquiry.pk, "outcome": assessment.outcome}
    record(kind="matrix.discussed", by=by, subject=assessment, now=now, detail=detail)
    return enquiry

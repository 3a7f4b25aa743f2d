"""A drawn decision is read beside the evidence, and what was found is written down. It changes no decision."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import has_viewed, record
from nexus.refusals import refuse_if
from nexus.steps import Lock
from referrals.quality import telling
from referrals.quality.models import Reading
from referrals.quality.permissions import WHO_MAY
from referrals.quality.rules import Question, reasons_about


def reasons_not_to_read(reading: Reading, by: User) -> list[str]:
    """Why `by` may not record a finding: it is read, it is their own, or they have not read the evidence."""
    decision = reading.decision
    if reading.read_at:
        return [f"{reading.read_by} has already read this decision."]
    if by.pk == decision.decided_by_id:
        return ["You made this decision, so somebody else must read it."]
    if by.pk == decision.second_reader_id:
        return ["You agreed to this decision as its second reader, so somebody else must read it."]
    if not has_viewed(by=by, subject=decision.referral, kind="referral.viewed", since=reading.draw.drawn_at):
        return ["Open the referral and read the evidence before you record a finding."]
    return []


lock = Lock(Reading, WHO_MAY, join=("draw", "decision__referral", "decision__decided_by"))


@transaction.atomic
def record_finding(
    *,
    reading_id: int,
    by: User,
    now: datetime,
    overall: str,
    remarks: str = "",
    to_do: str = "",
    **answers: str,
) -> Reading:
    """Record what was found, an answer to each question and the whole. It is written once. Raises Refused."""
    reading = lock(reading_id, by=by, verb="record_finding")
    refuse_if(
        reasons_not_to_read(reading, by)
        or reasons_about(answers, overall=overall, remarks=remarks, to_do=to_do)
    )
    for question in Question:
        setattr(reading, question, answers[question])
    reading.overall, reading.remarks, reading.to_do = overall, remarks, to_do
    reading.read_by, reading.read_at = by, now
    reading.save()
    detail = {"referral": reading.decision.referral_id, "decision": reading.decision_id}
    record(kind="quality.finding_recorded", by=by, subject=reading, now=now, detail=detail)
    telling.found(reading, now=now)
    return reading

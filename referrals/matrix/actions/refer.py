"""Refer: a draft with everything the matrix was told, whatever its outcome. "A rejection never blocks
submission" (domain brief, matrix outcomes)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from referrals import actions
from referrals.datawash.actions.refer import answers_of as answers_of_row
from referrals.datawash.actions.refer import rows_of
from referrals.datawash.models import WashRow
from referrals.matrix.actions.steps import lock
from referrals.matrix.answers import Answers, answers_of
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.queries import may_tell_status, wash_rows
from referrals.models import Grounding, NationalitySource, Referral
from referrals.rules.sections import SECTIONS
from referrals.rules.terms import ConductKind

# What the draft asks again where the matrix was not told: a blank would look like an answer left out.
NO_OFFENCE = "Not yet entered"


@transaction.atomic
def refer(*, assessment_id: int, by: User, now: datetime) -> Referral:
    """Start a draft with these answers; asked again, the same draft. Raises Refused."""
    assessment = lock(assessment_id, by=by, verb="refer")
    if assessment.referral:
        return assessment.referral
    referral = actions.start(
        by=by,
        now=now,
        idempotency_key=uuid4(),  # the lock above makes it one draft
        force=assessment.force,
        officer=by.full_name,
        officer_contact=by.email[:120],
    )
    answers = answers_of(assessment.subject, assessment.besides)
    row = _row_of(assessment, by)
    from_row = _from_row(row, answers) if row else {}
    one: dict[str, Any] = {"referral_id": referral.pk, "by": by, "now": now}
    for section in SECTIONS:
        columns = {**from_row.get(section.key, {}), **answers.columns}
        values = {name: columns[name] for name in section.fields if columns.get(name) not in (None, "")}
        if values:
            actions.save_section(**one, section=section.key, values=values)
    for kind, row_values in _rows(answers, row):
        actions.add_row(**one, kind=kind, values=row_values)
    assessment.referral = referral
    assessment.save(update_fields=["referral"])
    if row and row.referral_id is None:
        row.referral = referral
        row.save(update_fields=["referral"])
    detail = {"referral": referral.pk, "outcome": assessment.outcome}
    record(kind="matrix.referred", by=by, subject=assessment, now=now, detail=detail)
    return Referral.objects.select_related("force").get(pk=referral.pk)


def _row_of(assessment: MatrixAssessment, by: User) -> WashRow | None:
    """The row it was prefilled from, unless its names have been purged."""
    if assessment.wash_row_id is None:
        return None
    found = wash_rows(by).filter(pk=assessment.wash_row_id, purged_at=None)
    return found.select_for_update(of=("self",)).first()


def _from_row(row: WashRow, answers: Answers) -> dict[str, dict[str, Any]]:
    """What a draft started from the row itself would say, by section; without where the status comes from
    when the officer gave another one."""
    answers_given = answers_of_row(row)
    known = row.person.immigration_status if row.person and may_tell_status(row) else ""
    if not known or answers.columns.get("immigration_status") != known:
        answers_given.pop("immigration", None)
    return answers_given


def _rows(answers: Answers, row: WashRow | None) -> list[tuple[str, dict[str, Any]]]:
    """(kind, values) of every row of the draft. A nationality said here is a claimed one."""
    aliases = [each for each in rows_of(row) if each[0] == "alias"] if row else []
    claimed = {"source": NationalitySource.CLAIMED}
    rows = [("nationality", {"code": code, **claimed}) for code in answers.nationalities]
    return [*aliases, *rows, *(("conduct", _event(event)) for event in answers.events)]


def _event(event: dict[str, Any]) -> dict[str, Any]:
    """A conduct event's columns. Where a conviction overseas was, the matrix did not ask."""
    intelligence = event["kind"] == ConductKind.INTELLIGENCE
    overseas = event["kind"] == ConductKind.OVERSEAS_CONVICTION
    return {
        **event,
        "offence": event["offence"] or NO_OFFENCE,
        "grounding": Grounding.ASSESSMENT if intelligence else Grounding.FACT,
        "country": "" if overseas else "GBR",
    }

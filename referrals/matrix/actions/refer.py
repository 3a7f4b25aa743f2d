"""Refer: a draft with everything the matrix was told, whatever its outcome. "A rejection never blocks
submission" (domain brief, matrix outcomes)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.ui.dates import EXACT, YEAR
from referrals import actions
from referrals.datawash.models import WashRow
from referrals.matrix.actions.steps import lock
from referrals.matrix.answers import Answers, answers_of
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.queries import day_of, may_tell_status, nationality_code, wash_rows
from referrals.models import Grounding, NationalitySource, Referral, Sex
from referrals.rules.identifiers import normal_cro, normal_pnc
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
    columns = {**answers.columns, **(_from_row(row, answers, now) if row else {})}
    one: dict[str, Any] = {"referral_id": referral.pk, "by": by, "now": now}
    for section in SECTIONS:
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


def _from_row(row: WashRow, answers: Answers, now: datetime) -> dict[str, Any]:
    """Names and identifiers as the force's own list has them; and where the status came from."""
    this_year = timezone.localdate(now).year
    columns: dict[str, Any] = {
        "surname": row.surname[:120],
        "forenames": row.forenames[:120],
        "place_of_birth": row.place_of_birth[:120],
        "sex": {"f": Sex.FEMALE, "m": Sex.MALE}.get(row.sex[:1].casefold(), ""),
        "pnc_id": _canonical(lambda: normal_pnc(row.pnc_id, this_year=this_year)),
        "cro_number": _canonical(lambda: normal_cro(row.cro)),
        "home_office_reference": row.ho_ref[:30],
    }
    born = day_of(row.dob)
    if born and not answers.columns.get("date_of_birth"):
        columns |= {"date_of_birth": born, "date_of_birth_precision": EXACT if len(row.dob) > 4 else YEAR}
    person = row.person
    if person and may_tell_status(row) and answers.columns["immigration_status"] == person.immigration_status:
        as_at = row.wash.register_as_at
        columns |= {
            "status_source": "Data-wash",
            "status_as_at": timezone.localdate(as_at) if as_at else None,
        }
    return columns


def _canonical(read: Callable[[], str]) -> str:
    """The canonical spelling; nothing for an identifier the draft would refuse."""
    try:
        return read()
    except ValueError:
        return ""


def _rows(answers: Answers, row: WashRow | None) -> list[tuple[str, dict[str, Any]]]:
    """(kind, values) of every row of the draft. A nationality said here is a claimed one."""
    codes = list(answers.nationalities)
    if row and not codes:
        codes = [code for code in [nationality_code(row.nationality)] if code]
    nationalities = [("nationality", {"code": c, "source": NationalitySource.CLAIMED}) for c in codes]
    aliases = [("alias", {"name": name}) for name in names_of(row.aliases)] if row else []
    return [*aliases, *nationalities, *(("conduct", _event(event)) for event in answers.events)]


def names_of(aliases: str) -> list[str]:
    """The names of a list's cell: semicolons or bars stand between them."""
    return [name for name in (part.strip() for part in aliases.replace("|", ";").split(";")) if name]


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

"""From a row of a report to a referral's draft: what the force wrote, and what it was told."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from nexus.ui import formatting
from referrals import actions as referral_actions
from referrals.datawash.models import Wash, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import told_of
from referrals.datawash.states import REPORTED
from referrals.models import DatePrecision, NationalitySource, Referral, Sex
from referrals.rules.nationalities import NATIONALITIES, WITHOUT_A_COUNTRY

SEXES = {"f": Sex.FEMALE, "female": Sex.FEMALE, "m": Sex.MALE, "male": Sex.MALE}
CODES = {name.casefold(): code for code, name in NATIONALITIES.items() if code not in WITHOUT_A_COUNTRY}
# What forces write for the countries whose people they name most by another word than the list's.
DEMONYMS = {
    "albanian": "ALB", "algerian": "DZA", "american": "USA", "british": "GBR", "bulgarian": "BGR",
    "chinese": "CHN", "eritrean": "ERI", "french": "FRA", "german": "DEU", "indian": "IND", "iranian": "IRN",
    "iraqi": "IRQ", "irish": "IRL", "italian": "ITA", "jamaican": "JAM", "latvian": "LVA", "lithuanian": "LTU",
    "nigerian": "NGA", "pakistani": "PAK", "polish": "POL", "portuguese": "PRT", "romanian": "ROU",
    "somali": "SOM", "spanish": "ESP", "sudanese": "SDN", "turkish": "TUR", "ukrainian": "UKR",
    "vietnamese": "VNM", "zimbabwean": "ZWE",
}  # fmt: skip


@transaction.atomic
def refer(*, row_id: int, by: User, now: datetime) -> Referral:
    """A draft with what the row says; called again, the same draft. Raises Refused, WashRow.DoesNotExist."""
    row = (
        WashRow.objects.filter(wash__in=Wash.objects.visible_to(by))
        .select_for_update(of=("self",))
        .select_related("wash")  # the referral is read after the wait, not joined before it
        .get(pk=row_id)
    )
    WHO_MAY.permit("refer", by)
    if row.referral:
        return row.referral
    refuse_if(reasons_not_to_refer(row))
    referral = referral_actions.start(
        by=by, now=now, idempotency_key=uuid4(), officer=by.full_name, officer_contact=by.email[:120]
    )
    for section, values in answers_of(row).items():
        referral_actions.save_section(referral_id=referral.pk, by=by, now=now, section=section, values=values)
    for kind, values in rows_of(row):
        referral_actions.add_row(referral_id=referral.pk, by=by, now=now, kind=kind, values=values)
    row.referral = referral
    row.save(update_fields=["referral"])
    record(
        kind="datawash.referred",
        by=by,
        subject=row.wash,
        now=now,
        detail={"row": row.pk, "referral": referral.reference},
    )
    return referral


def reasons_not_to_refer(row: WashRow) -> list[str]:
    if row.wash.state not in REPORTED:
        return ["This list has no report yet. Wash it first."]
    if row.purged_at:
        return [
            "This row was deleted at the end of the agreed time. Start a referral from the list of referrals."
        ]
    return []


def answers_of(row: WashRow) -> dict[str, dict[str, Any]]:
    """The columns of each section that the row answers. A pot is no status: it is told as a source only."""
    born, precision = date_of(row.dob)
    if row.dob_doubt and precision == DatePrecision.EXACT:
        precision = DatePrecision.ESTIMATED
    answers: dict[str, dict[str, Any]] = {
        "identity": {
            "surname": row.surname[:120],
            "forenames": row.forenames[:120],
            "date_of_birth": born,
            "date_of_birth_precision": precision,
            "sex": SEXES.get(row.sex.casefold(), ""),
            "place_of_birth": row.place_of_birth[:120],
        },
        "identifiers": {
            "pnc_id": row.pnc_id[:14],
            "cro_number": row.cro[:14],
            "home_office_reference": row.ho_ref if len(row.ho_ref) <= 30 else "",
        },
    }
    known = told_of(row)
    if known.pot_is_told and row.wash.register_as_at:
        answers["immigration"] = {
            "status_source": f"Data-wash of {formatting.date(row.wash.washed_at)}: {row.pot}",
            "status_as_at": row.wash.register_as_at.date(),
        }
    return answers


def date_of(text: str) -> tuple[date | None, str]:
    """The date of a row and how well it is known: a year alone stands as its first day."""
    if not text:
        return None, ""
    if len(text) == 4:
        return date(int(text), 1, 1), DatePrecision.YEAR_ONLY
    return date.fromisoformat(text), DatePrecision.EXACT


def rows_of(row: WashRow) -> list[tuple[str, dict[str, Any]]]:
    """Aliases and the nationality as rows of the referral. A nationality of a list is claimed, no more."""
    names = [name.strip()[:240] for name in row.aliases.replace("|", ";").split(";")]
    rows: list[tuple[str, dict[str, Any]]] = [("alias", {"name": name}) for name in names if name]
    code = code_of(row.nationality)
    return [*rows, ("nationality", {"code": code, "source": NationalitySource.CLAIMED})] if code else rows


def code_of(nationality: str) -> str:
    """The three-letter code behind a code, a country's name or a usual word for its people; "" for none."""
    text = nationality.strip()
    if text.upper() in NATIONALITIES:
        return text.upper()
    return CODES.get(text.casefold()) or DEMONYMS.get(text.casefold(), "")

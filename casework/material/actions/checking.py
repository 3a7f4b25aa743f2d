"""The statement is checked against the agreed format, paragraph by paragraph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casework.material import telling
from casework.material.actions.steps import lock, reasons_not_to, written
from casework.material.models import (
    Check,
    Kind,
    ParagraphChecked,
    PointChecked,
    Record,
    RecordChecked,
    Version,
)
from casework.material.rules import CHECKLIST, reasons_not_to_judge
from nexus.accounts.models import User
from nexus.refusals import refuse_if


@dataclass(frozen=True)
class Judgement:
    """What the checker says of one paragraph."""

    disclosable: str
    to_redact: str = ""
    remark: str = ""


def reasons_not_complete(
    version: Version,
    records: Sequence[Record],
    points: Mapping[str, bool | None],
    paragraphs: Mapping[int, Judgement],
    records_disclosable: Mapping[int, bool | None],
) -> list[str]:
    """Every point, every paragraph and every record is answered; blank is not an answer."""
    found = [f"Answer: {point.question}" for code, point in CHECKLIST.items() if points.get(code) is None]
    for number, text in enumerate(version.paragraphs, start=1):
        judgement = paragraphs.get(number, Judgement(""))
        found += reasons_not_to_judge(number, text, judgement.disclosable, judgement.to_redact)
    return found + [
        f"Select whether the record “{record.description}” may be disclosed."
        for record in records
        if records_disclosable.get(record.pk) is None
    ]


@transaction.atomic
def check_statement(
    *,
    material_id: int,
    by: User,
    now: datetime,
    points: Mapping[str, bool | None],
    paragraphs: Mapping[int, Judgement],
    records: Mapping[int, bool | None],
    remarks: str = "",
) -> Check:
    """Check the latest version of the statement. A new check of it stands instead of the earlier. Raises Refused.

    `points` answers CHECKLIST by code, `paragraphs` by number, `records` by id whether it may be disclosed.
    """
    material = lock(material_id, by=by, verb="check_statement")
    refuse_if(reasons_not_to("check_statement", material, by))
    version = material.versions.filter(kind=Kind.STATEMENT).latest("number")
    attached = list(version.ask.records.all())
    refuse_if(reasons_not_complete(version, attached, points, paragraphs, records))
    check = Check.objects.create(version=version, remarks=remarks, checked_by=by, checked_at=now)
    PointChecked.objects.bulk_create(
        PointChecked(of_check=check, code=code, met=bool(points[code])) for code in CHECKLIST
    )
    ParagraphChecked.objects.bulk_create(
        ParagraphChecked(
            of_check=check,
            number=number,
            disclosable=paragraphs[number].disclosable,
            to_redact=paragraphs[number].to_redact,
            remark=paragraphs[number].remark,
        )
        for number in range(1, len(version.paragraphs) + 1)
    )
    RecordChecked.objects.bulk_create(
        RecordChecked(of_check=check, record=record, disclosable=bool(records[record.pk]))
        for record in attached
    )
    material.changed_at = now
    material.move("check_statement", by=by, now=now)
    written(material, done="checked", by=by, now=now, detail={"check": check.pk, "version": version.pk})
    telling.checked(check, material, now=now)
    return check

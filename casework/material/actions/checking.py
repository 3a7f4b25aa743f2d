"""The statement is checked against the agreed format, paragraph by paragraph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.material import telling
from casework.material.actions.steps import lock, reasons_not_to, written
from casework.material.models import (
    Check,
    Kind,
    Material,
    ParagraphChecked,
    PointChecked,
    Record,
    RecordChecked,
    Version,
)
from casework.material.rules import (
    CHECKLIST,
    Disclosable,
    Judged,
    protections_undone,
    reasons_none_attached,
    reasons_not_to_judge,
)
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless

WHY_LET_OUT = "Enter why it may be disclosed now, or redact it again."


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
    found += reasons_none_attached(points.get("records"), len(records))
    return found + [
        f"Select whether the record “{record.description}” may be disclosed."
        for record in records
        if records_disclosable.get(record.pk) is None
    ]


def check_before(material: Material) -> Check | None:
    """The last check of any version of the statement."""
    found = Check.objects.filter(version__material=material, version__kind=Kind.STATEMENT)
    return found.select_related("version", "checked_by").prefetch_related("paragraphs").first()


def judgements_of(given: Mapping[str, Any], paragraphs: int) -> dict[int, Judgement]:
    """What the checker says of each paragraph."""
    return {
        number: Judgement(
            given[f"disclosable_{number}"],
            given.get(f"to_redact_{number}", ""),
            given.get(f"remark_{number}", ""),
        )
        for number in range(1, paragraphs + 1)
    }


def judged(version: Version, paragraphs: Mapping[int, Judgement]) -> list[Judged]:
    """Each paragraph with what this check says of it."""
    return [
        Judged(text, paragraphs[number].disclosable, paragraphs[number].to_redact)
        for number, text in enumerate(version.paragraphs, start=1)
    ]


def kept_back(check: Check) -> list[Judged]:
    """The paragraphs that a check redacts or keeps back, with their texts."""
    texts = check.version.paragraphs
    rows = [row for row in check.paragraphs.all() if row.disclosable != Disclosable.YES]
    return [Judged(texts[row.number - 1], row.disclosable, row.to_redact) for row in rows]


def reasons_not_to_let_out(before: Check | None, now: Sequence[Judged], *, because: str) -> list[str]:
    """A redaction once made is removed only knowingly: what would be let out is said, and why is asked."""
    undone = protections_undone(kept_back(before), now) if before else []
    missing = wordless(because, f"{before.checked_by} kept this back. {WHY_LET_OUT}") if before else []
    return undone + missing if undone and missing else []


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
    removes_because: str = "",
) -> Check:
    """Check the latest version of the statement. It stands instead of the earlier check, which is kept. Raises Refused.

    `points` answers CHECKLIST by code, `paragraphs` by number, `records` by id whether it may be disclosed;
    `removes_because` says why it lets out what the check before had redacted or kept back.
    """
    material = lock(material_id, by=by, verb="check_statement")
    refuse_if(reasons_not_to("check_statement", material, by))
    version = material.versions.filter(kind=Kind.STATEMENT).latest("number")
    attached = list(version.ask.records.all())
    refuse_if(reasons_not_complete(version, attached, points, paragraphs, records))
    refuse_if(
        reasons_not_to_let_out(check_before(material), judged(version, paragraphs), because=removes_because)
    )
    check = Check.objects.create(
        version=version, remarks=remarks, removes_because=removes_because, checked_by=by, checked_at=now
    )
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

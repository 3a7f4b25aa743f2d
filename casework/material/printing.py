"""The disclosable material of a case: one paginated PDF of what is approved and may be disclosed.

The bundle of a hearing is made by casework/tribunal; this is what is read of the material by itself before that.

In it are the disclosable paragraphs of every approved statement with their redactions applied, and the
disclosable records that can be printed: PDFs, pictures and plain text. Others are listed as not in it, with why.
No record, whatever is in it, makes the bundle impossible.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings

from casework.material import queries
from casework.material.models import Approval, Material, ParagraphChecked, Record
from casework.material.rules import Disclosable, passages, redacted
from casework.models import Case
from casework.parts import PrintedSection
from nexus.accounts.models import User
from nexus.confined.redacting import without
from nexus.confined.running import Failed
from nexus.documents.actions import measure
from nexus.documents.as_stored import reason_not_as_stored
from nexus.documents.kinds import KINDS, extension_of
from nexus.documents.models import StoredFile
from nexus.documents.pdf import render_pdf
from nexus.documents.places import place
from nexus.documents.reading import decoded
from nexus.documents.showing import measured, reason_not_shown
from nexus.refusals import Refused, refuse_if
from nexus.ui import formatting

NOTHING = "No statement of this case is approved, so there is nothing to bundle."
CHANGED = "“{title}” has changed since it was approved. Tell an administrator. It cannot go in a bundle."
WITHHELD = (
    "Paragraphs that may not be disclosed are left out; the others keep their numbers. "
    "Words taken out are shown as [redacted]."
)
MOST_PAGES = 1_000  # of records in one bundle
TOO_MANY = f"the bundle would have more than {MOST_PAGES:,} pages of records"
TOGETHER = "it cannot be printed together with the others"


@dataclass(frozen=True)
class Part:
    """One approved statement as it goes to the tribunal."""

    material: Material
    approval: Approval
    paragraphs: list[tuple[int, str]]
    records: list[Record]


def bundle_of(case: Case) -> list[Part]:
    """What the bundle of this case holds. Raises Refused when nothing is approved, or a text has changed."""
    approved = list(queries.approved_for(case).order_by("pk"))
    refuse_if([] if approved else [NOTHING])
    return [part_of(material) for material in approved]


def words_redacted(parts: list[Part]) -> list[str]:
    """Every passage that a check has redacted: it is taken out of every part, and of every title and name."""
    checks = [part.approval.of_check_id for part in parts]
    found = ParagraphChecked.objects.filter(of_check__in=checks).values_list("to_redact", flat=True)
    return sorted({passage for listed in found for passage in passages(listed)})


def taken_out(value: Any, words: list[str]) -> Any:
    """The same data with the words taken out of every text in it."""
    if isinstance(value, str):
        return without(value, words)
    if isinstance(value, Mapping):
        return {key: taken_out(each, words) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [taken_out(each, words) for each in value]
    return value


def part_of(material: Material) -> Part:
    approval = cast(Approval, material.approval)  # a constraint says so
    version, check = approval.version, approval.of_check
    if version.digest() != approval.sha256:
        raise Refused(CHANGED.format(title=material.title))
    judged = check.paragraphs.exclude(disclosable=Disclosable.NO)
    paragraphs = [
        (each.number, redacted(version.paragraphs[each.number - 1], each.to_redact)) for each in judged
    ]
    answers = check.records.filter(disclosable=True).select_related("record__file")
    return Part(material, approval, paragraphs, [answer.record for answer in answers])


def disclosed(part: Part) -> dict[str, Any]:
    """What may be read of one part by whom it is released to: its numbered paragraphs, and the names of its records."""
    shown = {
        "author": part.approval.version.author,
        "paragraphs": part.paragraphs,
        "records": [f"{record.description} ({record.file.name})" for record in part.records],
    }
    return cast(dict[str, Any], taken_out(shown, words_redacted([part])))


def made_of(parts: list[Part], *, case: Case, now: datetime, by: User | None = None) -> bytes:
    """The PDF, for `by`. Where the records cannot be printed together, they are looked at again, then left out."""
    reasons = reasons_not_printed(parts, by=by, now=now)
    for try_again in (looked_at_again, all_left_out):
        try:
            return printed(parts, reasons, case=case, now=now)
        except Failed:
            reasons = try_again(parts, reasons)
    return printed(parts, reasons, case=case, now=now)


def reasons_not_printed(parts: list[Part], *, by: User | None, now: datetime) -> dict[int, str]:
    """Why each record that cannot be printed is not in the bundle: a clause by the record's id."""
    reasons, pages = {}, 0
    for record in records_of(parts):
        reason = reason_not_printed(record.file) or reason_not_as_stored(record.file, by=by, now=now)
        if not reason and (pages := pages + (record.file.pages or 0)) > MOST_PAGES:
            reason, pages = TOO_MANY, pages - (record.file.pages or 0)
        if reason:
            reasons[record.pk] = reason
    return reasons


def reason_not_printed(file: StoredFile) -> str:
    """As was found when it came in; a file nobody has looked at yet is looked at now."""
    if file.pages is None and not reason_not_shown(file):
        try:
            found = measure(file_id=file.pk)
        except Failed as failed:
            return str(failed)
        if found:
            file.pages, file.not_shown = found.pages, found.not_shown
    return reason_not_shown(file)


def looked_at_again(parts: list[Part], reasons: dict[int, str]) -> dict[int, str]:
    """The same with what each drawn record, by itself, says today."""
    found = dict(reasons)
    for record in records_of(parts):
        if record.pk not in found and not KINDS[extension_of(record.file.name)].text:
            try:
                found[record.pk] = measured(record.file)[1]
            except Failed as failed:
                found[record.pk] = str(failed)
    return {pk: reason for pk, reason in found.items() if reason}


def all_left_out(parts: list[Part], reasons: dict[int, str]) -> dict[int, str]:
    return {record.pk: TOGETHER for record in records_of(parts)} | reasons


def records_of(parts: list[Part]) -> list[Record]:
    return [record for part in parts for record in part.records]


def printed(parts: list[Part], reasons: Mapping[int, str], *, case: Case, now: datetime) -> bytes:
    """The PDF without the records that have a reason against them. Raises Failed."""
    records = [record for record in records_of(parts) if record.pk not in reasons]
    drawn = [record for record in records if not KINDS[extension_of(record.file.name)].text]
    data: dict[str, Any] = {
        "title": "Nexus material that may be disclosed",
        "reference": case.referral.reference,
        "made": f"made on {formatting.date_and_time(now)}",
        "demonstration": settings.NEXUS_DEMONSTRATION,
        "cover": [
            ("Subject", case.referral.subject_name),
            ("Force", case.referral.force.name),
            ("Statements", str(len(parts))),
            ("Made", formatting.date_and_time(now)),
        ],
        "about": WITHHELD,
        "apart": [
            f"{record.description} ({record.file.name}): {reasons[record.pk]}"
            for record in records_of(parts)
            if record.pk in reasons
        ],
        "parts": [printed_part(part, reasons) for part in parts],
    }
    with ExitStack() as until_printed:
        files = {
            file_name(record): until_printed.enter_context(place().fetched(record.file.pk))
            for record in drawn
        }
        shown = taken_out(data, words_redacted(parts))
        for part in shown["parts"]:
            part["sha256"] = digest_of(part["paragraphs"])
        return render_pdf("casework/material/pdf/bundle.typ", shown, files)


def digest_of(paragraphs: list[Any]) -> str:
    """The SHA-256 of what is printed. That of the whole text would let whoever guesses a redacted name confirm it."""
    return hashlib.sha256(json.dumps(paragraphs, ensure_ascii=False).encode()).hexdigest()


def printed_part(part: Part, reasons: Mapping[int, str]) -> dict[str, Any]:
    """One part as the template takes it."""
    version = part.approval.version
    return {
        "title": part.material.title,
        "author": version.author,
        "version": version.number,
        "approved": formatting.date(part.approval.approved_at),
        "paragraphs": part.paragraphs,
        "records": [printed_record(record) for record in part.records if record.pk not in reasons],
    }


def printed_record(record: Record) -> dict[str, Any]:
    """One record as the template takes it."""
    extension = extension_of(record.file.name)
    kind = "text" if KINDS[extension].text else "pdf" if extension == "pdf" else "image"
    with place().fetched(record.file.pk) as path:
        text = decoded(path.read_bytes()) if kind == "text" else ""
    return {
        "name": record.description,
        "file": file_name(record),
        "kind": kind,
        "text": text,
        "pages": record.file.pages,
    }


def file_name(record: Record) -> str:
    return f"{record.pk}.{extension_of(record.file.name)}"


def printed_sections(*, case: Case) -> Iterator[PrintedSection]:
    """What the print of the whole case says of its material: each piece, what the force sent, and what was advised."""
    rows = []
    for material in case.material.prefetch_related("versions", "appeals_reviews").order_by("pk"):
        sent = [
            f"{version}, {version.author}, {formatting.date(version.supplied_at)}\n"
            + "\n".join(f"{number}. {text}" for number, text in enumerate(version.paragraphs, start=1))
            for version in material.versions.all()
        ]
        advised = [
            f"Specialist Appeals: {review.advice}"
            for review in material.appeals_reviews.all()
            if review.advice
        ]
        rows.append([material.title, material.get_state_display(), "\n\n".join([*sent, *advised])])
    yield PrintedSection("Nexus material", ("Material", "State", "What was sent and advised"), rows)

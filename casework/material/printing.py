"""The bundle for the tribunal: one paginated PDF of what is approved and may be disclosed.

In it are the disclosable paragraphs of every approved statement with their redactions applied, and the
disclosable records that can be printed: PDFs, pictures and plain text. Others are listed as not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from casework.material import queries
from casework.material.models import Approval, Material, Record
from casework.material.rules import Disclosable, redacted
from casework.models import Case
from nexus.documents.kinds import KINDS, extension_of
from nexus.documents.pdf import can_be_shown, pages_in, render_pdf
from nexus.documents.serving import reasons_not_to_serve
from nexus.documents.storing import path_of
from nexus.refusals import Refused, refuse_if
from nexus.ui import formatting

NOTHING = "No statement of this case is approved, so there is nothing to bundle."
CHANGED = "“{title}” has changed since it was approved. Tell an administrator. It cannot go in a bundle."
WITHHELD = (
    "Paragraphs that may not be disclosed are left out; the others keep their numbers. "
    "Words taken out are shown as [redacted]."
)
PICTURES = ("png", "jpg", "jpeg")


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


def made_of(parts: list[Part], *, case: Case, now: datetime) -> bytes:
    """The PDF. Raises Refused while a record is not clean."""
    files: dict[str, Path] = {}
    apart: list[str] = []
    bundle_parts = [told_of(part, files, apart) for part in parts]
    data: dict[str, Any] = {
        "title": "Nexus material: bundle for the tribunal",
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
        "apart": apart,
        "parts": bundle_parts,
    }
    return render_pdf("casework/material/pdf/bundle.typ", data, files)


def told_of(part: Part, files: dict[str, Path], apart: list[str]) -> dict[str, Any]:
    """One part as the template takes it; `files` and `apart` get what belongs to its records."""
    version = part.approval.version
    printed = [printed_record(record, files) for record in part.records]
    apart += [
        f"{record.description} ({record.file.name})"
        for record, found in zip(part.records, printed, strict=True)
        if found is None
    ]
    return {
        "title": part.material.title,
        "author": version.author,
        "version": version.number,
        "approved": formatting.date(part.approval.approved_at),
        "sha256": part.approval.sha256,
        "paragraphs": part.paragraphs,
        "records": [found for found in printed if found is not None],
    }


def printed_record(record: Record, files: dict[str, Path]) -> Mapping[str, Any] | None:
    """How a record is printed; None when it cannot be. Raises Refused while it is not clean."""
    refuse_if(reasons_not_to_serve(record.file))
    extension, path = extension_of(record.file.name), path_of(record.file.pk)
    entry = {"name": record.description, "file": f"{record.pk}.{extension}", "text": "", "pages": 0}
    if KINDS[extension].text:
        return {**entry, "kind": "text", "text": path.read_text("utf-8-sig", "replace")}
    if extension == "pdf":
        pages = pages_in(path)
        kind = "pdf" if pages else ""
        entry["pages"] = pages
    else:
        kind = "image" if extension in PICTURES and can_be_shown(path, extension) else ""
    if not kind:
        return None
    files[str(entry["file"])] = path
    return {**entry, "kind": kind}

"""What one entry of a bundle holds: blocks of words that we set, or the file of a document."""

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.utils import timezone

from casework.decisions.files import as_pdf
from casework.decisions.models import Hearing, Letter
from casework.decisions.rules.law import LEGAL_BASES
from casework.material.models import Approval, Material, Record
from casework.material.printing import part_of, reason_not_printed
from casework.models import CaseDocument
from casework.tribunal.candidates import (
    AUTHORITIES,
    CHRONOLOGY,
    CONVICTION_RECORD,
    FINDINGS,
    GROUNDS,
    SERVICE,
)
from casework.tribunal.chronology import Line, lines_to_print, sentence_of
from casework.tribunal.models import BundleEntry
from casework.tribunal.redactions import redacted
from nexus.confined.redacting import still_there
from nexus.documents.as_stored import reason_not_as_stored
from nexus.documents.kinds import KINDS, extension_of
from nexus.documents.models import StoredFile
from nexus.documents.places import place
from nexus.documents.reading import Unreadable, decoded
from nexus.law import law
from nexus.ui.formatting import date
from referrals.rules.terms import CONVICTIONS

GONE = "it is no longer part of the case"


@dataclass
class Prepared:
    """One entry ready to be bound: `blocks`, or the file at `path` of this `kind`; or why it is not in the bundle.

    `digest` is the hash of what goes in, with the redactions made.
    """

    entry: BundleEntry
    blocks: list[dict[str, Any]] = field(default_factory=list)
    path: Path | None = None
    kind: str = ""
    reason: str = ""
    digest: str = ""
    has_redactions: bool = False


def block(
    *,
    heading: str = "",
    text: str = "",
    paragraphs: list[tuple[int, str]] | None = None,
    heads: tuple[str, ...] = (),
    rows: list[list[str]] | None = None,
    widths: tuple[int, ...] = (),
) -> dict[str, Any]:
    """One block as the template takes it."""
    return {
        "heading": heading,
        "text": text,
        "paragraphs": [list(each) for each in paragraphs or []],
        "heads": list(heads),
        "rows": rows or [],
        "widths": list(widths),
    }


Blocks = list[dict[str, Any]]


def prepared(
    entry: BundleEntry, *, words: list[str], files: ExitStack, now: datetime, by: Any = None
) -> Prepared:
    """What goes in of this entry. A file stays where `files` has fetched it until that is left."""
    hearing = entry.bundle.hearing
    kind, _, key = entry.source.partition(":")
    if kind in WRITTEN:
        return set_by_us(entry, WRITTEN[kind](hearing, key), words)
    if kind == "letter":
        return of_letter(entry, hearing, int(key), words, files)
    stored = stored_file(kind, int(key), hearing)
    if stored is None:
        return Prepared(entry, reason=GONE)
    return of_file(entry, stored, words, files, by=by, now=now)


def set_by_us(entry: BundleEntry, blocks: Blocks | None, words: list[str]) -> Prepared:
    """Words of the record, with the redactions made in every text of them."""
    if blocks is None:
        return Prepared(entry, reason=GONE)
    shown = redacted(blocks, words)
    digest = hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return Prepared(entry, shown, digest=digest, has_redactions=shown != blocks)


def of_letter(entry: BundleEntry, hearing: Hearing, key: int, words: list[str], files: ExitStack) -> Prepared:
    """The letter as it was kept; made again without the redacted words, where it holds any."""
    letter = Letter.objects.filter(pk=key, decision=hearing.challenge.decision).first()
    if letter is None:
        return Prepared(entry, reason=GONE)
    whole = json.dumps(letter.content, ensure_ascii=False)
    holds = bool(still_there(whole, words))
    pdf = as_pdf(redacted(letter.content, words)) if holds else bytes(letter.pdf)
    kept = Path(files.enter_context(TemporaryDirectory(prefix="nexus-letter-"))) / "letter.pdf"
    kept.write_bytes(pdf)
    digest = hashlib.sha256(pdf).hexdigest()
    return Prepared(entry, path=kept, kind="pdf", digest=digest, has_redactions=holds)


def stored_file(kind: str, key: int, hearing: Hearing) -> StoredFile | None:
    """The file behind an exhibit or a document of the case, while it may still be disclosed."""
    case = hearing.challenge.decision.case
    if kind == "record":
        record = Record.objects.filter(pk=key, ask__material__case=case).select_related("file").first()
        return record.file if record else None
    paper = CaseDocument.objects.filter(pk=key, case=case, disclosable=True).select_related("file").first()
    return paper.file if paper else None


def of_file(
    entry: BundleEntry, stored: StoredFile, words: list[str], files: ExitStack, *, by: Any, now: datetime
) -> Prepared:
    """A PDF or a picture to be bound, plain text to be set by us; or why it is not in this file."""
    extension = extension_of(stored.name)
    reason = reason_not_printed(stored) if extension != "pdf" else ""
    reason = reason or reason_not_as_stored(stored, by=by, now=now)
    if reason:
        return Prepared(entry, reason=reason)
    path = files.enter_context(place().fetched(stored.pk))
    if KINDS[extension].text:
        try:
            return set_by_us(entry, [block(text=decoded(path.read_bytes()))], words)
        except Unreadable as unreadable:
            return Prepared(entry, reason=str(unreadable))
    return Prepared(entry, path=path, kind=extension, digest=stored.sha256)


# What the service writes itself, from the record: blocks of the hearing's case, or None where it is gone.


def service(hearing: Hearing, key: str) -> Blocks | None:
    decision = hearing.challenge.decision
    if not decision.served_on:
        return None
    rows = [
        ["Served on", date(decision.served_on)],
        ["How", decision.get_served_how_display()],
        ["On whom", decision.served_to],
        ["By whom", decision.served_by_whom],
        ["What was served", decision.served_document],
        ["Rests on", decision.served_rule or "An authorised operation"],
    ]
    return [block(heads=("Service", "Details"), rows=rows, widths=(30, 70))]


def grounds(hearing: Hearing, key: str) -> Blocks:
    challenge = hearing.challenge
    rows = [
        ["What was brought", challenge.get_kind_display()],
        ["Lodged", date(challenge.lodged_on)],
        ["Court or tribunal", challenge.court or "Not recorded"],
        ["Its reference", challenge.court_reference or "Not recorded"],
        ["Against", f"Decision {challenge.decision.number}, made {date(challenge.decision.decided_at)}"],
    ]
    return [block(heads=("The challenge", "Details"), rows=rows, widths=(30, 70))]


def convictions(hearing: Hearing, key: str) -> Blocks | None:
    found = [
        event
        for event in hearing.challenge.decision.case.referral.conduct.order_by("convicted_on", "pk")
        if event.kind in CONVICTIONS
    ]
    rows = [
        [
            date(event.convicted_on) or "Not recorded",
            f"{event.offence}\nOffence: {date(event.offence_on) or 'date not recorded'}",
            event.court or "Not recorded",
            f"{sentence_of(event)}\n{date(event.sentenced_on)}".strip(),
            event.get_standing_display(),
        ]
        for event in found
    ]
    heads = ("Convicted", "Offence", "Court", "Sentence", "Standing")
    words = "A caution is an admission and no conviction; cautions, arrests and acquittals are not in this schedule."
    return [block(text=words), block(heads=heads, rows=rows, widths=(17, 30, 20, 20, 13))] if rows else None


def findings(hearing: Hearing, key: str) -> Blocks | None:
    found = [
        each
        for each in hearing.challenge.decision.findings.select_related("event")
        if each.proved and not (each.event and each.event.kind in CONVICTIONS)
    ]
    words = "What follows is no criminal record. The acts were found proved on the balance of probabilities, as conduct."
    blocks = [
        block(
            heading=f"{number}. {each.allegation}", text=f"Evidence: {each.evidence}\nReasons: {each.reasons}"
        )
        for number, each in enumerate(found, start=1)
    ]
    return [block(text=words), *blocks] if blocks else None


def statement(hearing: Hearing, key: str) -> Blocks | None:
    case = hearing.challenge.decision.case
    material = Material.objects.filter(pk=int(key), case=case, approval__isnull=False).first()
    if material is None:
        return None
    part = part_of(material)
    version = cast(Approval, material.approval).version
    rows = [
        ["Name, rank and number", version.author],
        ["Force", case.referral.force.name],
        ["Given", date(version.supplied_at)],
        ["Version", f"{version.number}, approved {date(part.approval.approved_at)}"],
    ]
    kept_back = len(version.paragraphs) - len(part.paragraphs)
    note = f"{kept_back} paragraphs are withheld; the others keep their numbers." if kept_back else ""
    return [
        block(heads=("Witness", "Details"), rows=rows, widths=(30, 70)),
        block(text=note, paragraphs=part.paragraphs),
        *([exhibits(part.records, version.author)] if part.records else []),
    ]


def exhibits(records: list[Record], author: str) -> dict[str, Any]:
    rows = [[f"{number}", record.description] for number, record in enumerate(records, start=1)]
    return block(
        heading=f"Exhibits to the statement of {author}", heads=("No.", "Exhibit"), rows=rows, widths=(12, 88)
    )


def of_chronology(hearing: Hearing, key: str) -> Blocks:
    lines = lines_to_print(hearing.challenge.decision.case)
    relied = [line for line in lines if line.relied_on]
    apart = [line for line in lines if not line.relied_on]
    blocks = [table_of(relied)]
    if apart:
        words = "These are no convictions, and the respondent does not rely on them."
        blocks += [block(heading="Not relied on", text=words), table_of(apart)]
    return blocks


def table_of(lines: list[Line]) -> dict[str, Any]:
    rows = [[line.when, line.event, line.source] for line in lines]
    return block(heads=("Date", "Event", "Source"), rows=rows, widths=(20, 50, 30))


def authorities(hearing: Hearing, key: str) -> Blocks:
    """The power the decision rests on and the law that is cited beside it, each with its source."""
    decision, today = hearing.challenge.decision, timezone.localdate()
    chosen = decision.answers.get("legal_basis", {}).get("choice", "")
    codes = [basis.code for basis in LEGAL_BASES if basis.code == chosen]
    codes += ["bah_2012", "farquharson_2013"]
    rows = [[law(code).words, law(code).source] for code in codes if law(code).holds_on(today)]
    return [block(heads=("Provision or authority", "Source"), rows=rows, widths=(50, 50))]


WRITTEN: dict[str, Callable[[Hearing, str], Blocks | None]] = {
    SERVICE: service,
    GROUNDS: grounds,
    CONVICTION_RECORD: convictions,
    FINDINGS: findings,
    "statement": statement,
    CHRONOLOGY: of_chronology,
    AUTHORITIES: authorities,
}

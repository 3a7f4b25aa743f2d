"""A case with a hearing and what may go into its bundle, reached by what people do. All of it is invented."""

import io
from datetime import date, timedelta
from typing import Any

from pypdf import PdfReader

from casework import actions as casework
from casework.decisions import actions as decisions
from casework.decisions.models import Hearing
from casework.material import actions as material_actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material
from casework.models import Case
from casework.tribunal import actions
from casework.tribunal.models import Bundle, BundleVersion
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place
from referrals.models import ConductEvent
from tests.access.world import upload
from tests.builders import NOON, a_challenge, an_assigned_case
from tests.casework.material.builders import (
    answers_of,
    approve,
    attached,
    by_owner,
    fresh,
    requested,
    sent,
)

NOW = NOON + timedelta(days=4)
ON = date(2026, 12, 3)
SCHEDULED = {"on": ON, "place": "Birmingham, Priory Courts", "shared_text": "The appeal is listed."}


def a_hearing(case: Case | None = None, **changes: Any) -> Hearing:
    """Of an appeal against the served decision, whose letter was made."""
    case = case or an_assigned_case()
    challenge = a_challenge(case)
    decision = challenge.decision
    decisions.make_letter(decision_id=decision.pk, by=case.case_owner, now=NOW, template="notice")
    values = {**SCHEDULED, "witnesses": "PC Ashdown, on the assault", **changes}
    return decisions.add_hearing(challenge_id=challenge.pk, by=case.case_owner, now=NOW, **values)


def a_convicted_person(case: Case) -> None:
    """The referral names a conviction, and an arrest that led to nothing."""
    known = {"part": "convicted", "grounding": "fact", "referral": case.referral}
    ConductEvent.objects.create(
        **known,
        kind="conviction",
        offence="Robbery",
        offence_on=date(2023, 3, 4),
        convicted_on=date(2023, 9, 1),
        sentenced_on=date(2023, 10, 2),
        court="Crown Court at Leeds",
        sentence_type="custodial",
        sentence_months=26,
    )
    arrest = {"kind": "arrest_no_further_action", "offence": "Affray", "offence_on": date(2022, 1, 5)}
    ConductEvent.objects.create(**{**known, "part": "suspect"}, **arrest)


def case_of(hearing: Hearing) -> Case:
    return hearing.challenge.decision.case


def a_statement(
    case: Case,
    text: str = "I am a constable.\n\nI saw the assault.",
    files: dict[str, bytes] | None = None,
    said: dict[int, Judgement] | None = None,
    title: str = "Assaults in the town centre",
) -> Material:
    """Approved, with these records, all to be disclosed."""
    asked = requested(case=case, title=title)
    sent(asked, "Enough.")
    material = by_owner("commission", by_owner("review_summary", fresh(asked)))
    for name, content in (files or {"log.txt": b"The custody log."}).items():
        attached(material, name, content)
    version = sent(fresh(material), text)
    given = answers_of(version, said=said or {})
    material_actions.check_statement(
        material_id=material.pk, by=case.case_owner, now=version.supplied_at, **given
    )
    return approve(fresh(material))


def a_document(case: Case, name: str, description: str = "A letter from the school") -> None:
    """A document of the case that may be disclosed, found clean."""
    casework.add_document(
        case_id=case.pk,
        by=case.case_owner,
        now=NOW,
        upload=upload(name),
        description=description,
        marking="official",
        disclosable=True,
    )
    StoredFile.objects.filter(scan=Scan.QUARANTINED).update(scan=Scan.CLEAN, scanned_at=NOW)


def a_bundle(hearing: Hearing, **late: str) -> Bundle:
    case = case_of(hearing)
    return actions.start_bundle(case_id=case.pk, hearing_id=hearing.pk, by=case.case_owner, now=NOW, **late)


def chosen(bundle: Bundle, source: str, **changes: Any) -> None:
    """The entry with these answers changed."""
    entry = bundle.entries.get(source=source)
    values = {name: getattr(entry, name) for name in ("section", "title", "author", "dated_on", "included")}
    actions.change_entry(
        bundle_id=bundle.pk,
        entry_id=entry.pk,
        by=case_of(bundle.hearing).case_owner,
        now=NOW,
        **{**values, **changes},
    )


def made(bundle: Bundle, *, is_final: bool = False) -> BundleVersion:
    """Asked for, and made as the worker does."""
    owner = case_of(bundle.hearing).case_owner
    version = actions.make_bundle(bundle_id=bundle.pk, by=owner, now=NOW, is_final=is_final)
    assert actions.build(version_id=version.pk, clock=lambda: NOW), BundleVersion.objects.get(
        pk=version.pk
    ).failure
    return BundleVersion.objects.get(pk=version.pk)


def content_of(version: BundleVersion) -> bytes:
    with place().fetched(version.file_id) as path:
        return path.read_bytes()


def reader_of(version: BundleVersion) -> PdfReader:
    return PdfReader(io.BytesIO(content_of(version)))


def words_of(version: BundleVersion) -> list[str]:
    """Its pages as text, each with its gaps made one."""
    return [" ".join(page.extract_text().split()) for page in reader_of(version).pages]

"""The force writes, attaches its records, and sends. Until it is sent, it is a draft on the ask."""

import hashlib
import json
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.material import rules, telling
from casework.material.actions.steps import lock, reasons_case_ended, written
from casework.material.models import Ask, Kind, Material, Original, Record, Version
from nexus.accounts.models import User
from nexus.documents.models import Scan
from nexus.documents.storing import store
from nexus.refusals import Refused, blank, refuse_if
from nexus.soft_delete import put_back, remove

NOT_ASKED = "Your force is no longer asked for anything here."
CHANGED = "What is to be sent has changed since you opened this page. Read it again, then send it."
RECORD_SENT = "This record has been sent."
MOST_RECORDS = 20


def open_ask(material: Material) -> Ask | None:
    return material.asks.filter(closed_at=None).first()


def reasons_not_asked(material: Material) -> list[str]:
    """Why the force cannot write or send anything now."""
    return reasons_case_ended(material.case) or ([] if open_ask(material) else [NOT_ASKED])


def lock_asked(material_id: int, by: User, verb: str) -> tuple[Material, Ask]:
    """The material and what is asked now. Raises Refused when nothing is."""
    material = lock(material_id, by=by, verb=verb)
    refuse_if(reasons_not_asked(material))
    return material, material.asks.get(closed_at=None)


@transaction.atomic
def save_draft(*, material_id: int, by: User, now: datetime, author: str, text: str) -> Ask:
    """Keep what the force has written so far; nobody else reads it before it is sent. Raises Refused."""
    material, asked = lock_asked(material_id, by, "save_draft")
    asked.draft_author, asked.draft_text = author, text
    asked.save(update_fields=["draft_author", "draft_text"])
    written(material, done="draft_saved", by=by, now=now, detail={"ask": asked.pk})
    return asked


@transaction.atomic
def attach_record(
    *, material_id: int, by: User, now: datetime, upload: UploadedFile, description: str
) -> Record:
    """Attach a police record, kept in quarantine until it is scanned. Raises Refused."""
    material, asked = lock_asked(material_id, by, "attach_record")
    refuse_if(blank(description, "Enter what the record is.") + _reasons_too_many(asked))
    attached = asked.records.create(file=store(upload=upload, by=by, now=now), description=description)
    written(material, done="record_attached", by=by, now=now, detail={"record": attached.pk})
    return attached


def _reasons_too_many(request: Ask) -> list[str]:
    if request.records.count() >= MOST_RECORDS:
        return [f"There are {MOST_RECORDS} records already. Combine several in one file."]
    return []


@transaction.atomic
def remove_record(*, material_id: int, record_id: int, by: User, now: datetime) -> None:
    """Take a record away before sending; it can be put back. Raises Refused, also where it is not to be sent."""
    material, asked = lock_asked(material_id, by, "remove_record")
    removed = asked.records.filter(pk=record_id).first()
    if removed is None:
        raise Refused(RECORD_SENT)
    remove(removed, by=by, now=now)
    written(material, done="record_removed", by=by, now=now, detail={"record": record_id})


@transaction.atomic
def restore_record(*, material_id: int, record_id: int, by: User, now: datetime) -> Record:
    """Put a removed record back before sending. Raises Refused."""
    material, asked = lock_asked(material_id, by, "restore_record")
    restored = Record.with_removed.filter(pk=record_id, ask=asked).first()
    if restored is None:
        raise Refused(RECORD_SENT)
    refuse_if(_reasons_too_many(asked))
    put_back(restored)
    written(material, done="record_restored", by=by, now=now, detail={"record": record_id})
    return restored


def reasons_not_to_supply(request: Ask) -> list[str]:
    """What is still missing before it can be sent."""
    refused = request.records.filter(file__scan=Scan.REFUSED).values_list("description", flat=True)
    return (
        blank(request.draft_author, f"Enter whose {request.noun} it is.")
        + rules.reasons_not_this_text(rules.paragraphs_of(request.draft_text))
        + [f"“{name}” was refused by the virus check. Remove it." for name in refused]
    )


def digest_of_draft(request: Ask) -> str:
    """A digest of all that would be sent: the page carries it, so that nothing is sent that was not on it."""
    original = Original.objects.filter(ask=request).first()
    parts = (
        request.pk,
        request.draft_author,
        request.draft_text,
        str(original.file_id) if original else "",
        [(row.pk, row.description) for row in request.records.order_by("pk")],
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@transaction.atomic
def supply(*, material_id: int, by: User, now: datetime, as_shown: str | None = None) -> Version:
    """Send what was written, as one version that nobody can change afterwards. Raises Refused.

    `as_shown` is the digest of what the sender read; a colleague may have changed it since.
    """
    material, asked = lock_asked(material_id, by, "supply")
    refuse_if([CHANGED] if as_shown is not None and as_shown != digest_of_draft(asked) else [])
    refuse_if(reasons_not_to_supply(asked))
    verb = "supply_summary" if asked.kind == Kind.SUMMARY else "supply_statement"
    version = _version(material, asked, by, now)
    asked.closed_at = now
    asked.save(update_fields=["closed_at"])
    material.changed_at = now
    material.move(verb, by=by, now=now)
    detail = {"version": version.pk}
    if asked.kind == Kind.SUMMARY:
        written(material, done="summary_supplied", by=by, now=now, detail=detail)
    else:
        written(material, done="statement_supplied", by=by, now=now, detail=detail)
    telling.supplied(version, now=now)
    return version


def _version(material: Material, request: Ask, by: User, now: datetime) -> Version:
    version = Version(
        material=material,
        kind=request.kind,
        number=material.versions.filter(kind=request.kind).count() + 1,
        ask=request,
        author=request.draft_author,
        paragraphs=rules.paragraphs_of(request.draft_text),
        supplied_by=by,
        supplied_at=now,
    )
    version.sha256 = version.digest()
    version.save()
    return version

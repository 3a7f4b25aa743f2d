"""Reading a list's file: a worker holds the list by a lease, checks the file for viruses and has it read.

The file is opened in the confined program (linkage/files.py). Only its rows are kept: the file is erased once it is known
to be no list, or once nothing about its reading is open: where it has other headings than ours, or several sheets, it
waits until the force has had the list washed or has discarded it.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nexus import leases
from nexus.audit.recording import record
from nexus.documents import actions as documents
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place
from nexus.documents.scanning import ScannerUnavailable
from nexus.documents.storing import remove_bytes
from nexus.refusals import Refused, refuse_if
from referrals.datawash.actions.washing import Lost, lease
from referrals.datawash.linkage.checking import Rejected, Remark
from referrals.datawash.linkage.files import Answers, Asked, Listed, read_list
from referrals.datawash.linkage.headings import Heading
from referrals.datawash.models import RemarkKind, Wash, WashRemark, WashRow
from referrals.datawash.states import State

log = logging.getLogger("nexus.datawash")
TAKES = "begin_reading"
AT_ONCE = 2000  # rows in one statement
READING, KEEPING = "Reading the file", "Keeping the rows"
GONE = "The file is not there any more. Upload it again."


def read(*, wash_id: int, clock: Callable[[], datetime]) -> bool:
    """Read the file of one list and keep its rows, ask the force how it is meant, or refuse it; whether this call did it.

    Called twice, for a list that does not wait, or while the virus check does not answer, it does nothing. When it
    fails the list waits again for the next sweep, or is refused after its last attempt.
    """
    file = checked_file(wash_id, clock())
    token = begin(wash_id=wash_id, now=clock()) if file else None
    if file is None or token is None:
        return False
    try:
        listed = rows_of(file, clock(), answers_of(wash_id))
        keep(wash_id=wash_id, token=token, clock=clock, listed=listed)
        finish(wash_id=wash_id, token=token, now=clock())
    except Asked as asked:
        ask(wash_id=wash_id, token=token, now=clock(), asked=asked)
    except Refused as refused:
        refuse(wash_id=wash_id, token=token, now=clock(), faults=refused.reasons)
    except Lost:
        return False
    except Exception as problem:
        # Whatever it was, the list must not hang. Its kind only: its words could repeat a row.
        what = type(problem).__name__
        log.error("a list could not be read", extra={"id": wash_id, "kind": what})
        fail(wash_id=wash_id, token=token, now=clock(), what=what)
        return False
    return True


def checked_file(wash_id: int, now: datetime) -> StoredFile | None:
    """The waiting list's file once the virus check has spoken; None until then."""
    file = StoredFile.objects.filter(
        pk__in=Wash.objects.filter(pk=wash_id, state=State.RECEIVED).values("file")
    ).first()
    if file is None or file.scan != Scan.QUARANTINED:
        return file
    try:
        return documents.scan(file_id=file.pk, now=now)
    except ScannerUnavailable:
        log.warning("the virus scanner does not answer", extra={"id": wash_id})
        return None


def answers_of(wash_id: int) -> Answers:
    """What the force has said of this file, and under the agreement of its headings before."""
    wash = Wash.objects.select_related("agreement").get(pk=wash_id)
    columns = {**wash.agreement.columns, **wash.answers.get("columns", {})}
    return Answers(sheet=wash.answers.get("sheet", ""), columns=columns)


def rows_of(file: StoredFile, now: datetime, answers: Answers) -> Listed:
    """What the file holds. Raises Refused with why it is no list, Asked where the force must say what is meant."""
    refuse_if([f"The virus check refused the file. {file.scan_note}"] if file.scan == Scan.REFUSED else [])
    with place().fetched(file.pk) as path:
        refuse_if([] if path.exists() else [GONE])
        return read_list(path, today=timezone.localdate(now), answers=answers)


@transaction.atomic
def begin(*, wash_id: int, now: datetime) -> UUID | None:
    """Take a list whose file waits, for the length of the lease. None when it is being taken now."""
    wash = leases.take(Wash.objects.all(), wash_id, now=now, lasting=lease(), verb=TAKES)
    if wash is None:
        return None
    wash.stage = READING
    wash.save(update_fields=["stage"])
    record(kind="datawash.reading_begun", by=None, subject=wash, now=now, detail={"attempt": wash.attempts})
    return wash.lease_token


def held(wash_id: int, token: UUID) -> Wash:
    """The list, locked, while its lease still bears this token. Raises Lost."""
    wash = leases.held(Wash.objects.all(), wash_id, token=token, verb=TAKES)
    if wash is None:
        raise Lost
    return wash


def keep(*, wash_id: int, token: UUID, clock: Callable[[], datetime], listed: Listed) -> None:
    """The accepted rows, batch by batch, and everything to be said of the others and of them. Raises Lost."""
    start(wash_id=wash_id, token=token, now=clock(), listed=listed)
    for first in range(0, len(listed.accepted), AT_ONCE):
        keep_rows(
            wash_id=wash_id,
            token=token,
            now=clock(),
            first=first,
            rows=listed.accepted[first : first + AT_ONCE],
        )


@transaction.atomic
def start(*, wash_id: int, token: UUID, now: datetime, listed: Listed) -> None:
    """The counts and remarks, in place of whatever an earlier attempt left. Raises Lost."""
    wash = held(wash_id, token)
    wash.rows.all().delete()
    wash.remarks.all().delete()
    wash.read, wash.accepted, wash.rejected = listed.rows, len(listed.accepted), len(listed.rejected)
    wash.stage, wash.done, wash.about, wash.lease_ends_at = KEEPING, 0, listed.about, now + lease()
    wash.questions = questions_of(wash, headings=listed.headings)
    wash.save(
        update_fields=["read", "accepted", "rejected", "stage", "done", "about", "questions", "lease_ends_at"]
    )
    WashRemark.objects.bulk_create(remarks_of(wash, listed), batch_size=AT_ONCE)


def questions_of(wash: Wash, *, headings: Sequence[Heading], sheets: Sequence[str] = ()) -> dict[str, Any]:
    """What the force may say of this file; the sheets from which it has chosen stay open to another choice."""
    asked = list(sheets) or (wash.questions.get("sheets", []) if wash.answers.get("sheet") else [])
    return {"sheets": asked, "headings": [each._asdict() for each in headings]} if asked or headings else {}


def remarks_of(wash: Wash, listed: Listed) -> list[WashRemark]:
    said: list[tuple[RemarkKind, Rejected | Remark, str, dict[str, str]]] = [
        *((RemarkKind.REJECTED, each, each.reason, each.cells) for each in listed.rejected),
        *((RemarkKind.REPEATED, each, each.text, {}) for each in listed.repeated),
        *((RemarkKind.REMARK, each, each.text, {}) for each in listed.remarks),
    ]
    return [
        WashRemark(
            wash=wash, line=each.line, reference=each.reference, kind=kind, text=text[:300], cells=cells
        )
        for kind, each, text, cells in said
    ]


@transaction.atomic
def keep_rows(*, wash_id: int, token: UUID, now: datetime, first: int, rows: list[dict[str, str]]) -> None:
    """One batch, and how far the list is. Raises Lost."""
    wash = held(wash_id, token)
    WashRow.objects.bulk_create(
        WashRow(wash=wash, number=number, **row) for number, row in enumerate(rows, start=first)
    )
    wash.done, wash.lease_ends_at = first + len(rows), now + lease()
    wash.save(update_fields=["done", "lease_ends_at"])


@transaction.atomic
def finish(*, wash_id: int, token: UUID, now: datetime) -> None:
    """From here the force reads the check. Raises Lost."""
    wash = held(wash_id, token)
    wash.move("finish_reading", by=None, now=now)
    detail = {"read": wash.read, "accepted": wash.accepted, "rejected": wash.rejected}
    record(kind="datawash.checked", by=None, subject=wash, now=now, detail=detail)
    if not wash.questions:
        erase_file(wash)


@transaction.atomic
def ask(*, wash_id: int, token: UUID, now: datetime, asked: Asked) -> None:
    """The force must say which sheet or column is meant. The file waits for the answer."""
    try:
        wash = held(wash_id, token)
    except Lost:
        return
    forget_rows(wash)
    wash.about = asked.reasons
    wash.questions = questions_of(wash, headings=asked.headings, sheets=asked.sheets)
    wash.move("ask", by=None, now=now)
    detail = {"sheets": len(asked.sheets), "headings": len(asked.headings)}
    record(kind="datawash.asked", by=None, subject=wash, now=now, detail=detail)


@transaction.atomic
def refuse(*, wash_id: int, token: UUID, now: datetime, faults: list[str]) -> None:
    """The file is no list: the force reads why."""
    try:
        wash = held(wash_id, token)
    except Lost:
        return
    refuse_held(wash, now=now, failure=" ".join(faults), what="no list")


def refuse_held(wash: Wash, *, now: datetime, failure: str, what: str) -> None:
    """Call with the row locked."""
    forget_rows(wash)
    wash.move("refuse", by=None, now=now, reason=what, failure=failure)
    record(kind="datawash.refused", by=None, subject=wash, now=now, detail={"problem": what})
    erase_file(wash)


def forget_rows(wash: Wash) -> None:
    """Nothing of an earlier reading stays."""
    wash.rows.all().delete()
    wash.remarks.all().delete()
    wash.read = wash.accepted = wash.rejected = 0


def erase_file(wash: Wash) -> None:
    """Only rows are kept, never the file."""
    file, wash.file = wash.file, None
    wash.save()
    if file:
        remove_bytes([file.pk])
        file.delete()


@transaction.atomic
def fail(*, wash_id: int, token: UUID, now: datetime, what: str) -> None:
    """Let the list wait again after a failure, or refuse it after its last attempt."""
    try:
        wash = held(wash_id, token)
    except Lost:
        return
    wait_again_or_refuse(wash, now=now, what=what)


def wait_again_or_refuse(wash: Wash, *, now: datetime, what: str) -> None:
    """Back to waiting, or refused with a sentence once the attempts are used up. Call with the row locked."""
    if wash.attempts < settings.NEXUS_DATAWASH_ATTEMPTS:
        wash.move("wait_again", by=None, now=now, reason=what)
        record(kind="datawash.waiting_again", by=None, subject=wash, now=now, detail={"problem": what})
        return
    failure = f"Reading failed {wash.attempts} times. Upload the file again; if it fails again, tell support “data-wash {wash.pk}: {what}”."
    refuse_held(wash, now=now, failure=failure, what=what)

"""The daily exchange with whatever keys for us: confirmations come in, what is pending goes out."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework.keying.adapters import Confirmation, Line, adapter
from casework.keying.models import Entry, Keyed, System
from casework.keying.queries import entries
from nexus.audit.recording import record
from nexus.ui.formatting import date
from referrals.models import Referral

LONGEST_NAME = 120
LONGEST_RECEIPT = 80
OUTSIDE = "CID or Atlas"


@transaction.atomic
def exchange(*, now: datetime) -> dict[str, int]:
    """Take in, then give out; answers how many were taken, left out and given. What names no pending entry,
    no system or nobody is left out: it stays pending and is given again."""
    partner = adapter()
    taken = [take(confirmation, now=now) for confirmation in partner.taken()]
    pending = entries(Entry.objects.pending()).order_by("happened_at", "pk")
    given = partner.give([line(entry) for entry in pending], timezone.localdate(now).isoformat())
    transaction.on_commit(partner.settle)
    counts = {"taken": taken.count(True), "left_out": taken.count(False), "given": given}
    if any(counts.values()):
        record(kind="keying.exchanged", by=None, now=now, recipient=OUTSIDE, detail=counts)
    return counts


def take(said: Confirmation, *, now: datetime) -> bool:
    """Store one confirmation; False where it cannot be."""
    entry = Entry.objects.filter(pk=said.key).first()
    if entry is None or said.system not in System.values or not said.keyed_by:
        return False
    Referral.objects.select_for_update().get(pk=entry.referral_id)
    entry = entries(Entry.objects.all()).get(pk=said.key)
    if entry.keyed:
        return False
    row = Keyed.objects.create(
        key=entry.key,
        referral=entry.referral,
        system=said.system,
        words=entry.instruction.words,
        keyed_by_name=said.keyed_by[:LONGEST_NAME],
        keyed_at=now,
        receipt=said.receipt[:LONGEST_RECEIPT],
    )
    record(kind="keying.confirmed", by=None, subject=row, now=now, detail={"key": entry.key})
    return True


def line(entry: Entry) -> Line:
    told, referral = entry.instruction, entry.referral
    return Line(
        key=entry.key,
        reference=referral.reference,
        home_office_reference=referral.home_office_reference,
        cid_person_id=referral.cid_person_id,
        screen=told.screen,
        act=told.act,
        code=told.code,
        value=told.value,
        happened_on=date(entry.happened_at),
    )

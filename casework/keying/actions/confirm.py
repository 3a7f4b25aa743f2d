"""An entry was keyed on CID or Atlas, by whom and when; and the taking back of a confirmation."""

from datetime import datetime
from typing import cast

from django.db import transaction

from casework.keying.models import Entry, Keyed
from casework.keying.permissions import WHO_MAY
from casework.keying.queries import entries
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from referrals.models import Referral


def lock(key: str, *, by: User) -> Entry:
    """The entry, its referral locked until the transaction ends. A view cannot be locked, its referral can.

    Raises Entry.DoesNotExist outside what `by` may see.
    """
    seen = Entry.objects.visible_to(by)
    Referral.objects.select_for_update().get(pk=seen.get(pk=key).referral_id)
    return entries(seen).get(pk=key)


def reasons_not_to_confirm(entry: Entry) -> list[str]:
    if entry.keyed:
        return [f"{entry.keyed.who} has already confirmed that this was keyed."]
    return []


def reasons_not_to_correct(entry: Entry) -> list[str]:
    return [] if entry.keyed else ["Nobody has confirmed this entry, so there is nothing to correct."]


@transaction.atomic
def confirm(*, key: str, by: User, now: datetime, system: str, receipt: str = "") -> Keyed:
    """Confirm that exactly this was keyed in `system`, which gave a `receipt` where it did so itself. Raises Refused."""
    entry = lock(key, by=by)
    WHO_MAY.permit(entry.verb, by)
    refuse_if(reasons_not_to_confirm(entry) or blank(system, "Select where it was keyed."))
    row = Keyed.objects.create(
        key=key,
        referral=entry.referral,
        system=system,
        words=entry.instruction.words,
        keyed_by=by,
        keyed_at=now,
        receipt=receipt,
    )
    record(kind="keying.confirmed", by=by, subject=row, now=now, detail={"key": key, "system": system})
    return row


@transaction.atomic
def correct(*, key: str, by: User, now: datetime, reason: str) -> Keyed:
    """Take a confirmation back, with a reason: the entry is pending again. Raises Refused."""
    entry = lock(key, by=by)
    WHO_MAY.permit(entry.verb, by)
    refuse_if(reasons_not_to_correct(entry) or wordless(reason, "Enter what was wrong."))
    row = cast(Keyed, entry.keyed)
    row.corrected_by, row.corrected_at, row.corrected_because = by, now, reason
    row.save()
    record(kind="keying.corrected", by=by, subject=row, now=now, reason=reason, detail={"key": key})
    return row

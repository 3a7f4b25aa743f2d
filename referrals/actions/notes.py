"""A note about a referral, or a dissent from what a colleague has decided, found or answered already."""

from datetime import datetime

from django.core.signing import BadSignature
from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.instead import signed_row
from nexus.refusals import Refused, refuse_if, wordless
from referrals.actions.steps import lock
from referrals.models import NoteKind, ReferralNote

NOTHING_TO_DISSENT_FROM = "Say what you dissent from on its own page."


@transaction.atomic
def add_note(
    *, referral_id: int, by: User, now: datetime, kind: str, text: str, about: str = ""
) -> ReferralNote:
    """Write it down in `by`'s name; no state moves. `about` is the signed row it is about (nexus/instead.py).

    The same text pressed twice is one note. Raises Refused.
    """
    referral = lock(referral_id, by=by, verb="add_note")
    model, row_id, called = _row(about)
    refuse_if(
        wordless(text, "Enter what is to be kept.")
        + ([NOTHING_TO_DISSENT_FROM] if kind == NoteKind.DISSENT and row_id is None else [])
    )
    note, new = ReferralNote.objects.get_or_create(
        referral=referral,
        kind=NoteKind(kind),
        by=by,
        text=text.strip(),
        row_model=model,
        row_id=row_id,
        defaults={"at": now, "about": called},
    )
    if new:
        detail = {"note": note.pk, "about": model, "row": row_id}
        record(kind=f"referral.{note.kind}_added", by=by, subject=referral, now=now, detail=detail)
    return note


def _row(about: str) -> tuple[str, int | None, str]:
    """The row it is about; nothing where it is about the referral. Raises Refused."""
    try:
        return signed_row(about) if about else ("", None, "")
    except BadSignature:
        raise Refused(NOTHING_TO_DISSENT_FROM) from None

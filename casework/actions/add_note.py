"""A working note. Never shown to the force."""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import CaseNote
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


@transaction.atomic
def add_note(*, case_id: int, by: User, now: datetime, text: str) -> CaseNote:
    """Write a note on the case. Raises Refused."""
    case = lock(case_id, by=by, verb="add_note")
    refuse_if(reasons_not_to("add_note", case, by) or blank(text, "Enter the note."))
    note = CaseNote.objects.create(case=case, text=text, written_by=by, written_at=now)
    save(case, done="note_added", by=by, now=now, detail={"note": note.pk})
    return note

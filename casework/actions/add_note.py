"""A working note, and the colleagues who are to read it. Never shown to the force."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casework import telling
from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case, CaseNote, Mention
from casework.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_to_mention(people: Sequence[User]) -> list[str]:
    """Who is mentioned must be able to read the note."""
    return [
        f"{person} cannot open this case. Choose somebody who can."
        for person in people
        if not (person.is_active and WHO_MAY.may("view", person))
    ]


@transaction.atomic
def add_note(*, case_id: int, by: User, now: datetime, text: str, mentions: Sequence[User] = ()) -> CaseNote:
    """Write a note on the case and tell those mentioned that there is one. Raises Refused."""
    case = lock(case_id, by=by, verb="add_note")
    refuse_if(
        reasons_not_to("add_note", case, by)
        or blank(text, "Enter the note.") + reasons_not_to_mention(mentions)
    )
    note = CaseNote.objects.create(case=case, text=text, written_by=by, written_at=now)
    notified = [Mention(note=note, person=person) for person in {each.pk: each for each in mentions}.values()]
    Mention.objects.bulk_create(notified)
    detail = {"note": note.pk} | ({"mentions": [row.person_id for row in notified]} if notified else {})
    save(case, done="note_added", by=by, now=now, detail=detail)
    telling.mentioned(note, [row.person for row in notified], now=now)
    return note


@transaction.atomic
def see_mentions(*, case: Case, by: User, now: datetime) -> int:
    """The person has opened the notes of the case: what mentions them there is no longer new to them."""
    return Mention.objects.filter(person=by, seen_at=None, note__case=case).update(seen_at=now)

"""What the desk does with an enquiry among itself: hand it over, link it to a referral, write a note."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import Refused, blank, refuse_if
from referrals.duty_desk import telling
from referrals.duty_desk.actions.steps import lock
from referrals.duty_desk.models import Enquiry, EnquiryNote
from referrals.duty_desk.permissions import WHO_MAY
from referrals.duty_desk.states import State
from referrals.models import Referral


def reasons_not_to_hand_over(enquiry: Enquiry) -> list[str]:
    if enquiry.state != State.OPEN:
        return ["This enquiry is answered, so there is nothing to hand over. Reopen it first."]
    return []


def reasons_not_to_hand_to(enquiry: Enquiry, to: User, by: User, note: str) -> list[str]:
    """Only who may answer can have it; everybody but who takes what nobody has says why."""
    if not (to.is_active and WHO_MAY.may("answer", to)):
        return [f"{to} does not answer enquiries. Choose a referrals officer."]
    if to.pk == enquiry.owner_id:
        return [f"{to} already has this enquiry."]
    if to == by and enquiry.owner_id is None:
        return []
    return blank(note, "Enter what the next officer needs to know.")


@transaction.atomic
def hand_over(*, enquiry_id: int, by: User, now: datetime, to: User, note: str = "") -> Enquiry:
    """Give an open enquiry to a named officer, or take one that nobody has. Raises Refused."""
    enquiry = lock(enquiry_id, by=by, verb="hand_over")
    refuse_if(reasons_not_to_hand_over(enquiry) or reasons_not_to_hand_to(enquiry, to, by, note))
    give(enquiry, to, by=by, now=now, note=note)
    return enquiry


def give(enquiry: Enquiry, to: User, *, by: User, now: datetime, note: str = "") -> None:
    """Its officer is `to` from now on, with what they need to know."""
    before, enquiry.owner = enquiry.owner_id, to
    enquiry.save()
    given = EnquiryNote.objects.create(enquiry=enquiry, text=note, to=to, by=by, at=now)
    people = {"from": before, "to": to.pk}
    record(kind="enquiry.handed_over", by=by, subject=enquiry, now=now, reason=note, detail=people)
    telling.handed_over(given, by=by, now=now)


def reasons_not_to_take(enquiry: Enquiry) -> list[str]:
    """It is still open, and nobody has it."""
    taken = [f"{enquiry.owner} has this enquiry now."] if enquiry.owner else []
    return reasons_not_to_hand_over(enquiry) or taken


@transaction.atomic
def take(*, enquiry_id: int, by: User, now: datetime) -> Enquiry:
    """Take an open enquiry that nobody has; taken twice it stays theirs. Raises Refused, with who was quicker."""
    enquiry = lock(enquiry_id, by=by, verb="take")
    if enquiry.owner_id == by.pk:
        return enquiry
    refuse_if(reasons_not_to_take(enquiry))
    give(enquiry, by, by=by, now=now)
    return enquiry


@transaction.atomic
def link(*, enquiry_id: int, by: User, now: datetime, reference: str) -> Enquiry:
    """Say which referral the enquiry is about, by the reference of one the officer sees. Raises Refused."""
    enquiry = lock(enquiry_id, by=by, verb="link")
    wanted = reference.strip().upper()
    referral = Referral.objects.visible_to(by).filter(reference=wanted).first()
    if referral is None:
        raise Refused(f"There is no referral {wanted} that you can see. Check the reference.")
    if referral.pk == enquiry.referral_id:
        raise Refused(f"This enquiry is already linked to {referral.reference}.")
    enquiry.referral = referral
    enquiry.save()
    EnquiryNote.objects.create(enquiry=enquiry, referral=referral, by=by, at=now)
    record(kind="enquiry.linked", by=by, subject=enquiry, now=now, detail={"referral": referral.pk})
    return enquiry


@transaction.atomic
def add_note(*, enquiry_id: int, by: User, now: datetime, text: str) -> EnquiryNote:
    """Write down what the desk must know; who asked does not see it. Raises Refused."""
    enquiry = lock(enquiry_id, by=by, verb="add_note")
    refuse_if(blank(text, "Enter the note."))
    note = EnquiryNote.objects.create(enquiry=enquiry, text=text, by=by, at=now)
    record(kind="enquiry.note_added", by=by, subject=enquiry, now=now, detail={"note": note.pk})
    return note

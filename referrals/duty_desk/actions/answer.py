"""Answer an enquiry, or take it up again when the answer was not the end of it."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from referrals.duty_desk import telling
from referrals.duty_desk.actions.steps import lock
from referrals.duty_desk.models import Enquiry


def give_answer(enquiry: Enquiry, *, by: User, now: datetime, reply: str) -> None:
    """Move, save, record. The change keeps these words when a later answer replaces them."""
    enquiry.move("answer", by=by, now=now, reason=reply, reply=reply)
    record(kind="enquiry.answered", by=by, subject=enquiry, now=now, recipient=enquiry.asking)
    telling.answered(enquiry, by=by, now=now)


@transaction.atomic
def answer(*, enquiry_id: int, by: User, now: datetime, reply: str) -> Enquiry:
    """The desk answers, and who asked reads it: "a Duty Officer function to answer daily queries" (p. 6).

    Raises Refused.
    """
    enquiry = lock(enquiry_id, by=by, verb="answer")
    refuse_if(enquiry.reasons_not_to_move("answer") or blank(reply, "Enter the answer."))
    give_answer(enquiry, by=by, now=now, reply=reply)
    return enquiry


@transaction.atomic
def reopen(*, enquiry_id: int, by: User, now: datetime, reason: str) -> Enquiry:
    """The desk or who asked says what is still open; the earlier answer stays readable. Raises Refused."""
    enquiry = lock(enquiry_id, by=by, verb="reopen")
    refuse_if(enquiry.reasons_not_to_move("reopen") or wordless(reason, "Enter what is still open."))
    enquiry.move("reopen", by=by, now=now, reason=reason)
    record(kind="enquiry.reopened", by=by, subject=enquiry, now=now, reason=reason)
    return enquiry

"""What the force adds to a referral it has sent, without being asked."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals import telling
from referrals.actions.attach import add_document
from referrals.actions.lapse import lapse
from referrals.actions.steps import blank, lock
from referrals.models import InformationRequest, Question, Referral
from referrals.states import State

NOT_ASKED = "Added by the force without being asked"


def reasons_not_to_add(referral: Referral) -> list[str]:
    """A draft is changed on its own pages; a withdrawn referral takes nothing more."""
    if referral.state == State.DRAFT:
        return ["This referral has not been sent. Add the information in its sections."]
    if referral.state == State.WITHDRAWN:
        return ["This referral has been withdrawn. Start a new referral to send more."]
    return []


@transaction.atomic
def add_information(
    *, referral_id: int, by: User, now: datetime, answer: str, document: dict[str, Any] | None = None
) -> Question:
    """Add words, and a document where there is one, to a referral that was sent. Raises Refused.

    It is kept as an answer to nobody's question, asked and answered at once, so that every page, print and endpoint
    that shows what the force answered shows it too. A proposed decision is void, and who read the referral before
    must read what is new.
    """
    referral = lock(referral_id, by=by, verb="add_information")
    refuse_if(reasons_not_to_add(referral) or blank(answer, "Enter what you want to add."))
    request = InformationRequest.objects.create(referral=referral, asked_by=by, asked_at=now, closed_at=now)
    added = Question.objects.create(
        request=request,
        number=1,
        text=NOT_ASKED,
        due_on=timezone.localdate(now),
        owner=by,
        answer=answer,
        answered_by=by,
        answered_at=now,
    )
    if document:
        add_document(referral, by=by, now=now, question=added, **document)
    lapse(referral=referral, by=by, now=now, verb="add_information")
    referral.changed_at = now
    referral.save()
    record(kind="referral.added_to", by=by, subject=referral, now=now, detail={"question": added.pk})
    telling.added(request, now=now)
    return added

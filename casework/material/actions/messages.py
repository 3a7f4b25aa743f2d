"""Questions and answers between the case-owner and the force, in one thread."""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import reasons_not_theirs
from casework.material import telling
from casework.material.actions.steps import lock, reasons_case_ended, written
from casework.material.models import Message
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.refusals import blank, refuse_if


@transaction.atomic
def write_message(*, material_id: int, by: User, now: datetime, text: str) -> Message:
    """Write to the other side; both read it, and it stays as it is. Raises Refused."""
    material = lock(material_id, by=by, verb="write_message")
    refuse_if(
        reasons_case_ended(material.case)
        or reasons_not_theirs(material.case, by)
        or blank(text, "Enter your message.")
    )
    from_force = by.role in POLICE_ROLES
    message = material.messages.create(text=text, by=by, from_force=from_force, at=now)
    force = material.case.referral.force.name
    written(material, done="message_written", by=by, now=now, recipient=force, detail={"message": message.pk})
    telling.message_written(message, now=now)
    return message

"""A request is written down the day it comes, and its month begins."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.rights.models import AccessRequest
from nexus.rights.permissions import WHO_MAY
from nexus.rights.rules import answer_by


@transaction.atomic
def receive(
    *,
    by: User,
    now: datetime,
    name: str,
    born_on: date | None,
    contact: str,
    identity: str,
    received_on: date,
) -> AccessRequest:
    """Write the request down; by when it is answered follows from the day it came. Raises Refused."""
    WHO_MAY.permit("receive", by)
    future = received_on > timezone.localdate(now)
    refuse_if(
        blank(name, "Enter the name of the person.")
        + blank(contact, "Enter how to reach them.")
        + wordless(identity, "Enter how you know that it is they.")
        + (["The day it was received must be today or in the past."] if future else [])
    )
    request = AccessRequest.objects.create(
        name=name,
        born_on=born_on,
        contact=contact,
        identity=identity,
        received_on=received_on,
        due_on=answer_by(received_on),
        received_by=by,
        received_at=now,
    )
    record(kind="access.received", by=by, subject=request, now=now)
    return request

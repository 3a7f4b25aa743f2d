"""Log a question to the Duty Desk: by those who ask, or by an officer for the caller on the telephone."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if
from referrals.duty_desk.models import Asker, Enquiry
from referrals.duty_desk.permissions import WHO_MAY

# In whose name each role may ask. The desk writes down whoever calls.
ASKS_AS: dict[str, frozenset[str]] = {
    Role.POLICE_OFFICER: frozenset({Asker.FORCE}),
    Role.FORCE_LEAD: frozenset({Asker.FORCE}),
    Role.IMMIGRATION_OFFICER: frozenset({Asker.ICE, Asker.CCU, Asker.CUSTODY}),
    Role.CRIMINAL_CASEWORK: frozenset({Asker.CRIMINAL_CASEWORK}),
    Role.REFERRALS_OFFICER: frozenset(Asker.values),
}


def reasons_not_to_ask_as(by: User, asker: str, force: Force | None) -> list[str]:
    """Nobody asks in another's name, and police ask for their own force only."""
    if asker not in ASKS_AS[by.role]:
        return ["Select who asks: it must be where you work."]
    if asker == Asker.FORCE and force is None:
        return ["Select the force that asks."]
    if by.role in POLICE_ROLES and force != by.force:
        return [f"You can ask for {by.force} only."]
    return []


@transaction.atomic
def log(
    *,
    by: User,
    now: datetime,
    asker: str,
    force: Force | None,
    caller: str,
    contact: str,
    question: str,
) -> Enquiry:
    """A new open enquiry that nobody owns yet. Raises Refused.

    `force` is who asks where a police force asks, otherwise the force it is about, if any.
    """
    WHO_MAY.permit("log", by)
    refuse_if(
        reasons_not_to_ask_as(by, asker, force)
        + blank(caller, "Enter the name of the caller.")
        + blank(question, "Enter the question.")
    )
    enquiry = Enquiry.objects.create(
        asker=asker,
        force=force,
        caller=caller,
        contact=contact,
        question=question,
        logged_by=by,
        logged_at=now,
    )
    record(kind="enquiry.logged", by=by, subject=enquiry, now=now, recipient="Duty Desk")
    return enquiry

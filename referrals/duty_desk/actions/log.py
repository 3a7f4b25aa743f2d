"""Log a question to the Duty Desk: by those who ask, or by an officer for the caller on the telephone."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if
from referrals.duty_desk.actions.answer import give_answer
from referrals.duty_desk.models import Asker, Enquiry
from referrals.duty_desk.permissions import ASKS, WHO_MAY

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
    if asker not in ASKS_AS.get(by.role, ()):
        return ["Select who asks: it must be where the caller works."]
    if asker == Asker.FORCE and force is None:
        return ["Select the force that asks."]
    if by.role in POLICE_ROLES and force != by.force:
        return [f"{by.force} can ask for itself only."]
    return []


def reasons_not_asked_by(account: User | None, asker: str, force: Force | None) -> list[str]:
    """Whose account reads the answer must be somebody who could have asked it there."""
    if account is None:
        return []
    if account.role not in ASKS:
        return [f"{account} cannot ask the Duty Desk, so the answer cannot be shown there."]
    return reasons_not_to_ask_as(account, asker, force)


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
    asked_by: User | None = None,
    reply: str = "",
    idempotency_key: UUID | None = None,
) -> Enquiry:
    """A new enquiry that nobody owns yet. Raises Refused.

    `force` is who asks where a police force asks, otherwise the force it is about, if any. An officer may
    name the caller's account in `asked_by`, and in `reply` what they said there and then. The same key
    from the same person gives the same enquiry back.
    """
    WHO_MAY.permit("log", by)
    asked_by = by if by.role in ASKS else asked_by
    refuse_if(
        reasons_not_to_ask_as(by, asker, force)
        + reasons_not_asked_by(asked_by if asked_by != by else None, asker, force)
        + blank(caller, "Enter the name of the caller.")
        + blank(question, "Enter the question.")
    )
    if already := logged_already(by, idempotency_key):
        return already
    enquiry = Enquiry.objects.create(
        asker=asker,
        force=force,
        caller=caller,
        contact=contact,
        question=question,
        asked_by=asked_by,
        logged_by=by,
        logged_at=now,
        idempotency_key=idempotency_key,
    )
    record(kind="enquiry.logged", by=by, subject=enquiry, now=now)
    if reply.strip():
        WHO_MAY.permit("answer", by)
        give_answer(enquiry, by=by, now=now, reply=reply)
    return enquiry


def logged_already(by: User, key: UUID | None) -> Enquiry | None:
    """What the same key made before; the second of two at once waits for the first."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"log {by.pk} {key}"])
    return Enquiry.objects.filter(logged_by=by, idempotency_key=key).first()

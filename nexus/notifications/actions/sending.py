"""Sending one e-mail at most once.

Only a failure before the mail server took the message is tried again. A worker that dies, or a connection that
ends before the answer, leaves it open whether the message went out: then it is parked, never sent twice.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from nexus.audit.recording import record
from nexus.leases import held, take
from nexus.notifications.govuk_notify import NotSent
from nexus.notifications.models import Mail
from nexus.notifications.writing import message_of
from nexus.ui.formatting import count

log = logging.getLogger("nexus.notifications")

# How long to wait after each failure; after one more the e-mail is parked.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
REFUSED = (SMTPResponseException, SMTPRecipientsRefused, NotSent)
MAY_HAVE_ARRIVED = (
    "The connection ended before the mail server confirmed this e-mail, so it may have arrived. "
    "It is not sent twice. The person has the notification in Nexus."
)
DISABLED = "The account was disabled before the e-mail was sent, so it was not sent."


def send(*, mail_id: int, clock: Callable[[], datetime]) -> bool:
    """Claim the e-mail and send it; whether this call did. A row that is not due, or taken, is left alone."""
    token = begin(mail_id=mail_id, now=clock())
    if token is None:
        return False
    try:
        sent = hand_over(message_of(Mail.objects.select_related("person").get(pk=mail_id), now=clock()))
    except Exception as problem:
        # Whatever it was, the row must not hang. Its kind only: its words could repeat an address.
        what = type(problem).__name__
        log.error("an e-mail may not have been sent", extra={"id": mail_id, "kind": what})
        park(mail_id=mail_id, token=token, now=clock(), failure=MAY_HAVE_ARRIVED, may_have_arrived=True)
        return False
    if sent:
        log.warning("an e-mail was not taken", extra={"id": mail_id, "kind": sent})
        postpone(mail_id=mail_id, token=token, now=clock(), what=sent)
        return False
    return finish(mail_id=mail_id, token=token, now=clock())


def hand_over(message: EmailMessage) -> str:
    """Give the message to the mail server: "" when it took it, else what refused it for certain.

    Raises whatever leaves it open whether the message went out.
    """
    connection = get_connection()
    try:
        connection.open()
    except Exception as problem:
        return type(problem).__name__
    try:
        connection.send_messages([message])
    except REFUSED as problem:
        return type(problem).__name__
    finally:
        with suppress(Exception):  # the answer was given before; how the server says goodbye changes nothing
            connection.close()
    return ""


@transaction.atomic
def begin(*, mail_id: int, now: datetime) -> UUID | None:
    """Take a due e-mail for the length of the lease. None when it is not waiting, or being taken now."""
    due = Mail.objects.filter(due_at__lte=now).select_related("person")
    lease = timedelta(seconds=settings.NEXUS_MAIL_LEASE_SECONDS)
    mail = take(due, mail_id, now=now, lasting=lease)
    if mail is None:
        return None
    record(kind="mail.begun", by=None, subject=mail, now=now, detail={"attempt": mail.attempts})
    if not mail.person.is_active:
        give_up(mail, now=now, failure=DISABLED)
        return None
    return mail.lease_token


@transaction.atomic
def finish(*, mail_id: int, token: UUID, now: datetime) -> bool:
    """The mail server has it. False when the sweep had given the row up meanwhile."""
    mail = held(Mail.objects.all(), mail_id, token=token)
    if mail is None:
        return False
    mail.move("finish", by=None, now=now)
    record(kind="mail.sent", by=None, subject=mail, now=now, recipient=str(mail.person_id))
    return True


@transaction.atomic
def postpone(*, mail_id: int, token: UUID, now: datetime, what: str) -> None:
    """It surely did not go out: later again, or parked after the last attempt."""
    mail = held(Mail.objects.all(), mail_id, token=token)
    if mail is None:
        return
    if mail.attempts > len(WAITS):
        give_up(mail, now=now, failure=refused_sentence(mail, what))
        return
    mail.move("postpone", by=None, now=now, reason=what, due_at=now + WAITS[mail.attempts - 1])
    record(kind="mail.postponed", by=None, subject=mail, now=now, detail={"problem": what})


@transaction.atomic
def park(*, mail_id: int, token: UUID, now: datetime, failure: str, may_have_arrived: bool) -> None:
    mail = held(Mail.objects.all(), mail_id, token=token)
    if mail is not None:
        give_up(mail, now=now, failure=failure, may_have_arrived=may_have_arrived)


def give_up(mail: Mail, *, now: datetime, failure: str, may_have_arrived: bool = False) -> None:
    """Parked with a sentence for administrators. Call with the row locked."""
    mail.move("park", by=None, now=now, reason=failure, failure=failure, may_have_arrived=may_have_arrived)
    record(kind="mail.parked", by=None, subject=mail, now=now, detail={"may_have_arrived": may_have_arrived})


def refused_sentence(mail: Mail, what: str) -> str:
    """What administrators read of an e-mail that was refused every time."""
    return (
        f"The mail server refused this e-mail after {count(mail.attempts, 'attempt')} ({what}). "
        "Check the address and the mail settings, then send it again."
    )

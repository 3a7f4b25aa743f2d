"""An administrator has an e-mail sent again that was refused."""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail
from nexus.notifications.permissions import WHO_MAY
from nexus.refusals import refuse_if
from nexus.steps import Lock

lock = Lock(Mail, WHO_MAY)


def reasons_not_to_retry(mail: Mail) -> list[str]:
    """What may have arrived is never sent again: one message an event."""
    reasons = mail.reasons_not_to_move("retry")
    if not reasons and mail.may_have_arrived:
        return ["This e-mail may have arrived, so it is not sent again. The person has it in Nexus."]
    return reasons


@transaction.atomic
def retry(*, mail_id: int, by: User, now: datetime) -> Mail:
    """Send a parked e-mail again, from the first attempt. Raises Refused, or Mail.DoesNotExist."""
    mail = lock(mail_id, by=by, verb="retry")
    refuse_if(reasons_not_to_retry(mail))
    mail.move("retry", by=by, now=now)
    record(kind="mail.retried", by=by, subject=mail, now=now)
    ask_for_sending([mail.pk])
    return mail

"""Django e-mails through GOV.UK Notify.

Notify sends what a template made on its pages says. Ours has the subject ((subject)) and the message ((message)).
Notify's own Python client is left out: it needs a package that has no wheel (ADR 0015).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

PATH = "/v2/notifications/email"
SECONDS = 20
UUID_LENGTH = 36
CREATED = 201
# Answers after which the message surely did not go out. A gateway that timed out (502, 504) does not know.
REFUSED = {*range(400, 501), 503}


class NotSent(Exception):
    """Notify refused the message: it surely did not go out. Says no more than the status."""


class EmailBackend(BaseEmailBackend):
    """One call a recipient. Raises NotSent, or what `requests` raises where it is open whether it went out."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> int:
        for recipient in message.recipients():
            self._post(
                {
                    "email_address": recipient,
                    "template_id": settings.NEXUS_NOTIFY_TEMPLATE,
                    "personalisation": {"subject": message.subject, "message": message.body},
                    "reference": message.extra_headers.get("X-Nexus-Mail", ""),
                }
            )
        return 1

    def _post(self, body: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {token(settings.NEXUS_NOTIFY_KEY, timezone.now())}"}
        address = settings.NEXUS_NOTIFY_ADDRESS.rstrip("/") + PATH
        try:
            answer = requests.post(
                address, json=body, headers=headers, timeout=SECONDS, allow_redirects=False
            )
        except requests.ConnectTimeout as problem:
            raise NotSent("Notify does not answer") from problem
        if answer.status_code != CREATED:
            refused = NotSent if answer.status_code in REFUSED else requests.HTTPError
            raise refused(f"Notify answered {answer.status_code}")


def token(key: str, now: datetime) -> str:
    """What Notify wants in front of each call: signed with the secret, the last part of the key."""
    service, secret = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], key[-UUID_LENGTH:]
    return jwt.encode({"iss": service, "iat": int(now.timestamp())}, secret, algorithm="HS256")

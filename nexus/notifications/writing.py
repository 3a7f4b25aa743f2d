"""The e-mails: plain text, references and links, never a person's data."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from nexus.accounts.invitations import GOOD_FOR, new_link
from nexus.notifications.kinds import Delivery
from nexus.notifications.models import Mail, Notification
from nexus.ui.formatting import count

MOST_LISTED = 50  # a digest names so many, and says how many more there are
# Under this header the row's number travels to the backend: GOV.UK Notify keeps it as its reference.
ROW = "X-Nexus-Mail"
PERIODS = {Delivery.DAILY: "daily", Delivery.WEEKLY: "weekly"}


def message_of(mail: Mail, *, now: datetime) -> EmailMessage:
    """The e-mail of this row, to its person."""
    notifications = list(mail.notifications.order_by("made_at", "pk"))
    at_once = len(notifications) == 1 and notifications[0].delivery == Delivery.INSTANT
    subject, lines = alone(notifications[0]) if at_once else digest(notifications)
    lines += ["", *FAREWELL, address("notifications:preferences"), ""]
    if at_once and notifications[0].kind in INVITATIONS and (opens := new_link(mail.person, now=now)):
        lines = [f"{subject}.", "", whole(opens), "", *OF_THE_LINK, ""]
    return EmailMessage(
        subject=f"Nexus: {subject}",
        body="\n".join(lines),
        to=[mail.person.email],
        headers={ROW: str(mail.pk)},
    )


INVITATIONS = frozenset({"account_invited", "account_new_password"})
OF_THE_LINK = (
    f"The link works once, for {GOOD_FOR.days} days, and only the newest one works. Whoever has it can choose your",
    "password, so do not pass this e-mail on.",
    "",
    "A second step follows: have your telephone with an authenticator app, or a security key, at hand.",
    "For safety this e-mail names nobody. Do not reply: nobody reads this mailbox.",
)

FAREWELL = (
    "You need to sign in. For safety this e-mail gives references and links only.",
    "Do not reply: nobody reads this mailbox.",
    "",
    "Choose which e-mails you get:",
)


def alone(notification: Notification) -> tuple[str, list[str]]:
    """Subject and lines of an e-mail about one event."""
    return notification.words, [f"{notification.words}.", "", "Read it in Nexus:", link(notification)]


def digest(notifications: Sequence[Notification]) -> tuple[str, list[str]]:
    """Subject and lines of a digest, oldest first."""
    period = PERIODS.get(Delivery(notifications[0].delivery), "") if notifications else ""
    subject = f"your {period} summary, {count(len(notifications), 'notification')}"
    lines = [f"You have {count(len(notifications), 'notification')} that you have not read.", ""]
    for notification in notifications[:MOST_LISTED]:
        lines += [f"* {notification.words}", f"  {link(notification)}", ""]
    if len(notifications) > MOST_LISTED:
        lines += [f"And {count(len(notifications) - MOST_LISTED, 'more', 'more')}.", ""]
    return subject, [*lines, "All your notifications:", address("notifications:list")]


def link(notification: Notification) -> str:
    return address("notifications:open", notification.pk)


def address(url_name: str, *args: object) -> str:
    """The whole address of a page, as an e-mail needs it."""
    return whole(reverse(url_name, args=args))


def whole(path: str) -> str:
    return settings.NEXUS_ADDRESS.rstrip("/") + path

"""What a person does with what they are told, and an administrator with an e-mail that failed, a row a verb."""

from datetime import time

from django.conf import settings
from django.urls import reverse

from nexus.notifications import actions
from nexus.notifications.actions.retry import reasons_not_to_retry
from nexus.notifications.forms import PreferencesForm
from nexus.notifications.lists import MAILS
from nexus.notifications.permissions import WHO_MAY
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages

# Its page is what the notification is about: opened is read (views/inbox.py).
MARK_READ = Verb(action=actions.mark_read, heading="Mark as read", button_only=True)

INBOX = {
    "mark_all_read": Verb(
        action=actions.mark_all_read,
        heading="Mark all as read",
        success=lambda number: f"{count(number, 'notification')} marked as read",
        button_only=True,
    ),
    "choose": Verb(
        action=actions.choose,
        form=PreferencesForm,
        form_kwargs=lambda nothing, by: {"user": by},
        page_context=lambda nothing, by: {"hour": time(settings.NEXUS_DIGEST_HOUR)},
        heading="How you are told",
        button="Save your choices",
        success="Your choices have been saved",
        template="nexus/notifications/preferences.html",
    ),
}
inbox_pages = VerbPages(verbs=INBOX, who_may=WHO_MAY, back=lambda nothing, by: reverse("notifications:list"))

OF_AN_EMAIL = {
    "retry": Verb(
        action=actions.retry,
        heading="Send again",
        success="The e-mail will be sent again",
        reasons_against=lambda mail, by, now: reasons_not_to_retry(mail),
        button_only=True,
    ),
}
mail_pages = VerbPages(
    verbs=OF_AN_EMAIL,
    who_may=WHO_MAY,
    find=MAILS.find,
    ids=lambda mail: {"mail_id": mail.pk},
    back=lambda mail, by: reverse("notifications:parked"),
)

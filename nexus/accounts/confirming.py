"""`confirm_it_is_you`: who authorises something, or changes an account, shows once more that it is they.

Every page and endpoint that asks for it goes through `Confirmation`. What was shown counts for a few minutes, in the
session it was shown in and nowhere else; a token has no session, so each of its calls shows it. A wrong answer is
counted for the person, recorded, and told to them: it may be somebody else at their desk.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.accounts.rules import is_fresh
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.ui.forms import GovukForm, Look

CONFIRMED = "confirmed"  # in the session: whose confirmation it is, and when
TOO_MANY = "Too many attempts. Wait {minutes} minutes, then try again"
NOT_RIGHT = "The pass phrase is not right. Type it again"


@dataclass
class Confirmation:
    """What is known of the person at the door. `session` is that of their browser, None for a call with a token.

    `failed` becomes true when something wrong was typed: that entry is kept, whatever the answer is.
    """

    by: User
    session: SessionBase | None
    failed: bool = False
    checked: dict[str, str] = field(
        default_factory=dict
    )  # what was typed in this request, and what came of it

    def confirmed_at(self, now: datetime) -> datetime | None:
        """When it was shown in this session, where that is minutes ago; else None."""
        nobody = (None, "")
        whose, at = self.session.get(CONFIRMED, nobody) if self.session is not None else nobody
        moment = datetime.fromisoformat(at) if whose == self.by.pk else None
        return moment if is_fresh(moment, now) else None

    def confirm_it_is_you(self, typed: str, now: datetime, *, wrong: str = NOT_RIGHT) -> datetime:
        """The moment, kept in the session. Raises ValidationError for what is wrong, and after too many attempts."""
        if typed not in self.checked:  # a form may be read twice in one request
            self.checked[typed] = self._refusal(typed, now, wrong)
        if self.checked[typed]:
            raise ValidationError(self.checked[typed])
        if self.session is not None:
            self.session[CONFIRMED] = [self.by.pk, now.isoformat()]
        return now

    def _refusal(self, typed: str, now: datetime, wrong: str) -> str:
        """Why it does not count, in a sentence; "" when it does."""
        counted = throttle.confirmation_key(self.by.pk)
        if throttle.is_closed(counted):
            return TOO_MANY.format(minutes=throttle.MINUTES)
        if self.by.check_password(typed):
            throttle.forget(counted)
            return ""
        throttle.count(counted)
        self.failed = True
        not_confirmed(self.by, now=now)
        return wrong


def not_confirmed(person: User, *, now: datetime) -> None:
    """Record a wrong answer, and tell the person: one message an hour, which is unread again each time."""
    record(kind="user.not_confirmed", by=person, subject=person, now=now)
    hour = now.replace(minute=0, second=0, microsecond=0)
    tell_of_account(
        person=person,
        kind="account_not_confirmed",
        event_key=f"confirm:{person.pk}:{hour:%Y-%m-%dT%H}",
        now=now,
    )


def confirmation(request: HttpRequest, by: User) -> Confirmation:
    """Of the person who makes this request, by the session they signed in to or by a token."""
    in_session = str(request.session.get(SESSION_KEY, "")) == str(by.pk)
    return Confirmation(by=by, session=request.session if in_session else None)


class ConfirmedForm(GovukForm):
    """A form that asks for the confirmation, unless it was given just now; `confirmed_at` is when, once it is valid."""

    def __init__(self, *args: Any, confirmation: Confirmation, **kwargs: Any) -> None:
        self.confirmation = confirmation
        self.confirmed_at = confirmation.confirmed_at(timezone.now())
        if self.confirmed_at is None:
            own = self.base_fields
            self.base_fields = {**own, "password": pass_phrase_field()}  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def look_of(self, name: str) -> Look:
        if name != "password":
            return super().look_of(name)
        hint = "The one you sign in with. It confirms that it is you. You are not asked again for 5 minutes."
        return Look(hint=hint, autocomplete="current-password", missing="Enter your pass phrase")

    def clean_password(self) -> str:
        """Checked here, once; what goes on to the action is the moment, never the words."""
        self.confirmed_at = self.confirmation.confirm_it_is_you(self.cleaned_data["password"], timezone.now())
        return ""


def pass_phrase_field() -> forms.CharField:
    return forms.CharField(
        label="Your pass phrase, again", max_length=1000, strip=False, widget=forms.PasswordInput
    )

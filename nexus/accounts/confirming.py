"""`confirm_it_is_you`: who authorises something, or changes an account, shows once more that it is they.

Every page and endpoint that asks for it goes through `Confirmation`. What was shown counts for a few minutes, in the
session it was shown in and nowhere else; a token has no session, so each of its calls shows it. A wrong answer is
counted for the person, recorded, and told to them: it may be somebody else at their desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from nexus.accounts import throttle
from nexus.accounts.models import User
from nexus.accounts.rules import is_fresh
from nexus.accounts.second_factor.proof import CODE, NOT_RIGHT, ProofForm, accept
from nexus.audit.recording import record
from nexus.parts import tell_of_account

CONFIRMED = "confirmed"  # in the session: whose confirmation it is, and when
TOO_MANY = "Too many attempts. Wait {minutes} minutes, then try again"


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

    def confirm_it_is_you(self, now: datetime, *, code: str = "", key: str = "") -> datetime:
        """The moment, kept in the session. Raises ValidationError for what is no proof, and after too many attempts."""
        self.check(
            f"{code}|{key}", now, NOT_RIGHT, lambda: bool(accept(self.by, code=code, key=key, now=now))
        )
        if self.session is not None:
            note_confirmation(self.session, self.by, now)
        return now

    def check(self, typed: str, now: datetime, wrong: str, is_right: Callable[[], bool]) -> None:
        """Raises ValidationError for what is not right, once for each thing typed: a form may be read twice in one
        request, and a code is good once."""
        if typed not in self.checked:
            self.checked[typed] = self._refusal(now, wrong, is_right)
        if self.checked[typed]:
            raise ValidationError(self.checked[typed])

    def _refusal(self, now: datetime, wrong: str, is_right: Callable[[], bool]) -> str:
        """`wrong`, counted, recorded and told, where it is not right; "" where it is."""
        counted = throttle.confirmation_key(self.by.pk)
        if throttle.is_closed(counted):
            return TOO_MANY.format(minutes=throttle.MINUTES)
        if is_right():
            throttle.forget(counted)
            return ""
        throttle.count(counted)
        self.failed = True
        not_confirmed(self.by, now=now)
        return wrong


def note_confirmation(session: SessionBase, person: User, now: datetime) -> None:
    """In this session it counts from now on, for minutes."""
    session[CONFIRMED] = [person.pk, now.isoformat()]


def not_confirmed(person: User, *, now: datetime) -> None:
    """Record a wrong answer, and tell the person."""
    record(kind="user.not_confirmed", by=person, subject=person, now=now)
    tell_of_failure(person, now=now)


def tell_of_failure(person: User, *, now: datetime) -> None:
    """One message an hour, which is unread again each time."""
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


class ConfirmedForm(ProofForm):
    """A form that asks for the confirmation, unless it was given just now; `confirmed_at` is when, once it is valid."""

    def __init__(self, *args: Any, confirmation: Confirmation, **kwargs: Any) -> None:
        self.confirmation = confirmation
        self.confirmed_at = confirmation.confirmed_at(timezone.now())
        super().__init__(*args, person=confirmation.by, asks=self.confirmed_at is None, **kwargs)

    def clean_one_time_password_key(self) -> str:
        """What is shown is checked here, once, after the code; what goes on to the action is the moment."""
        key, code = super().clean_one_time_password_key(), self.cleaned_data.get(CODE, "")
        if code or key:
            try:
                self.confirmed_at = self.confirmation.confirm_it_is_you(timezone.now(), code=code, key=key)
            except ValidationError as error:
                self.add_error(CODE, error)
        return key

    def full_clean(self) -> None:
        """What is right is not asked for again where something else is wrong."""
        super().full_clean()
        if self.confirmed_at:
            self.stop_asking()

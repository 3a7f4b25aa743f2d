"""What is done to a second factor. Each is recorded, and told to the person whose it is."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from knox.models import AuthToken

from nexus.accounts.actions.users import lock_user
from nexus.accounts.models import SecondFactorReset, User
from nexus.accounts.rules import reasons_not_confirmed
from nexus.accounts.second_factor import codes, keys
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.refusals import Refused, refuse_if, wordless

MOST_KEYS = 5
NOT_THIS_APP = "The code is not right. Enter the code your app shows now for this service."
NOT_THIS_KEY = "The key did not answer. Try again, and touch it when it blinks."


@transaction.atomic
def add_app(*, by: User, sealed: str, code: str, now: datetime, confirmed_at: datetime | None = None) -> None:
    """The app whose code is right, in place of one there was. Raises Refused."""
    refuse_if(reasons_not_to_add(by, confirmed_at, now))
    if not codes.add_app(by, sealed, code, now):
        raise Refused(NOT_THIS_APP)
    _changed("user.second_factor_added", by, now=now, kind="app")


@transaction.atomic
def add_key(*, by: User, name: str, answer: str, now: datetime, confirmed_at: datetime | None = None) -> None:
    """The key that answered. Raises Refused."""
    refuse_if(reasons_not_to_add(by, confirmed_at, now) + wordless(name, "Enter a name for the key."))
    if len(keys.keys_of(by)) >= MOST_KEYS:
        raise Refused(f"You have {MOST_KEYS} keys, which is the most a person may have. Remove one first.")
    if not keys.add_key(by, name, answer):
        raise Refused(NOT_THIS_KEY)
    _changed("user.second_factor_added", by, now=now, kind="key")


def reasons_not_to_add(person: User, confirmed_at: datetime | None, now: datetime) -> list[str]:
    """The first is added with the password; another one only by somebody who has shown the first."""
    return reasons_not_confirmed(confirmed_at, now) if codes.has_second_factor(person) else []


@transaction.atomic
def remove_factor(*, by: User, factor_id: int, confirmed_at: datetime | None, now: datetime) -> None:
    """An app or a key of one's own; the last one stays. Raises Refused."""
    refuse_if(reasons_not_confirmed(confirmed_at, now))
    own = list(Authenticator.objects.select_for_update().filter(user=by, type__in=codes.FIRST).order_by("pk"))
    found = [factor for factor in own if factor.pk == factor_id]
    if not found:
        raise Refused("This is no longer there.")
    if len(own) == 1:
        raise Refused("This is the only one you have. Add another first, then remove it.")
    found[0].delete()
    _changed("user.second_factor_removed", by, now=now, kind=str(found[0].type))


@transaction.atomic
def new_recovery_codes(*, by: User, confirmed_at: datetime | None, now: datetime) -> list[str]:
    """Ten codes to print; those there were are worth nothing any more. Raises Refused."""
    refuse_if(reasons_not_confirmed(confirmed_at, now))
    return first_recovery_codes(by=by, now=now)


@transaction.atomic
def first_recovery_codes(*, by: User, now: datetime) -> list[str]:
    """The same for somebody who has just set up their first app or key."""
    made = codes.new_codes_on_paper(by)
    record(kind="user.recovery_codes_made", by=by, subject=by, now=now)
    return made


def reset_asked_for(person: User) -> SecondFactorReset | None:
    """The one that waits for another administrator."""
    waiting = SecondFactorReset.objects.filter(person=person, agreed_at=None)
    return waiting.select_related("asked_by").first()


def reasons_not_to_ask_for_reset(person: User, *, by: User) -> list[str]:
    """Why no reset is asked for."""
    if person.pk == by.pk:
        return ["Nobody resets their own. Ask another administrator."]
    if SecondFactorReset.objects.filter(person=person, agreed_at=None).exists():
        return [
            "A reset has already been asked for. Another administrator agrees to it on this person’s page."
        ]
    return [] if Authenticator.objects.filter(user=person).exists() else ["They have set nothing up yet."]


@transaction.atomic
def ask_for_reset(
    *, user_id: int, by: User, reason: str, confirmed_at: datetime | None, now: datetime
) -> SecondFactorReset:
    """Ask that another administrator agrees. Nothing changes yet, and the person is told. Raises Refused."""
    person = lock_user(user_id, by=by)
    refuse_if(
        reasons_not_to_ask_for_reset(person, by=by)
        + wordless(reason, "Enter how you know that it is really they who ask.")
        + reasons_not_confirmed(confirmed_at, now)
    )
    asked = SecondFactorReset.objects.create(person=person, asked_by=by, asked_at=now, reason=reason)
    record(kind="user.second_factor_reset_asked", by=by, subject=person, now=now)
    tell_of_account(person=person, kind="account_reset_asked", event_key=f"reset:{asked.pk}:asked", now=now)
    return asked


def reasons_not_to_agree(person: User, *, by: User) -> list[str]:
    """Why this administrator does not reset it."""
    asked = reset_asked_for(person)
    if asked is None:
        return ["Nobody has asked for a reset of theirs."]
    if by.pk == asked.asked_by_id:
        return ["You asked for this reset, so another administrator must agree to it."]
    return ["Nobody resets their own. Ask another administrator."] if by.pk == person.pk else []


@transaction.atomic
def agree_to_reset(*, user_id: int, by: User, confirmed_at: datetime | None, now: datetime) -> User:
    """Remove all they have: app, keys, codes on paper, sessions and tokens. They set up anew when they next sign in.

    Raises Refused.
    """
    person = lock_user(user_id, by=by)
    refuse_if(reasons_not_to_agree(person, by=by) + reasons_not_confirmed(confirmed_at, now))
    asked = SecondFactorReset.objects.select_for_update().get(person=person, agreed_at=None)
    asked.agreed_by, asked.agreed_at = by, now
    asked.save(update_fields=["agreed_by", "agreed_at"])
    Authenticator.objects.filter(user=person).delete()
    AuthToken.objects.filter(user=person).delete()
    person.end_sessions()
    record(
        kind="user.second_factor_reset",
        by=by,
        subject=person,
        now=now,
        detail={"asked_by": asked.asked_by_id},
    )
    tell_of_account(person=person, kind="account_reset", event_key=f"reset:{asked.pk}", now=now)
    return person


def _changed(event: str, by: User, *, now: datetime, kind: str) -> None:
    record(kind=event, by=by, subject=by, now=now, detail={"kind": kind})
    key = f"{event}:{by.pk}:{now.isoformat()}"
    tell_of_account(person=by, kind="account_second_factor_changed", event_key=key, now=now)

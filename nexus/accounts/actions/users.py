"""Accounts: add, change, disable, enable, and the link to a new password."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from knox.models import AuthToken

from nexus.accounts.actions.steps import set_fields
from nexus.accounts.invitations import invite
from nexus.accounts.models import Force, Team, User
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.roles import Role
from nexus.accounts.rules import reasons_against, reasons_not_confirmed
from nexus.audit.recording import record
from nexus.parts import tell_of_account
from nexus.refusals import refuse_if

EMAIL_TAKEN = "There is already an account with this e-mail address."


def send_invitation(person: User, *, by: User, now: datetime, kind: str) -> None:
    """An e-mail, of this kind of notification, with the link on whose page they choose their password."""
    invitation = invite(person, by=by, now=now)
    tell_of_account(person=person, kind=kind, event_key=f"invitation:{invitation.pk}", now=now)


def access_of(user: User) -> dict[str, str]:
    """What somebody's access rests on, as the record keeps it before and after."""
    return {
        "role": user.role,
        "force": user.force.code if user.force else "",
        "team": user.team.code if user.team else "",
        "email": user.email,
    }


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """Old and new value of what differs."""
    return {
        name: [before.get(name, ""), value] for name, value in after.items() if before.get(name, "") != value
    }


def lock_user(user_id: int, *, by: User) -> User:
    """The account, locked with every administrator's: two must not disable each other at once.

    Raises User.DoesNotExist, and PermissionDenied for everybody but administrators.
    """
    WHO_MAY.permit("administer", by)
    rows = User.objects.select_for_update().filter(models.Q(pk=user_id) | models.Q(role=Role.ADMINISTRATOR))
    locked = {user.pk: user for user in rows.order_by("pk")}
    if user_id not in locked:
        raise User.DoesNotExist
    return locked[user_id]


def reasons_not_to_stop_administering(user: User, *, by: User) -> list[str]:
    """Why this administrator must stay one: nobody locks themselves or everybody out."""
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return []
    if user.pk == by.pk:
        return ["You cannot disable yourself or give up your own role. Ask another administrator."]
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    return [] if others.exists() else ["This is the last administrator. Add another one first."]


def reasons_not_to_disable(user: User, *, by: User) -> list[str]:
    return reasons_not_to_stop_administering(user, by=by) or (
        [] if user.is_active else ["This account is already disabled."]
    )


def reasons_not_to_enable(user: User) -> list[str]:
    return ["This account is not disabled."] if user.is_active else []


def reasons_not_to_send_link(user: User, *, by: User) -> list[str]:
    """Why nobody is sent the link to a new password."""
    if user.pk == by.pk:
        return ["Change your own password on your account page."]
    return [] if user.is_active else ["This account is disabled. Enable it first."]


def reasons_not_to_hold(values: Mapping[str, object], *, user_id: int | None = None) -> list[str]:
    """Why no account may hold these values."""
    same = User.objects.filter(email__iexact=str(values["email"])).exclude(pk=user_id or 0)
    reasons = reasons_against(
        role=str(values["role"]),
        has_force=values["force"] is not None,
        has_team=values["team"] is not None,
        nsa_accredited=bool(values["nsa_accredited"]),
    )
    return ([EMAIL_TAKEN] if same.exists() else []) + [sentence for _, sentence in reasons]


@transaction.atomic
def add_user(
    *,
    by: User,
    now: datetime,
    email: str,
    full_name: str,
    role: str,
    force: Force | None = None,
    team: Team | None = None,
    nsa_accredited: bool = False,
    confirmed_at: datetime | None,
    telephone: str = "",
) -> User:
    """A new account without a password; its owner is sent the link to choose one. Raises Refused."""
    WHO_MAY.permit("administer", by)
    values = {
        "email": email.strip().lower(),
        "full_name": full_name,
        "role": role,
        "force": force,
        "team": team,
        "nsa_accredited": nsa_accredited,
        "telephone": telephone,
    }
    refuse_if(reasons_not_to_hold(values) + reasons_not_confirmed(confirmed_at, now))
    user = User.objects.create_user(**values)  # type: ignore[arg-type]
    detail = {"fields": sorted(values), **differences({}, access_of(user))}
    record(kind="user.added", by=by, subject=user, now=now, detail=detail)
    send_invitation(user, by=by, now=now, kind="account_invited")
    return user


@transaction.atomic
def change_user(
    *,
    user_id: int,
    by: User,
    now: datetime,
    email: str,
    full_name: str,
    role: str,
    force: Force | None = None,
    team: Team | None = None,
    nsa_accredited: bool = False,
    confirmed_at: datetime | None,
    telephone: str = "",
) -> User:
    """Change an account. It counts from the person's next request on. Raises Refused."""
    user = lock_user(user_id, by=by)
    values = {
        "email": email.strip().lower(),
        "full_name": full_name,
        "role": role,
        "force": force,
        "team": team,
        "nsa_accredited": nsa_accredited,
        "telephone": telephone,
    }
    gives_up = reasons_not_to_stop_administering(user, by=by) if role != user.role else []
    reasons = gives_up + reasons_not_to_hold(values, user_id=user.pk)
    refuse_if(reasons + reasons_not_confirmed(confirmed_at, now))
    before = access_of(user)
    changed = set_fields(user, values)
    if changed:
        differs = differences(before, access_of(user))
        record(kind="user.changed", by=by, subject=user, now=now, detail={"fields": changed, **differs})
        if differs:
            tell_of_access(user, now=now)
    return user


def tell_of_access(user: User, *, now: datetime) -> None:
    """What somebody's access rests on has changed."""
    key = f"access:{user.pk}:{now.isoformat()}"
    tell_of_account(person=user, kind="account_access_changed", event_key=key, now=now)


@transaction.atomic
def disable_user(*, user_id: int, by: User, now: datetime) -> User:
    """Shut a person out, from their next request on: pages and tokens alike. Raises Refused."""
    user = lock_user(user_id, by=by)
    refuse_if(reasons_not_to_disable(user, by=by))
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.end_sessions()
    AuthToken.objects.filter(user=user).delete()
    record(kind="user.disabled", by=by, subject=user, now=now, detail={"may_sign_in": [True, False]})
    return user


@transaction.atomic
def enable_user(*, user_id: int, by: User, confirmed_at: datetime | None, now: datetime) -> User:
    """Let a disabled person in again, with the password they had. Raises Refused."""
    user = lock_user(user_id, by=by)
    refuse_if(reasons_not_to_enable(user) + reasons_not_confirmed(confirmed_at, now))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(kind="user.enabled", by=by, subject=user, now=now, detail={"may_sign_in": [False, True]})
    return user


@transaction.atomic
def send_password_link(*, user_id: int, by: User, confirmed_at: datetime | None, now: datetime) -> User:
    """The link to a new password for somebody who lost theirs, or whose link ran out: the old password, their sessions
    and their tokens end. Raises Refused."""
    user = lock_user(user_id, by=by)
    refuse_if(reasons_not_to_send_link(user, by=by) + reasons_not_confirmed(confirmed_at, now))
    had_one = user.has_usable_password()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    AuthToken.objects.filter(user=user).delete()
    record(kind="user.password_reset", by=by, subject=user, now=now)
    kind = "account_new_password" if had_one else "account_invited"
    send_invitation(user, by=by, now=now, kind=kind)
    return user

"""Everything an administrator changes: accounts, forces, teams. Each action is keyword-only, takes `by`
and `now`, and goes lock → permit → reasons → save → record. The record holds field names, never values."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.utils.text import slugify
from knox.models import AuthToken

from nexus.accounts.models import Force, Team, User
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.regions import OF_FORCE
from nexus.accounts.roles import Role
from nexus.accounts.rules import reasons_against
from nexus.audit.recording import record
from nexus.refusals import refuse_if

# Letters and digits that are not mistaken for one another when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_GROUPS, GROUP_LENGTH = 4, 5  # 31**20: about 99 bits
TEAM_CODE_LENGTH = 40
EMAIL_TAKEN = "An account with this e-mail address exists already."
TEAM_TAKEN = "A team with this name exists already."


def new_password() -> str:
    """A password to be read out once and changed by its owner: four groups of five."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(PASSWORD_GROUPS))
    return "-".join(groups)


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


def reasons_not_to_hold(values: Mapping[str, object], *, user_id: int | None = None) -> list[str]:
    """Why no account may hold these values."""
    same = User.objects.filter(email__iexact=str(values["email"])).exclude(pk=user_id or 0)
    against = reasons_against(
        role=str(values["role"]),
        has_force=values["force"] is not None,
        has_team=values["team"] is not None,
        nsa_accredited=bool(values["nsa_accredited"]),
    )
    return ([EMAIL_TAKEN] if same.exists() else []) + [sentence for _, sentence in against]


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
    telephone: str = "",
) -> tuple[User, str]:
    """A new account and its temporary password, which is stored nowhere but as a hash. Raises Refused.

    Nothing else works for this person until they have changed it.
    """
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
    refuse_if(reasons_not_to_hold(values))
    password = new_password()
    user = User.objects.create_user(password=password, must_change_password=True, **values)  # type: ignore[arg-type]
    record(kind="user.added", by=by, subject=user, now=now, detail={"fields": sorted(values)})
    return user, password


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
    refuse_if(gives_up + reasons_not_to_hold(values, user_id=user.pk))
    changed = _set(user, values)
    if changed:
        record(kind="user.changed", by=by, subject=user, now=now, detail={"fields": changed})
    return user


@transaction.atomic
def disable_user(*, user_id: int, by: User, now: datetime) -> User:
    """Shut a person out, from their next request on: pages and tokens alike. Raises Refused."""
    user = lock_user(user_id, by=by)
    refuse_if(
        reasons_not_to_stop_administering(user, by=by)
        or ([] if user.is_active else ["This account is disabled already."])
    )
    user.is_active = False
    user.save(update_fields=["is_active"])
    AuthToken.objects.filter(user=user).delete()
    record(kind="user.disabled", by=by, subject=user, now=now)
    return user


@transaction.atomic
def enable_user(*, user_id: int, by: User, now: datetime) -> User:
    """Let a disabled person in again, with the password they had. Raises Refused."""
    user = lock_user(user_id, by=by)
    refuse_if(["This account is not disabled."] if user.is_active else [])
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(kind="user.enabled", by=by, subject=user, now=now)
    return user


@transaction.atomic
def set_temporary_password(*, user_id: int, by: User, now: datetime) -> tuple[User, str]:
    """A new password for somebody who lost theirs, to be changed at once; their sessions and tokens end.

    Raises Refused.
    """
    user = lock_user(user_id, by=by)
    refuse_if(["Change your own password on your account page."] if user.pk == by.pk else [])
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    AuthToken.objects.filter(user=user).delete()
    record(kind="user.password_reset", by=by, subject=user, now=now)
    return user, password


@transaction.atomic
def change_force(
    *,
    force_id: int,
    by: User,
    now: datetime,
    engaged: bool,
    engaged_on: date | None,
    value_added_activity: bool = False,
    region: str | None = None,
) -> Force:
    """Engage a force or end its engagement, say whether it takes part in value added activity, and its region.

    None leaves the region as it is. Raises Refused.
    """
    WHO_MAY.permit("administer", by)
    force = Force.objects.select_for_update().get(pk=force_id)
    refuse_if(
        reasons_only_for_an_engaged_force(
            engaged=engaged, dated=engaged_on is not None, value_added_activity=value_added_activity
        )
        + reasons_without_region(force, engaged=engaged, region=force.region if region is None else region)
    )
    agreed = {"engaged": engaged, "engaged_on": engaged_on, "value_added_activity": value_added_activity}
    changed = _set(force, agreed if region is None else agreed | {"region": region})
    if changed:
        record(kind="force.changed", by=by, subject=force, now=now, detail={"fields": changed})
    return force


def reasons_only_for_an_engaged_force(*, engaged: bool, dated: bool, value_added_activity: bool) -> list[str]:
    """What cannot be said of a force that is not engaged."""
    if engaged:
        return []
    date_told = ["Only an engaged force has a date of engagement. Clear the date."] if dated else []
    part = ["Only an engaged force takes part in value added activity."] if value_added_activity else []
    return date_told + part


def reasons_without_region(force: Force, *, engaged: bool, region: str) -> list[str]:
    """A force of England or Wales is of a region; one that polices all of the country or another one is of none."""
    if not engaged or region or force.code not in OF_FORCE:
        return []
    return [f"Select the region of {force.name}: the tasking discussion list groups engaged forces by it."]


@transaction.atomic
def add_team(*, by: User, now: datetime, name: str) -> Team:
    """A new Home Office team. Raises Refused when there is one of this name."""
    WHO_MAY.permit("administer", by)
    refuse_if(reasons_against_team_name(name))
    team = Team.objects.create(code=free_team_code(name), name=name)
    record(kind="team.added", by=by, subject=team, now=now)
    return team


@transaction.atomic
def rename_team(*, team_id: int, by: User, now: datetime, name: str) -> Team:
    """Another name for a team; its code, which the rules know it by, stays. Raises Refused."""
    WHO_MAY.permit("administer", by)
    team = Team.objects.select_for_update().get(pk=team_id)
    refuse_if(reasons_against_team_name(name, team_id=team.pk))
    if _set(team, {"name": name}):
        record(kind="team.renamed", by=by, subject=team, now=now, detail={"fields": ["name"]})
    return team


def reasons_against_team_name(name: str, *, team_id: int | None = None) -> list[str]:
    same = Team.objects.filter(name__iexact=name).exclude(pk=team_id or 0)
    return [TEAM_TAKEN] if same.exists() else []


def free_team_code(name: str) -> str:
    """A code made from the name, numbered when it is taken."""
    stem = slugify(name).replace("-", "_")[: TEAM_CODE_LENGTH - 4] or "team"
    taken = set(Team.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 2
    code = stem
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code


def _set(row: models.Model, values: Mapping[str, object]) -> list[str]:
    """Set what differs, save just that, and say which fields it was."""
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed

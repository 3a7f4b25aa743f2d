"""Whose account it is that a provider vouches for, and what its claims make of it: role and force come from there alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from nexus.accounts.actions.steps import set_fields
from nexus.accounts.actions.users import access_of, differences, tell_of_access
from nexus.accounts.models import Force, User
from nexus.accounts.openid.provider import NotProved, values_of
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.refusals import Refused, refuse_if

NO_ROLE = "Your organisation has given you no role in this service. Ask your administrator for one."
SEVERAL_ROLES = (
    "Your organisation has given you several roles in this service. Ask your administrator for one."
)
NO_FORCE = "Your organisation does not say which police force you belong to, or it is none that takes part."
NO_EMAIL = "Your organisation does not vouch for your e-mail address. Ask your administrator."
ANOTHERS = "Another person already signs in with your e-mail address. Ask your administrator."
DISABLED = "Your account is disabled. Ask your administrator."
LAST_ADMINISTRATOR = "You are the last administrator, so your role cannot be changed. Add another one first."


def role_in(claims: Mapping[str, Any]) -> Role:
    """The one role that the claims name. Raises Refused."""
    named = values_of(claims, settings.NEXUS_OPENID_ROLE_CLAIM) & set(settings.NEXUS_OPENID_ROLES)
    roles = {Role(settings.NEXUS_OPENID_ROLES[each]) for each in named}
    refuse_if([NO_ROLE] if not roles else [SEVERAL_ROLES] if len(roles) > 1 else [])
    return roles.pop()


def force_in(claims: Mapping[str, Any], role: Role) -> Force | None:
    """The force of a police officer or force lead; nobody else has one. Raises Refused."""
    if role not in POLICE_ROLES:
        return None
    forces = list(
        Force.objects.filter(code__in=values_of(claims, settings.NEXUS_OPENID_FORCE_CLAIM), engaged=True)
    )
    refuse_if([] if len(forces) == 1 else [NO_FORCE])
    return forces[0]


def person_vouched_for(*, claims: Mapping[str, Any], now: datetime, request_id: str) -> User:
    """As `enter_by_claims`; for the door a refusal is one more reason for which nobody comes in. Raises NotProved."""
    try:
        return enter_by_claims(claims=claims, now=now, request_id=request_id)
    except Refused as error:
        raise NotProved(str(error), "account") from error


@transaction.atomic
def enter_by_claims(*, claims: Mapping[str, Any], now: datetime, request_id: str) -> User:
    """The account of the person these proved claims are about, with the role and force they name.

    It is found by the provider's own name for the person, or the first time by e-mail address; who has none and whose
    claims name a role is given one. Raises Refused, and then nothing is made or changed.
    """
    role = role_in(claims)
    force = force_in(claims, role)
    user = found(claims)
    if user is None:
        return made(claims, role, force, now=now, request_id=request_id)
    refuse_if([] if user.is_active else [DISABLED])
    leaves = user.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    refuse_if([LAST_ADMINISTRATOR] if leaves and not others.exists() else [])
    before = access_of(user)
    values = {
        "provider_subject": claims["sub"],
        "role": role,
        "force": force,
        "team": None if role in POLICE_ROLES else user.team,
        "nsa_accredited": user.nsa_accredited and role == Role.CASE_OWNER,
    }
    if changed := set_fields(user, values):
        differs = differences(before, access_of(user))
        note("user.changed", user, now=now, request_id=request_id, fields=changed, **differs)
        if differs:
            tell_of_access(user, now=now)
    return user


def found(claims: Mapping[str, Any]) -> User | None:
    """The account, locked; None where there is none. Raises Refused."""
    accounts = User.objects.select_for_update(of=("self",)).select_related("force", "team")
    known = accounts.filter(provider_subject=claims["sub"]).first()
    if known:
        return known
    same = accounts.filter(email__iexact=email_in(claims)).first()
    refuse_if([ANOTHERS] if same and same.provider_subject else [])
    return same


def email_in(claims: Mapping[str, Any]) -> str:
    """The address, where the provider says that it has seen it to be the person's. Raises Refused."""
    if claims.get("email_verified") is not True or "@" not in str(claims.get("email", "")):
        raise Refused(NO_EMAIL)
    return str(claims["email"]).strip().lower()


def made(
    claims: Mapping[str, Any], role: Role, force: Force | None, *, now: datetime, request_id: str
) -> User:
    """A new account, without a password: it is entered by the provider alone."""
    user = User.objects.create_user(
        email=email_in(claims),
        full_name=str(claims.get("name") or email_in(claims))[:120],
        role=role,
        force=force,
        provider_subject=claims["sub"],
    )
    note("user.added", user, now=now, request_id=request_id, **differences({}, access_of(user)))
    return user


def note(kind: str, user: User, *, now: datetime, request_id: str, **detail: Any) -> None:
    """Recorded as done by nobody here: the provider's claims did it."""
    detail["by_provider"] = True
    record(kind=kind, by=None, subject=user, now=now, request_id=request_id, detail=detail)

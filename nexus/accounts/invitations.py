"""How somebody comes by their password: a link in an e-mail, on whose page they choose it themselves.

Nobody else ever knows a password. What the link opens with is made when the e-mail is written, and only its hash is kept;
another e-mail, or another invitation, takes the place of the one before.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import models, transaction
from django.urls import reverse

from nexus.accounts.models import Invitation, User
from nexus.audit.recording import record
from nexus.refusals import Refused

GOOD_FOR = timedelta(days=7)  # local
NOT_OPEN = (
    "This link does not open anything now. It has been used, a newer one was sent, or it is more than "
    f"{GOOD_FOR.days} days old. Ask your administrator for another one."
)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(person: User, *, by: User | None, now: datetime) -> Invitation:
    """A new invitation; the one before is withdrawn. No link exists before `new_link`."""
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        person=person, invited_by=by, invited_at=now, expires_at=now + GOOD_FOR
    )
    record(kind="user.invited", by=by, subject=person, now=now, detail={"invitation": invitation.pk})
    return invitation


@transaction.atomic
def new_link(person: User, *, now: datetime) -> str:
    """The path that opens this person's invitation, and from now on the only one; "" where none is open."""
    invitation = open_invitations(now).select_for_update().filter(person=person).first()
    if invitation is None:
        return ""
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = hashed(secret)
    invitation.save(update_fields=["secret_hash"])
    return reverse("accounts:invitation", args=[secret])


def opened_by(secret_hash: str, now: datetime) -> Invitation | None:
    """The invitation that the link opens; None for a link that opens nothing now."""
    if not secret_hash:
        return None
    return open_invitations(now).select_related("person").filter(secret_hash=secret_hash).first()


def open_invitations(now: datetime) -> models.QuerySet[Invitation]:
    """Neither used nor withdrawn nor run out, of people who may sign in."""
    return Invitation.objects.filter(
        used_at=None, withdrawn_at=None, expires_at__gt=now, person__is_active=True
    )


@transaction.atomic
def accept(*, secret_hash: str, new: str, now: datetime, request_id: str = "") -> User:
    """Set the password its owner chose, once; the second step comes next. Raises Refused."""
    invitation = open_invitations(now).select_for_update().filter(secret_hash=secret_hash).first()
    if invitation is None or not secret_hash:
        raise Refused(NOT_OPEN)
    person = User.objects.select_for_update().get(pk=invitation.person_id)
    person.request_id = request_id
    person.set_password(new)
    person.save(update_fields=["password"])
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    record(kind="user.invitation_accepted", by=person, subject=person, now=now,
           detail={"invitation": invitation.pk})  # fmt: skip
    return person


def state_of_password(person: User, now: datetime) -> str:
    """For the administrator: whether they have chosen one."""
    if person.has_usable_password():
        return "Chosen by the person"
    waits = open_invitations(now).filter(person=person).exists()
    return "Not chosen yet. A link was sent" if waits else "Not chosen. The last link has run out"

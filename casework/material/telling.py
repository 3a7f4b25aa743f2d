"""Who is told of Nexus material. Called inside the actions; ids and references only."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from casework.material.models import AppealsReview, Approval, Ask, Check, Material, Message, Version
from casework.material.queries import asked_for_criminal_casework
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.notifications.actions import notify
from referrals.telling import leads_of


def force_of(material: Material) -> list[User]:
    """Who raised the referral, where they are the force's own, and the force's leads."""
    referral = material.case.referral
    raised = [referral.created_by] if referral.created_by.role in POLICE_ROLES else []
    return [*raised, *leads_of(referral)]


def requested(ask: Ask, *, now: datetime) -> None:
    kind = "material_sent_back" if ask.again else "material_asked"
    tell_force(ask.material, kind, key=f"material-ask:{ask.pk}", now=now)


def due_soon(ask: Ask, *, now: datetime) -> None:
    tell_force(ask.material, "material_due_soon", key=f"material-ask:{ask.pk}:soon", now=now)


def not_asked(ask: Ask, *, now: datetime) -> None:
    tell_force(ask.material, "material_not_asked", key=f"material-ask:{ask.pk}:withdrawn", now=now)


def desk_of(material: Material) -> list[User]:
    """Whose it is to read and check: the case-owner, or where another command has the case, the Senior Caseworkers."""
    owner = material.case.case_owner
    return [owner] if owner else list(seniors())


def seniors() -> QuerySet[User]:
    return User.objects.filter(role=Role.SENIOR_CASEWORKER, is_active=True)


def inside(person: User) -> list[User]:
    """Whoever asked, unless they asked from Criminal Casework: they read only what is released to them."""
    return [] if person.role == Role.CRIMINAL_CASEWORK else [person]


def supplied(version: Version, *, now: datetime) -> None:
    """The case-owner, and whoever asked if that is somebody else."""
    people = [*desk_of(version.material), *inside(version.ask.asked_by)]
    tell(version.material, "material_supplied", people, key=f"material-version:{version.pk}", now=now)


def checked(check: Check, material: Material, *, now: datetime) -> None:
    """The Senior Caseworkers who may approve it."""
    people = seniors().exclude(pk__in=[check.checked_by_id, material.commissioned_by_id or 0])
    tell(material, "material_to_approve", people, key=f"material-check:{check.pk}", now=now)


def approved(approval: Approval, material: Material, *, now: datetime) -> None:
    key = f"approval:{approval.pk}"
    tell(material, "material_approved", [material.case.case_owner], key=key, now=now)
    tell_elsewhere(material, "material_approved", key=f"{key}:released", now=now)


def no_longer_approved(material: Material, *, now: datetime) -> None:
    """Criminal Casework may be relying on it: it hears that the text is taken back."""
    key = f"material:{material.pk}:taken-back:{now.timestamp():.0f}"
    tell_elsewhere(material, "material_taken_back", key=key, now=now)


def tell_elsewhere(material: Material, kind: str, *, key: str, now: datetime) -> None:
    """The case-owner of Criminal Casework for whom it was asked, with the way to what is released to them."""
    people = asked_for_criminal_casework(material)
    tell(material, kind, people, key=key, now=now, page="material:released")


def appeals_asked(review: AppealsReview, *, by: User, now: datetime) -> None:
    people = User.objects.filter(role=Role.SPECIALIST_APPEALS, is_active=True).exclude(pk=by.pk)
    tell(review.material, "material_for_appeals", people, key=f"appeals-review:{review.pk}", now=now)


def advised(review: AppealsReview, *, now: datetime) -> None:
    people, key = [*desk_of(review.material), *inside(review.asked_by)], f"appeals-review:{review.pk}:advised"
    tell(review.material, "material_advised", people, key=key, now=now)
    tell_elsewhere(review.material, "material_advised", key=f"{key}:released", now=now)


def message_written(message: Message, *, now: datetime) -> None:
    """The other side, and nobody of one's own."""
    material, key = message.material, f"material-message:{message.pk}"
    if message.from_force:
        tell(material, "material_message", desk_of(material), key=key, now=now)
    else:
        tell_force(material, "material_message", key=key, now=now)


def tell(
    material: Material,
    kind: str,
    to: Iterable[User | None],
    *,
    key: str,
    now: datetime,
    page: str = "material:detail",
) -> None:
    """These people, with the way to the page of it that they read."""
    notify(event_key=key, kind=kind, to=to, now=now, subject=material, url_name=page, url_args=[material.pk])


def tell_force(material: Material, kind: str, *, key: str, now: datetime) -> None:
    """The force's people, with the way to the force's own page."""
    tell(material, kind, force_of(material), key=key, now=now, page="material:asked_detail")

"""What the force still has to send: for nexus/asked.py."""

from collections.abc import Iterator

from django.urls import reverse

from casework.material.queries import asked_of
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.asked import Asked


def asked(*, user: User) -> Iterator[Asked]:
    """The summaries and statements asked of this person's force."""
    if user.role not in POLICE_ROLES:
        return
    for ask in asked_of(user):
        referral = ask.material.case.referral
        yield Asked(
            act=f"Send the {ask.noun}",
            words=ask.what,
            about=referral.subject_name,
            reference=referral.reference,
            path=reverse("material:asked_detail", args=[ask.material_id]),
            due_on=ask.due_on,
            row=ask.material,
        )

"""What the force still has to send: for nexus/requests_to_force.py."""

from collections.abc import Iterator

from django.urls import reverse

from casework.material.queries import asked_of
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES
from nexus.parts import RequestToForce


def requests_to_force(*, user: User) -> Iterator[RequestToForce]:
    """The summaries and statements asked of this person's force."""
    if user.role not in POLICE_ROLES:
        return
    for ask in asked_of(user):
        referral = ask.material.case.referral
        yield RequestToForce(
            act=f"Send the {ask.noun}",
            words=ask.what,
            subject=referral.subject_name,
            reference=referral.reference,
            path=reverse("material:asked_detail", args=[ask.material_id]),
            due_on=ask.due_on,
            row=ask.material,
        )

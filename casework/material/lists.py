"""Nexus material as people meet it: which exists for whom, and that it was read."""

from django.db.models import Prefetch, QuerySet

from casework.material.models import Ask, Material
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.queries import with_due_day
from nexus.accounts.models import User
from nexus.rows import Rows


def material_of(by: User) -> QuerySet[Material]:
    """The material that exists for this person, with what is asked of the force now as `open_asks`."""
    asked = Ask.objects.filter(closed_at=None).select_related("asked_by")
    people = ("approval__version", "approval__approved_by", "commissioned_by", "reviewed_by")
    return (
        with_due_day(by)
        .select_related(*people)
        .prefetch_related(Prefetch("asks", asked, to_attr="open_asks"))
    )


# What the police read is a disclosure: the entry names their force.
MATERIAL = Rows(noun="material", seen=material_of, who_may=WHO_MAY, recipient=recipient_of)

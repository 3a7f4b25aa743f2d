"""What a force wrote to the case-owner about material, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from casework.material.models import Material, Message
from nexus.accounts.models import User
from referrals.parts import ToldByForce


def told_by_forces(*, referrals: Collection[int], reader: User) -> Iterator[ToldByForce]:
    """One query. The material itself stands on its own tab."""
    seen = Material.objects.visible_to(reader).filter(case__referral__in=referrals).values("pk")
    for message in Message.objects.filter(material__in=seen, from_force=True).select_related("by"):
        path = reverse("material:detail", args=[message.material_id])
        yield ToldByForce("Message about Nexus material", message.text, message.at, str(message.by), path)

"""What a force wrote to the case-owner about material, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from casework.material.models import Material, Message
from nexus.accounts.models import User
from referrals.models import Referral
from referrals.parts import Telling


def told_by_forces(*, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
    """The messages. The material itself stands on its own tab."""
    seen = Material.objects.visible_to(reader).filter(case__referral__in=referrals.values("pk")).order_by()
    return (
        Telling(
            rows=Message.objects.filter(material__in=seen.values("pk"), from_force=True),
            kind=lambda more: "Message about Nexus material",
            words="text",
            at="at",
            by="by__full_name",
            key="material_id",
            page="material:detail",
        ),
    )

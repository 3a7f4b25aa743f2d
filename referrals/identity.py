"""Who the subjects of some referrals are, for a page that knows their references only (nexus/waiting.py)."""

from collections.abc import Collection, Mapping

from nexus.accounts.models import User
from referrals.models import Referral
from referrals.models.identity import Identity

# What `Referral.identity` reads.
COLUMNS = ("reference", "state", "surname", "forenames", "date_of_birth", "date_of_birth_precision")


def people_named(*, user: User, references: Collection[str]) -> Mapping[str, Identity]:
    """The subjects of these referrals by reference, as far as `user` sees them. Two queries."""
    if not references:
        return {}
    seen = Referral.objects.visible_to(user).filter(reference__in=references).only(*COLUMNS)
    return {referral.reference: referral.identity for referral in seen.prefetch_related("nationalities")}

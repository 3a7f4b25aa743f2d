"""Who somebody is, said once: every list, search result, allegation and choice takes it from here.

A name alone is nobody: two people of one name are told apart by the day of birth, the nationality and a reference.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nexus.accounts.models import User
from nexus.ui.dates import EXACT, PartialDate
from referrals.models import NationalitySource, Referral
from referrals.rules.nationalities import nationality_name

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Identity:
    """One subject in words."""

    name: str
    reference: str
    born: str
    nationality: str

    @property
    def beside(self) -> str:
        """What stands beside the name: born 3 May 1990, Jamaica (claimed)"""
        return f"born {self.born}, {self.nationality}"

    def __str__(self) -> str:
        """For a choice in a form: SMITH, John, born 3 May 1990, Jamaica (NHH-2026-000123)"""
        return f"{self.name}, {self.beside} ({self.reference})"


def identity_of(referral: Referral) -> Identity:
    """One query, unless the list has prefetched `nationalities`."""
    born = referral.date_of_birth
    nationalities = [
        nationality_name(row.code) + (" (claimed)" if row.source == NationalitySource.CLAIMED else "")
        for row in referral.nationalities.all()
    ]
    return Identity(
        referral.subject_name,
        referral.reference,
        str(PartialDate(born, referral.date_of_birth_precision or EXACT)) if born else NOT_KNOWN,
        " and ".join(nationalities) or "nationality not known",
    )


def people_named(*, user: User, references: Collection[str]) -> Mapping[str, Identity]:
    """The subjects of these referrals by reference, as far as `user` sees them. Two queries."""
    seen = (
        Referral.objects.visible_to(user).filter(reference__in=references).prefetch_related("nationalities")
    )
    return {referral.reference: identity_of(referral) for referral in seen}

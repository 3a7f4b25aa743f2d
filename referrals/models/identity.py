"""Who somebody is, said once: every list, search result, allegation and choice takes it from `Referral.identity`.

A name alone is nobody: two people of one name are told apart by the day of birth, the nationality and a reference.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus.ui.dates import EXACT, PartialDate
from referrals.rules.nationalities import nationality_name

if TYPE_CHECKING:
    from referrals.models.referral import Referral

CLAIMED = "claimed"  # the source of a nationality that nobody has seen proof of
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Identity:
    """One subject in words."""

    name: str
    reference: str
    born: str
    nationality: str
    born_in_brief: str = ""

    @property
    def beside(self) -> str:
        """What stands beside the name: born 3 May 1990, Jamaica (claimed)"""
        return f"born {self.born}, {self.nationality}"

    def __str__(self) -> str:
        """For a choice in a form: SMITH, John, born 3 May 1990, Jamaica (NHH-2026-000123)"""
        return f"{self.name}, {self.beside} ({self.reference})"


def identity_of(referral: "Referral") -> Identity:
    """One query, unless the list has prefetched `nationalities`."""
    born = referral.date_of_birth
    known = PartialDate(born, referral.date_of_birth_precision or EXACT) if born else None
    nationalities = [
        nationality_name(row.code) + (" (claimed)" if row.source == CLAIMED else "")
        for row in referral.nationalities.all()
    ]
    return Identity(
        referral.subject_name,
        referral.reference,
        str(known) if known else NOT_KNOWN,
        " and ".join(nationalities) or "nationality not known",
        known.in_brief if known else NOT_KNOWN,
    )

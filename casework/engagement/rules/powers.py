"""Kinds of engagement and the legal powers named for them: dated data, to be checked by a lawyer before use.

Nothing here decides anything. A power that nobody has checked against the current statute says so
wherever it is chosen or shown.
"""

from dataclasses import dataclass
from datetime import date

from referrals.rules.terms import Term


class Kind(Term):
    ARREST = "arrest", "Arrest"
    DETENTION = "detention", "Detention"
    DETENTION_ON_REPORTING = "detention_on_reporting", "Detention on reporting"
    SERVING_PAPERS = "serving_papers", "Serving papers"
    ESCORT = "escort", "Escort"


DETENTIONS = (Kind.DETENTION, Kind.DETENTION_ON_REPORTING)


@dataclass(frozen=True)
class Power:
    """One legal power: where it stands, on which day somebody last looked, and whether that was the statute."""

    code: str
    words: str
    kinds: tuple[Kind, ...]
    as_at: date
    verified: bool = False

    @property
    def label(self) -> str:
        return self.words if self.verified else f"{self.words} (unverified)"


LISTED = date(2026, 11, 22)
ARREST, SERVING, ESCORT = Kind.ARREST, Kind.SERVING_PAPERS, Kind.ESCORT

POWERS: tuple[Power, ...] = (
    # The wording of paragraphs 16(2) and 17(1) was read in the Act as passed, not as amended since.
    Power(
        "ia1971_s2_17",
        "Immigration Act 1971, Schedule 2, paragraph 17(1): arrest without warrant of a person liable to "
        "be detained",
        (ARREST,),
        LISTED,
    ),
    Power(
        "ia1971_s28a",
        "Immigration Act 1971, section 28A: arrest without warrant for an immigration offence",
        (ARREST,),
        LISTED,
    ),
    Power(
        "ia1971_s2_16",
        "Immigration Act 1971, Schedule 2, paragraph 16(2): detention pending removal",
        (*DETENTIONS, ESCORT),
        LISTED,
    ),
    Power(
        "ia1971_s3_2",
        "Immigration Act 1971, Schedule 3, paragraph 2: detention pending deportation",
        (ARREST, *DETENTIONS, ESCORT),
        LISTED,
    ),
    Power(
        "nia2002_s62",
        "Nationality, Immigration and Asylum Act 2002, section 62: detention by the Secretary of State",
        (*DETENTIONS, ESCORT),
        LISTED,
    ),
    Power(
        "ukba2007_s36",
        "UK Borders Act 2007, section 36: detention pending automatic deportation",
        (*DETENTIONS, ESCORT),
        LISTED,
    ),
    Power(
        "notices2003",
        "Immigration (Notices) Regulations 2003: service of a notice of decision",
        (SERVING,),
        LISTED,
    ),
    Power(
        "iaa1999_p8",
        "Immigration and Asylum Act 1999, Part VIII: escort arrangements",
        (ESCORT,),
        LISTED,
    ),
    Power("other", "Another power, named under “why”", tuple(Kind), LISTED, verified=True),
)
BY_CODE = {power.code: power for power in POWERS}


def powers_for(kind: str) -> list[Power]:
    """The powers named for this kind of engagement, in their order."""
    return [power for power in POWERS if kind in power.kinds]


def reasons_not_this_power(kind: str, code: str) -> list[str]:
    if any(power.code == code for power in powers_for(kind)):
        return []
    return ["Select the legal power."]

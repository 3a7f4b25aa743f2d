"""Kinds of engagement and the legal powers named for them, which are rows of `nexus.law`.

Nothing here decides anything. A power that no lawyer has read says so wherever it is chosen or shown.
"""

from dataclasses import dataclass

from nexus.law import LAWS, Actor, Person, Statement
from referrals.rules.terms import Term


class Kind(Term):
    ARREST = "arrest", "Arrest"
    DETENTION = "detention", "Detention"
    DETENTION_ON_REPORTING = "detention_on_reporting", "Detention on reporting"
    SERVING_PAPERS = "serving_papers", "Serving papers"
    ESCORT = "escort", "Escort"


DETENTIONS = (Kind.DETENTION, Kind.DETENTION_ON_REPORTING)
# In which operations papers are served, and in which somebody is arrested, detained or escorted.
SERVED_IN = tuple(kind for kind in Kind if kind != Kind.ESCORT)
HELD_IN = tuple(kind for kind in Kind if kind != Kind.SERVING_PAPERS)


@dataclass(frozen=True)
class Power:
    """A power of `nexus.law`, and the kinds of engagement it is named for. `OTHER` is written out by whoever asks."""

    code: str
    kinds: tuple[Kind, ...]

    @property
    def statement(self) -> Statement | None:
        """The law's row; None for another power, which is named under “why”."""
        return LAWS.get(self.code)

    @property
    def words(self) -> str:
        return self.statement.words if self.statement else "Another power, named under “why”"

    @property
    def verified(self) -> bool:
        """Whether a lawyer has read it; what is named under “why” is for whoever authorises to read."""
        return self.statement is None or self.statement.reading.lawyer

    @property
    def label(self) -> str:
        return self.words if self.verified else f"{self.words} (unverified)"

    def serves(self, kind: str) -> bool:
        """Whether it is named for this kind. Operations are carried out by the police, so a power that constables
        do not have is named for none."""
        return kind in self.kinds and not (self.statement and self.statement.unmet(BY_POLICE))


BY_POLICE = Person(used_by=Actor.POLICE)
ARREST, SERVING, ESCORT = Kind.ARREST, Kind.SERVING_PAPERS, Kind.ESCORT

POWERS: tuple[Power, ...] = (
    Power("ia1971_s2_17", (ARREST,)),
    Power("ia1971_s28a", (ARREST,)),
    Power("pace1984_s24", (ARREST,)),
    Power("ia2016_s10_10", (ARREST, Kind.DETENTION_ON_REPORTING)),
    Power("ia1971_s2_16", (*DETENTIONS, ESCORT)),
    Power("ia1971_s3_2", (ARREST, *DETENTIONS, ESCORT)),
    Power("nia2002_s62", (*DETENTIONS, ESCORT)),
    Power("ukba2007_s36", (*DETENTIONS, ESCORT)),
    Power("notices2003", (SERVING,)),
    Power("iaa1999_s10a", (SERVING,)),
    Power("iaa1999_p8", (ESCORT,)),
    Power("other", tuple(Kind)),
)
BY_CODE = {power.code: power for power in POWERS}


def powers_for(kind: str) -> list[Power]:
    """The powers named for this kind of engagement, in their order."""
    return [power for power in POWERS if power.serves(kind)]


def reasons_not_this_power(kind: str, code: str) -> list[str]:
    if any(power.code == code for power in powers_for(kind)):
        return []
    return ["Select the legal power."]

"""Whether somebody may be a victim of trafficking: what can become of it, and the sentences that say that it stands.

A pending referral and a positive reasonable-grounds decision bar removal until the conclusive one, unless the
person is disqualified: `nexus.law`, naba_2022_s61, which no lawyer has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.rules.words import written
from referrals.rules.terms import Term


class NrmOutcome(Term):
    """What became of a trafficking indicator."""

    REASONABLE_POSITIVE = "reasonable_positive", "Reasonable grounds: positive"
    REASONABLE_NEGATIVE = "reasonable_negative", "Reasonable grounds: negative"
    CONCLUSIVE_POSITIVE = "conclusive_positive", "Conclusive grounds: positive"
    CONCLUSIVE_NEGATIVE = "conclusive_negative", "Conclusive grounds: negative"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISQUALIFIED = "disqualified", "Disqualified from protection"


# The person is, or may be, a victim: it is recorded, and goes on standing.
POSITIVE = (NrmOutcome.REASONABLE_POSITIVE, NrmOutcome.CONCLUSIVE_POSITIVE)
ENDING = tuple(outcome for outcome in NrmOutcome if outcome not in POSITIVE)

# Where an indicator shows itself, as the end of a sentence that begins with "Trafficking indicator:".
ON_REFERRAL = "the referral says so."
ON_CASE = "the case has an open barrier for it."


@dataclass(frozen=True)
class Indicator:
    """Where it shows itself, and since when the service knows; `positive` is the decision that confirmed it."""

    where: str
    known_at: datetime
    positive: str = ""

    @property
    def sentence(self) -> str:
        after = f" {NrmOutcome(self.positive).label}." if self.positive else ""
        return f"Trafficking indicator: {self.where}{after}"


@dataclass(frozen=True)
class Ended:
    """An outcome after which what was known by then no longer stands."""

    outcome: str
    on: date
    reference: str
    recorded_at: datetime

    @property
    def sentence(self) -> str:
        return f"{NrmOutcome(self.outcome).label}, {written(self.on)}, reference {self.reference}."


@dataclass(frozen=True)
class Trafficking:
    """The answer about one person: what stands, and the outcomes that ended what stood before, the latest first."""

    standing: Sequence[Indicator] = ()
    ended: Sequence[Ended] = ()

    @property
    def known_at(self) -> datetime | None:
        """When the latest of what stands became known: what was reviewed or authorised earlier did not know of it."""
        return max((each.known_at for each in self.standing), default=None)

    @property
    def sentences(self) -> list[str]:
        return [indicator.sentence for indicator in self.standing]


MUST_END = "A Senior Caseworker must record its outcome first."


def reasons_stopped(trafficking: Trafficking) -> list[str]:
    """What stands against doing anything to this person; nothing where no indicator stands."""
    return [f"{sentence} {MUST_END}" for sentence in trafficking.sentences]


def known_after(found: Sequence[Indicator], decided_at: datetime | None) -> list[Indicator]:
    """A decision answers what was known when it was recorded; what came later stands by itself."""
    return [each for each in found if decided_at is None or each.known_at > decided_at]


VICTIM = "A Senior Caseworker must review the decision with that in sight."


def reasons_not_to_decide_on(trafficking: Trafficking, reviewed_at: datetime | None) -> list[str]:
    """What stands against a decision on this person and its service: anything that is not decided for good. Of a
    confirmed victim a Senior Caseworker must have reviewed the decision since it is known."""
    known_at = trafficking.known_at
    if any(each.positive != NrmOutcome.CONCLUSIVE_POSITIVE for each in trafficking.standing):
        return reasons_stopped(trafficking)
    if known_at is None or (reviewed_at is not None and reviewed_at > known_at):
        return []
    return [f"{sentence} {VICTIM}" for sentence in trafficking.sentences]

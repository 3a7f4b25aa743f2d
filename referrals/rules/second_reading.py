"""Which decisions a second officer reads before they are made.

The guidance leaves it to the Referrals Office. What asks for it: an outcome that ends the matter for the
force, and one that goes against what the same rules say of the same facts.
"""

from referrals.rules.matrix import REJECTS, MatrixOutcome
from referrals.rules.terms import Term


class Cause(Term):
    """Why a decision needs a second reader; `settings.NEXUS_SECOND_READING` names those in use."""

    REFUSALS = "refusals", "It is a decision not to accept."
    DEPARTURES = "departures", "It accepts what the rules reject."


def cause_of(outcome: MatrixOutcome, *, accepted: bool) -> Cause | None:
    """Why a decision on facts of this outcome would need a second reader; None where it would not.

    M4 and M5 reject nothing, so an acceptance does not depart from them.
    """
    if not accepted:
        return Cause.REFUSALS
    return Cause.DEPARTURES if outcome in REJECTS else None

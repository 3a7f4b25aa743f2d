"""What is fact of an event: of an arrest the arrest, of a charge the charge. The allegation waits for its trial."""

from referrals.rules.terms import ConductKind

FACT = "fact"
# By kind of event: what is on record, where the act that is alleged is not.
WHAT_IS_FACT: dict[str, str] = {
    ConductKind.CAUTION: "Fact, on record: an admission, not a conviction",
    ConductKind.PENDING_CHARGE: "The charge is the fact; the allegation is untried",
    ConductKind.ARREST_NO_FURTHER_ACTION: "The arrest is the fact; the allegation is untried",
    ConductKind.WITHDRAWN: "That the charge was withdrawn is the fact; the allegation is untried",
    ConductKind.ACQUITTAL: "The acquittal is the fact; the allegation was not proved",
    ConductKind.INTELLIGENCE: "That it was reported is the fact; what was reported is untested",
}


def grounding_in_words(kind: str, grounding: str, label: str) -> str:
    """What may be called fact of this event. `label` is how the chosen grounding reads by itself."""
    return WHAT_IS_FACT.get(kind, label) if grounding == FACT else label

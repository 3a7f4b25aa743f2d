"""Which events the persistence guide counts, and why it leaves the others out: T2, event by event."""

from datetime import date

from referrals.rules.facts import Conduct
from referrals.rules.policy import Policy
from referrals.rules.terms import CONVICTIONS, Part


def window(reference_date: date, policy: Policy) -> tuple[date, date]:
    """The first and the last day on which a conviction counts."""
    return policy.persistence_period.before(reference_date), reference_date


def why_not_counted(event: Conduct, reference_date: date, policy: Policy) -> str:
    """A sentence, or nothing for an event that counts."""
    since, until = window(reference_date, policy)
    if event.part in (Part.VICTIM, Part.WITNESS):
        return f"The subject is the {event.part.label.lower()}: never counted as offending."
    if event.kind not in CONVICTIONS:
        return "Not a conviction."
    if event.part is not Part.CONVICTED:
        return "The subject is not recorded as the person convicted."
    if event.quashed:
        return "Quashed."
    if event.convicted_on is None:
        return "The date of conviction is not given."
    if event.convicted_on < since:
        return "Before the period."
    if event.convicted_on > until:
        return "After the referral was submitted."
    return ""

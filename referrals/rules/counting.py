"""Which events the persistence guide counts, and why it leaves the others out: T2, event by event.

"As a guide, this could be evidenced by": what is left out is no reason against. Criminal activity that the guide
does not count is for a person to judge.
"""

from collections import Counter
from datetime import date

from referrals.rules.dates import age_on
from referrals.rules.facts import Conduct, Facts
from referrals.rules.policy import Policy
from referrals.rules.terms import CONVICTIONS, ConductKind, Part

# Alone they show no criminal activity: nobody was convicted, and nothing waits for a court.
SHOWS_NOTHING = frozenset(
    {
        ConductKind.ARREST_NO_FURTHER_ACTION,
        ConductKind.ACQUITTAL,
        ConductKind.WITHDRAWN,
        ConductKind.INTELLIGENCE,
    }
)
NO_DATE = "The date of conviction is not given."
BEFORE = "Before the period."
AFTER = "After the referral was submitted."
AS_A_CHILD = "As a child: the guide does not count it, a person judges it."
PART_UNCLEAR = "The subject is not recorded as the person convicted."
NO_CONVICTION = "Not a conviction."
# A conviction left out, one and several, by why it is.
CONVICTION_LEFT_OUT = {
    NO_DATE: ("undated conviction", "undated convictions"),
    BEFORE: ("conviction before the period", "convictions before the period"),
    AFTER: ("conviction after the referral was submitted", "convictions after the referral was submitted"),
    AS_A_CHILD: ("conviction as a child", "convictions as a child"),
    PART_UNCLEAR: (
        "conviction of which it is not clear who was convicted",
        "convictions of which it is not clear who was convicted",
    ),
}


def window(reference_date: date, policy: Policy) -> tuple[date, date]:
    """The first and the last day on which a conviction counts."""
    return policy.persistence_period.before(reference_date), reference_date


def why_not_counted(event: Conduct, facts: Facts, policy: Policy) -> str:
    """A sentence, or nothing for an event that counts."""
    since, until = window(facts.reference_date, policy)
    if event.part in (Part.VICTIM, Part.WITNESS):
        return f"The subject is the {event.part.label.lower()}: never counted as offending."
    if event.kind not in CONVICTIONS:
        return NO_CONVICTION
    if event.part is not Part.CONVICTED:
        return PART_UNCLEAR
    if event.quashed:
        return "Quashed."
    if event.convicted_on is None:
        return NO_DATE
    if event.convicted_on < since:
        return BEFORE
    if event.convicted_on > until:
        return AFTER
    return AS_A_CHILD if convicted_as_a_child(event, facts, policy) else ""


def convicted_as_a_child(event: Conduct, facts: Facts, policy: Policy) -> bool:
    """On the dates given. Where one is missing nobody can say so."""
    born, day = facts.date_of_birth, event.convicted_on
    return born is not None and day is not None and age_on(day, born) < policy.adult_age.number


def is_for_a_person(event: Conduct, facts: Facts, policy: Policy) -> bool:
    """Whether it may show persistent criminal activity though the guide does not count it."""
    return (
        event.part not in (Part.VICTIM, Part.WITNESS)
        and event.kind not in SHOWS_NOTHING
        and not event.quashed
        and bool(why_not_counted(event, facts, policy))
    )


def left_for_a_person(facts: Facts, policy: Policy) -> tuple[str, ...]:
    """What the guide does not count and a person judges: "6 undated convictions", "1 caution"."""
    found: Counter[tuple[str, str]] = Counter()
    for event in facts.conduct:
        if is_for_a_person(event, facts, policy):
            kind = event.kind.label.lower()
            words = CONVICTION_LEFT_OUT.get(why_not_counted(event, facts, policy), (kind, f"{kind}s"))
            found[words] += 1
    return tuple(f"{number} {words[number > 1]}" for words, number in found.items())

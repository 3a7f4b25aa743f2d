"""Which decisions are not made alone, and why: plain Python over plain values.

A Senior Caseworker who did not draft it reviews such a decision before anybody makes it, and whoever reviewed it does
not make it (ADR 0038). A rule never decides: each sentence is shown to both people, and both give their reasons.
"""

from collections.abc import Iterator

from casework.decisions.rules.gaps import Facts, choice
from casework.decisions.rules.law import DEPORTATION
from referrals.rules.terms import Route, Status

EEA_STATUSES = frozenset({Status.EEA_SETTLED, Status.EEA_PRE_SETTLED, Status.EEA_NO_SCHEME_STATUS})

MATERIAL = "The decision relies on Nexus material, so a Senior Caseworker must review it first."
DEPORTED = "It is a deportation, which two people decide."
NOT_HIGH_HARM = "The draft says that the impact is not significant, so the conduct does not meet the definition of High Harm."
NO_CONVICTION = "It is led by convictions, and no allegation that is found proved is a conviction that stands on the record."


def reasons_for_two(facts: Facts) -> list[str]:
    """A sentence for each reason why a second person is needed; none where one person may decide."""
    return list(_reasons(facts))


def _reasons(facts: Facts) -> Iterator[str]:
    if choice(facts.answers, "material") == "yes":
        yield MATERIAL
    route = choice(facts.answers, "route")
    if route in DEPORTATION:
        yield DEPORTED
    yield from facts.departures
    if choice(facts.answers, "significant_impact") == "no":
        yield NOT_HIGH_HARM
    if choice(facts.answers, "eea_protected") == "no" and facts.status in EEA_STATUSES:
        yield f"The recorded status is “{Status(facts.status).label}”, and the draft says that no EEA law protects them."
    if route == Route.CONVICTION_LED and not any(
        each.proved and each.is_conviction for each in facts.findings
    ):
        yield NO_CONVICTION

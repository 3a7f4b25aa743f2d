"""T5 and T4 beside the choice: what the rules indicate, and the sentence where an answer departs from it."""

from dataclasses import replace

import pytest

from referrals.rules.assessment import assess
from referrals.rules.facts import Facts
from referrals.rules.policies import FIRST
from referrals.rules.routes import departures, route_indicated
from referrals.rules.terms import Route, StatementNeed, Status
from tests.referrals.rules.subjects import NO_LEAVE, THREAT, WITH_LEAVE, conviction, convictions

REMOVAL, CONVICTION_LED, INTELLIGENCE_LED = Route
REQUIRED, NOT_NECESSARILY, _ = StatementNeed
REFUGEE = replace(WITH_LEAVE, immigration_status=Status.REFUGEE_OR_HUMANITARIAN)
CONVICTED = replace(REFUGEE, conduct=(conviction(),))
PENDING = replace(WITH_LEAVE, immigration_status=Status.ASYLUM_PENDING)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (NO_LEAVE, "administrative removal or deportation. Either may be pursued."),
        (CONVICTED, "deportation, conviction-led or intelligence-led. 1 conviction recorded."),
        (replace(REFUGEE, conduct=convictions(5)), "conviction-led deportation."),
        (replace(REFUGEE, material=THREAT), "intelligence-led deportation."),
        (PENDING, "no route can be said from it."),
    ],
)
def test_the_route_indicated(facts: Facts, said: str) -> None:
    status = facts.immigration_status.label
    assert route_indicated(facts, assess(facts, FIRST), FIRST) == f"The recorded status is “{status}”: {said}"


@pytest.mark.parametrize(
    ("facts", "route", "statement", "said"),
    [
        (NO_LEAVE, REMOVAL, NOT_NECESSARILY, []),
        (replace(NO_LEAVE, conduct=(conviction(),)), CONVICTION_LED, NOT_NECESSARILY, []),
        (replace(NO_LEAVE, material=THREAT), INTELLIGENCE_LED, NOT_NECESSARILY, []),
        (NO_LEAVE, CONVICTION_LED, NOT_NECESSARILY, ["No standing conviction is recorded"]),
        (NO_LEAVE, INTELLIGENCE_LED, NOT_NECESSARILY, ["No disclosable material is recorded"]),
        (REFUGEE, REMOVAL, REQUIRED, ["administrative removal is for people without leave"]),
        (REFUGEE, REMOVAL, NOT_NECESSARILY, ["is for people without leave", "otherwise: required"]),
        (REFUGEE, CONVICTION_LED, REQUIRED, ["No standing conviction is recorded"]),
        (REFUGEE, INTELLIGENCE_LED, REQUIRED, ["No disclosable material is recorded"]),
        (replace(REFUGEE, material=THREAT), INTELLIGENCE_LED, REQUIRED, []),
        (CONVICTED, CONVICTION_LED, REQUIRED, []),
        (CONVICTED, CONVICTION_LED, NOT_NECESSARILY, ["no conviction said to be significant"]),
        (replace(CONVICTED, significant_conviction=True), CONVICTION_LED, NOT_NECESSARILY, []),
        (
            replace(CONVICTED, significant_conviction=True),
            CONVICTION_LED,
            REQUIRED,
            ["with a significant conviction"],
        ),
        (PENDING, REMOVAL, NOT_NECESSARILY, ["“Asylum claim pending”; administrative removal is for people"]),
    ],
)
def test_what_departs(facts: Facts, route: Route, statement: StatementNeed, said: list[str]) -> None:
    found = departures(facts, route, statement)
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))
    assert all(sentence.endswith("Say in the reasons why.") for sentence in found)


def test_without_leave_removal_or_deportation_may_be_pursued_and_neither_departs() -> None:
    """ "Where a subject has no immigration status … administrative removal or deportation may be pursued" (page 9)."""
    convicted = replace(NO_LEAVE, conduct=(conviction(),), material=THREAT)
    assert all(departures(convicted, route, NOT_NECESSARILY) == [] for route in Route)
    assert "Choosing either departs from nothing." in assess(convicted, FIRST).readings["no status"]
    assert "administrative removal or deportation may be pursued" in FIRST.quotation("no status").text

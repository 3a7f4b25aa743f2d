"""The route and the police statement against the recorded status (T5, T4): what the rules indicate, and where
an officer's answer departs from it. A rule informs; a person decides, and says in the reasons why.
"""

from referrals.rules.assessment import Assessment, plural, statement_needed
from referrals.rules.facts import Facts
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.policy import Policy
from referrals.rules.terms import Impact, MaterialLevel, Route, StatementNeed, StatusClass

# Which outcome of the matrix points to which route: M1 to M3 of the brief.
ROUTE_OF = {
    MatrixOutcome.M1: Route.ADMINISTRATIVE_REMOVAL,
    MatrixOutcome.M2: Route.CONVICTION_LED,
    MatrixOutcome.M3: Route.INTELLIGENCE_LED,
}
SAY_WHY = "Say in the reasons why."


def recorded(facts: Facts) -> str:
    return f"The recorded status is “{facts.immigration_status.label}”"


def route_indicated(facts: Facts, found: Assessment, policy: Policy) -> str:
    """T5 in a sentence, to stand beside the choice."""
    if facts.status_class is StatusClass.NO_LEAVE:
        return f"{recorded(facts)}: administrative removal or deportation. Either may be pursued."
    if facts.status_class is StatusClass.LEAVE_OR_EEA:
        towards = ROUTE_OF.get(outcome_of(facts, found, policy))
        known = len(facts.standing_convictions)
        return (
            f"{recorded(facts)}: {towards.label.lower()}."
            if towards
            else f"{recorded(facts)}: deportation, conviction-led or intelligence-led. "
            f"{known} {plural(known, 'conviction')} recorded."
        )
    return f"{recorded(facts)}: no route can be said from it."


def departures(
    facts: Facts, route: Route, statement: StatementNeed, impact: Impact = Impact.SIGNIFICANT
) -> list[str]:
    """A sentence for each answer of an acceptance that departs from what the rules indicate; none where they agree."""
    found = (_of_impact(impact), _of_route(facts, route), _of_statement(facts, statement))
    return [each for each in found if each]


def _of_impact(impact: Impact) -> str:
    """ "there is evidence that their conduct meets the definition of ‘High Harm’" (p. 9)"""
    if impact is Impact.SIGNIFICANT:
        return ""
    said = impact.label[:1].lower() + impact.label[1:]
    return f"On whether the impact is significant you answer “{said}”; High Harm is conduct of significant impact. {SAY_WHY}"


def _of_route(facts: Facts, route: Route) -> str:
    """Without status "administrative removal or deportation may be pursued" (p. 9): neither departs."""
    without_leave = facts.status_class is StatusClass.NO_LEAVE
    if route is Route.ADMINISTRATIVE_REMOVAL:
        return (
            ""
            if without_leave
            else f"{recorded(facts)}; administrative removal is for people without leave. {SAY_WHY}"
        )
    if route is Route.CONVICTION_LED and not facts.standing_convictions:
        return (
            f"No standing conviction is recorded; conviction-led deportation rests on convictions. {SAY_WHY}"
        )
    if route is Route.INTELLIGENCE_LED and facts.material.level is MaterialLevel.NONE:
        return (
            "No disclosable material is recorded; intelligence-led deportation rests on police material. "
            f"{SAY_WHY}"
        )
    return ""


def _of_statement(facts: Facts, statement: StatementNeed) -> str:
    """T4. Lawfully here and nobody says that a conviction is significant: required."""
    need = statement_needed(facts)
    if need is StatementNeed.UNDETERMINED and facts.status_class is StatusClass.LEAVE_OR_EEA:
        need = StatementNeed.REQUIRED
    if need in (statement, StatementNeed.UNDETERMINED):
        return ""
    because = "with no conviction said to be significant" if need is StatementNeed.REQUIRED else ""
    if need is StatementNeed.NOT_NECESSARILY and facts.status_class is StatusClass.LEAVE_OR_EEA:
        because = "with a significant conviction"
    status_and_convictions = ", ".join(part for part in (recorded(facts), because) if part)
    return f"On police statements the rules show otherwise: {need.label.lower()}. {status_and_convictions}. {SAY_WHY}"

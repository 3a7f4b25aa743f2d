"""What stands beside the form of a decision, and what follows from it on the page on which it is checked."""

from typing import Any

from nexus.accounts.models import User
from nexus.ui.forms import GovukForm
from nexus.verbs import answers_of
from referrals import triage
from referrals.actions.decide import Text, frozen
from referrals.models import Referral
from referrals.queries import assessment_of, facts_of, policy_for, why_read_twice
from referrals.rules.routes import departures, route_indicated
from referrals.rules.second_reading import Cause
from referrals.rules.terms import Impact, Route, StatementNeed
from referrals.summary import summary_of
from referrals.views.triage import rules_of


def context(referral: Referral, by: User) -> dict[str, Any]:
    """What stands beside the form of a decision: the referral, the rules, and the route they indicate."""
    route = route_indicated(facts_of(referral), assessment_of(referral), policy_for(referral))
    return {"rules": rules_of(referral), "route": route, "sections": summary_of(referral)}


def check_context(name: str, referral: Referral, by: User, form: GovukForm) -> dict[str, Any]:
    """What will be recorded by the decision of this name, and what follows from it."""
    answers = answers_of(form)
    held_by = answers.get("held_by")
    found = assessment_of(
        referral,
        held_by=held_by.code if held_by else None,
        significant_conviction=answers.get("significant_conviction"),
    )
    return {
        "held_by": held_by,
        "read_twice": None if name == "redirect" else read_twice(referral, name == "accept", answers),
        "departures": departures_of(referral, answers) if name == "accept" else [],
        "rules": triage.rules_shown(referral, frozen(found)),
    }


def read_twice(referral: Referral, accepted: bool, answers: dict[str, Any]) -> Cause | None:
    """Why this decision needs a second reader, if it does."""
    return why_read_twice(referral, accepted=accepted, **Text(**answers).judged)


def departures_of(referral: Referral, answers: dict[str, Any]) -> list[str]:
    """Where an acceptance's route and statement depart from what the rules indicate of the recorded status."""
    facts = facts_of(referral, significant_conviction=answers["significant_conviction"])
    return departures(
        facts,
        Route(answers["route"]),
        StatementNeed(answers["police_statement"]),
        Impact(answers["significant_impact"]),
    )

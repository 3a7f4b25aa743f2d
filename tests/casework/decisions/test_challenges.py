"""How a challenge to a decision ends, and what becomes of the decision and its case."""

from datetime import timedelta
from typing import Any

import pytest

from casework.decisions import actions
from casework.decisions.models import Challenge
from nexus.refusals import Refused
from tests.builders import NOON, a_challenge, an_assigned_case
from tests.casework.decisions.test_lifecycle import in_state

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)


@pytest.mark.parametrize(
    ("outcome", "states"),
    [
        ("dismissed", ("served", "served")),
        ("withdrawn", ("served", "served")),
        ("allowed", ("superseded", "evidence")),
        ("remitted", ("superseded", "evidence")),
    ],
)
def test_each_end_of_a_challenge(outcome: str, states: tuple[str, str]) -> None:
    challenge = a_challenge(an_assigned_case())
    ended(challenge, outcome)
    assert Challenge.objects.get(pk=challenge.pk).state == outcome
    assert in_state(challenge.decision) == states
    with pytest.raises(Refused, match="This challenge is now"):
        ended(challenge, "dismissed")


def ended(challenge: Challenge, outcome: str, **changes: Any) -> Any:
    values = {
        "outcome_on": LATER.date(),
        "reasons": "As found in the record.",
        "shared_text": "It ended on the papers.",
        **changes,
    }
    by = challenge.decision.case.case_owner
    return actions.conclude(challenge_id=challenge.pk, by=by, now=LATER, outcome=outcome, **values)


def test_the_case_stays_under_challenge_until_the_last_one_ends() -> None:
    first = a_challenge(an_assigned_case())
    decision = first.decision
    second = actions.lodge(
        decision_id=decision.pk,
        by=decision.case.case_owner,
        now=LATER,
        kind="judicial_review",
        lodged_on=LATER.date(),
        shared_text="JR.",
    )
    ended(first, "dismissed")
    assert in_state(decision) == ("served", "challenged")
    ended(second, "withdrawn")
    assert in_state(decision) == ("served", "served")

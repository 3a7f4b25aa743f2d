"""The tables leave nothing out, each verb has its states, and who may not is refused."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casework.engagement import actions
from casework.engagement.permissions import WHO_MAY
from casework.engagement.rules.powers import POWERS, Kind, powers_for
from casework.engagement.states import ALLOWED, MOVES, PENDING, STATES, Phase, State
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.states import in_phase
from tests.builders import NOON, a_user
from tests.casework.engagement.builders import (
    a_draft,
    at,
)

pytestmark = pytest.mark.django_db


def test_the_tables_leave_nothing_out() -> None:
    by_itself = {"expire", "stop"}
    seeing = {verb for verb in WHO_MAY if verb.startswith("view")}
    assert set(WHO_MAY) - seeing - {"start"} == (set(MOVES) | set(ALLOWED)) - by_itself
    assert set(State) - {*PENDING} == {*in_phase(STATES, Phase.DONE, Phase.ENDED)}
    assert {move.target for move in MOVES.values()} == set(State) - {State.DRAFT}
    assert all(powers_for(kind) for kind in Kind)
    assert all(power.statement or power.code == "other" for power in POWERS)


def test_an_operation_of_the_police_never_rests_on_a_power_constables_do_not_have() -> None:
    """Immigration Act 1971, section 28A, is for immigration officers."""
    for kind in Kind:
        assert "ia1971_s28a" not in {power.code for power in powers_for(kind)}
    assert "pace1984_s24" in {power.code for power in powers_for(Kind.ARREST)}


# A role that may not, for some of the verbs; all of them are in the access matrix.
WRONG_ROLE: list[tuple[str, Role, dict[str, Any]]] = [
    ("request", Role.CIO_HMI, {}),
    ("quality_assure", Role.SENIOR_CASEWORKER, {"checked": [], "findings": ""}),
    ("refuse", Role.MANAGER, {"reasons": "No, the papers differ."}),
    ("task", Role.SPECIALIST_APPEALS, {}),
    ("record_trafficking", Role.CASE_OWNER, {"outcome": "safeguarded", "reasons": "x"}),
    ("execute", Role.CIO_HMI, {"happened_at": NOON, "officers": "x"}),
]


def test_wrong_role(case: Case) -> None:
    engagement = a_draft(case=case)
    for verb, role, answers in WRONG_ROLE:
        with pytest.raises(PermissionDenied):
            getattr(actions, verb)(engagement_id=engagement.pk, by=a_user(role), now=at(9), **answers)


def test_each_verb_is_refused_in_every_other_state(case: Case) -> None:
    """Asked of one row that is made to say each state in turn; the database is not asked."""
    engagement = a_draft(case=case)
    for verb, move in MOVES.items():
        for state in set(State) - set(move.source):
            engagement.__dict__["state"] = state
            assert f"now “{state.label}”" in engagement.reasons_not_to_move(verb)[0]

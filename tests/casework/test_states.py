"""Every verb has a table row: a state it is done in, and the roles that may do it."""

from casework.models import MOVED_BY
from casework.permissions import WHO_MAY
from casework.states import ALLOWED, MOVES, State

SEEING = {"view", "view_mine", "view_print", "view_workload"}


def test_every_verb_somebody_may_do_knows_its_states() -> None:
    follow_a_decision = {"draft", "review", "redraft"}
    assert set(WHO_MAY) - SEEING == (set(MOVES) - set(MOVED_BY.values()) - follow_a_decision) | set(ALLOWED)
    assert not set(MOVES) & set(ALLOWED)


def test_a_closed_case_takes_nothing_more() -> None:
    assert [verb for verb, allowed in ALLOWED.items() if State.CLOSED in allowed.when] == []
    assert [verb for verb, move in MOVES.items() if State.CLOSED in move.source] == []


def test_every_state_but_the_first_is_reached() -> None:
    assert {move.target for move in MOVES.values()} == set(State) - {State.OPEN}

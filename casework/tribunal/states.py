"""The life of one version of a bundle as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, in_phase


class State(TextChoices):
    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"


class Phase(Enum):
    """Where in its life a version stands."""

    COMING = "It is on its way: its page shows progress"
    MADE = "It is made and stays as it is"
    FAILED = "It could not be made"


WORKER, CASEWORK = "The worker that makes bundles", "The case-owner"
STATES: dict[State, StateRecord] = {
    State.WAITING: StateRecord("grey", Phase.COMING, NOTHING, NextAction("Make it", WORKER), NO_TARGET),
    State.MAKING: StateRecord("light-blue", Phase.COMING, NOTHING, NextAction("Make it", WORKER), NO_TARGET),
    State.MADE: StateRecord(
        "green", Phase.MADE, NOTHING, NextAction("Nothing: it stays as it is", NOBODY), NO_TARGET
    ),
    State.FAILED: StateRecord(
        "red",
        Phase.FAILED,
        NOTHING,
        NextAction("Read why, then have it made again", CASEWORK, "remake_bundle"),
        NO_TARGET,
    ),
}
COMING = in_phase(STATES, Phase.COMING)

MOVES: dict[str, Move] = {
    "begin": Move((State.WAITING,), State.MAKING, "begun"),
    "finish": Move((State.MAKING,), State.MADE, "finished"),
    "requeue": Move((State.MAKING,), State.WAITING, "requeued"),
    "remake_bundle": Move((State.FAILED,), State.WAITING, "remade"),
    "fail": Move((State.MAKING,), State.FAILED, "failed"),
}

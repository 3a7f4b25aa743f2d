"""The progress report's life as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, in_phase


class State(TextChoices):
    SCHEDULED = "scheduled", "Waiting to be built"
    BUILDING = "building", "Being built"
    DRAFT = "draft", "Ready to check"
    RELEASED = "released", "Released to the force"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the force"
    PARKED = "parked", "Could not be built"


class Phase(Enum):
    """Where in its life a report stands; the groups of states below are made of these."""

    WAITING = "It is on its way: its page shows progress and asks again"
    BUILT = "It is built, and the police do not see it yet"
    RELEASED = "It is out of the house: what the police see"
    PARKED = "It could not be built"


WORKER, MANAGER, LEAD = "The worker that builds reports", "A manager", "The force lead"

STATES: dict[State, StateRecord] = {
    State.SCHEDULED: StateRecord("grey", Phase.WAITING, NOTHING, NextAction("Build it", WORKER), NO_TARGET),
    State.BUILDING: StateRecord(
        "light-blue", Phase.WAITING, NOTHING, NextAction("Build it", WORKER), NO_TARGET
    ),
    State.DRAFT: StateRecord(
        "yellow",
        Phase.BUILT,
        NOTHING,
        NextAction("Check it and release it to the force", MANAGER, "release"),
        NO_TARGET,
    ),
    State.RELEASED: StateRecord(
        "blue",
        Phase.RELEASED,
        "Read it, and acknowledge it for your force.",
        NextAction("Acknowledge it", LEAD, "acknowledge"),
        NO_TARGET,
    ),
    State.ACKNOWLEDGED: StateRecord(
        "green",
        Phase.RELEASED,
        "Acknowledged for your force.",
        NextAction("Nothing: the force has acknowledged it", NOBODY),
        NO_TARGET,
    ),
    State.PARKED: StateRecord(
        "red", Phase.PARKED, NOTHING, NextAction("Have it built again", MANAGER, "requeue"), NO_TARGET
    ),
}

WAITING = in_phase(STATES, Phase.WAITING)
RELEASED = in_phase(STATES, Phase.RELEASED)
BUILT = in_phase(STATES, Phase.BUILT, Phase.RELEASED)

MOVES: dict[str, Move] = {
    "begin": Move((State.SCHEDULED,), State.BUILDING, "begun"),
    "finish": Move((State.BUILDING,), State.DRAFT, "finished"),
    "requeue": Move((State.BUILDING, State.PARKED, State.DRAFT), State.SCHEDULED, "requeued"),
    "park": Move((State.BUILDING,), State.PARKED, "parked"),
    "release": Move((State.DRAFT,), State.RELEASED, "released"),
    "acknowledge": Move((State.RELEASED,), State.ACKNOWLEDGED, "acknowledged"),
}

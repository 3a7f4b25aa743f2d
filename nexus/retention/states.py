"""The life of one review as data. Only a person moves it, but that a record kept longer falls due again."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, in_phase


class State(TextChoices):
    DUE = "due", "To review"
    KEPT = "kept", "Kept longer"
    HELD = "held", "Legal hold"
    PROPOSED = "proposed", "Erasure proposed"
    ERASED = "erased", "Erased"


class Phase(Enum):
    WAITING = "A manager has to look at it"
    STAYING = "It is kept, and somebody has said why"
    ERASED = "The record is gone"


MANAGER, SECOND = "A manager", "A second manager"

STATES: dict[State, StateRecord] = {
    State.DUE: StateRecord(
        "yellow",
        Phase.WAITING,
        NOTHING,
        NextAction("Keep it, hold it, or propose that it is erased", MANAGER, "keep"),
        NO_TARGET,
    ),
    State.KEPT: StateRecord(
        "blue", Phase.STAYING, NOTHING, NextAction("Nothing until its day", NOBODY), NO_TARGET
    ),
    State.HELD: StateRecord(
        "purple",
        Phase.STAYING,
        NOTHING,
        NextAction("Lift the hold when its reason is over", MANAGER, "lift"),
        NO_TARGET,
    ),
    State.PROPOSED: StateRecord(
        "orange",
        Phase.WAITING,
        NOTHING,
        NextAction("Erase it, or send the proposal back", SECOND, "erase"),
        NO_TARGET,
    ),
    State.ERASED: StateRecord(
        "grey", Phase.ERASED, NOTHING, NextAction("Nothing: it is erased", NOBODY), NO_TARGET
    ),
}

WAITING = in_phase(STATES, Phase.WAITING)

MOVES: dict[str, Move] = {
    "keep": Move((State.DUE,), State.KEPT, "kept_longer"),
    "fall_due": Move((State.KEPT,), State.DUE, "fallen_due"),
    "hold": Move((State.DUE, State.KEPT, State.PROPOSED), State.HELD, "held"),
    "lift": Move((State.HELD,), State.DUE, "lifted"),
    "propose": Move((State.DUE,), State.PROPOSED, "proposed", "proposed for erasure"),
    "send_back": Move((State.PROPOSED,), State.DUE, "sent_back"),
    "erase": Move((State.PROPOSED,), State.ERASED, "erased"),
}

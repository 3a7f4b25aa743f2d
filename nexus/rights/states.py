"""The life of one request for access as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target


class State(TextChoices):
    RECEIVED = "received", "To answer"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Not answered"


class Phase(Enum):
    OPEN = "It has to be answered by its day"
    OVER = "It is answered, or somebody has said why not"


STATES: dict[State, StateRecord] = {
    State.RECEIVED: StateRecord(
        "yellow",
        Phase.OPEN,
        NOTHING,
        NextAction("Find the records, decide what is disclosed, and answer", "A manager", "answer"),
        Target("within one month of its receipt"),
    ),
    State.ANSWERED: StateRecord(
        "green", Phase.OVER, NOTHING, NextAction("Nothing: it is answered", NOBODY), NO_TARGET
    ),
    State.REFUSED: StateRecord(
        "grey", Phase.OVER, NOTHING, NextAction("Nothing: it is not answered", NOBODY), NO_TARGET
    ),
}

MOVES: dict[str, Move] = {
    "answer": Move((State.RECEIVED,), State.ANSWERED, "answered"),
    "refuse": Move((State.RECEIVED,), State.REFUSED, "refused"),
}

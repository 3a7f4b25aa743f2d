"""An enquiry's life as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NextAction, StateRecord


class State(TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"


class Phase(Enum):
    OPEN = "The desk has to answer"
    ANSWERED = "The desk has answered"


STATES: dict[State, StateRecord] = {
    State.OPEN: StateRecord(
        "blue",
        Phase.OPEN,
        "The Duty Desk has not answered yet.",
        NextAction("Answer it", "The Duty Desk", "answer"),
        NO_TARGET,
    ),
    State.ANSWERED: StateRecord(
        "green",
        Phase.ANSWERED,
        "Answered. Ask again where something is not clear.",
        NextAction("Nothing: it is answered", NOBODY),
        NO_TARGET,
    ),
}

MOVES: dict[str, Move] = {
    "answer": Move((State.OPEN,), State.ANSWERED, "answered"),
    "reopen": Move((State.ANSWERED,), State.OPEN, "reopened"),
}

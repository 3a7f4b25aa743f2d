"""The life of one e-mail as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord


class State(TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    PARKED = "parked", "Could not be sent"


class Phase(Enum):
    WAITING = "It goes out by itself"
    SENT = "It has gone out"
    PARKED = "It stays until somebody sends it again"


WORKER, ADMINISTRATOR = "The worker that sends e-mails", "An administrator"

STATES: dict[State, StateRecord] = {
    State.WAITING: StateRecord("grey", Phase.WAITING, NOTHING, NextAction("Send it", WORKER), NO_TARGET),
    State.SENDING: StateRecord(
        "light-blue", Phase.WAITING, NOTHING, NextAction("Send it", WORKER), NO_TARGET
    ),
    State.SENT: StateRecord(
        "green", Phase.SENT, NOTHING, NextAction("Nothing: it is sent", NOBODY), NO_TARGET
    ),
    State.PARKED: StateRecord(
        "red", Phase.PARKED, NOTHING, NextAction("Send it again", ADMINISTRATOR, "retry"), NO_TARGET
    ),
}

MOVES: dict[str, Move] = {
    "begin": Move((State.WAITING,), State.SENDING, "begun"),
    "finish": Move((State.SENDING,), State.SENT, "sent"),
    "postpone": Move((State.SENDING,), State.WAITING, "postponed"),
    "park": Move((State.SENDING,), State.PARKED, "parked"),
    "retry": Move((State.PARKED,), State.WAITING, "retried", "sent again"),
}

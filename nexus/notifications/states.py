"""The life of one e-mail as data."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    PARKED = "parked", "Could not be sent"


MOVES: dict[str, Move] = {
    "begin": Move((State.WAITING,), State.SENDING, "begun"),
    "finish": Move((State.SENDING,), State.SENT, "sent"),
    "postpone": Move((State.SENDING,), State.WAITING, "postponed"),
    "park": Move((State.SENDING,), State.PARKED, "parked"),
    "retry": Move((State.PARKED,), State.WAITING, "retried", "sent again"),
}

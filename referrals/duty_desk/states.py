"""An enquiry's life as data."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"


MOVES: dict[str, Move] = {
    "answer": Move((State.OPEN,), State.ANSWERED, "answered"),
    "reopen": Move((State.ANSWERED,), State.OPEN, "reopened"),
}

"""The progress report's life as data."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    SCHEDULED = "scheduled", "Waiting to be built"
    BUILDING = "building", "Being built"
    DRAFT = "draft", "Ready to check"
    RELEASED = "released", "Released to the force"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the force"
    PARKED = "parked", "Could not be built"


# On its way: the page shows progress and asks again.
WAITING = (State.SCHEDULED, State.BUILDING)
# Out of the house: what the police see.
RELEASED = (State.RELEASED, State.ACKNOWLEDGED)

MOVES: dict[str, Move] = {
    "begin": Move((State.SCHEDULED,), State.BUILDING, "begun"),
    "finish": Move((State.BUILDING,), State.DRAFT, "finished"),
    "requeue": Move((State.BUILDING, State.PARKED, State.DRAFT), State.SCHEDULED, "requeued"),
    "park": Move((State.BUILDING,), State.PARKED, "parked"),
    "release": Move((State.DRAFT,), State.RELEASED, "released"),
    "acknowledge": Move((State.RELEASED,), State.ACKNOWLEDGED, "acknowledged"),
}

"""A data-wash's life as data."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    CHECKED = "checked", "Checked, ready to wash"
    QUEUED = "queued", "Waiting to be washed"
    WASHING = "washing", "Being washed"
    WASHED = "washed", "Washed"
    STALE = "stale", "Out of date"
    PARKED = "parked", "Could not be washed"
    DISCARDED = "discarded", "Discarded"


# On its way: the page shows progress and asks again.
WAITING = (State.QUEUED, State.WASHING)
# The force has its report.
REPORTED = (State.WASHED, State.STALE)
# One file of one agreement is in one of these at most once.
ONGOING = (State.CHECKED, State.QUEUED, State.WASHING, State.WASHED, State.PARKED)

MOVES: dict[str, Move] = {
    "queue": Move((State.CHECKED, State.PARKED), State.QUEUED, "queued"),
    "begin": Move((State.QUEUED,), State.WASHING, "begun"),
    "finish": Move((State.WASHING,), State.WASHED, "finished"),
    "requeue": Move((State.WASHING,), State.QUEUED, "requeued"),
    "park": Move((State.WASHING,), State.PARKED, "parked"),
    "discard": Move((State.CHECKED, State.PARKED), State.DISCARDED, "discarded"),
    "go_stale": Move((State.WASHED,), State.STALE, "gone_stale"),
}

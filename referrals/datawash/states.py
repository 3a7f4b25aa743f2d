"""A data-wash's life as data."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    RECEIVED = "received", "Waiting to be read"
    READING = "reading", "Being read"
    UNREADABLE = "unreadable", "Could not be read"
    ASKED = "asked", "Needs an answer"
    CHECKED = "checked", "Checked, ready to wash"
    QUEUED = "queued", "Waiting to be washed"
    WASHING = "washing", "Being washed"
    WASHED = "washed", "Washed"
    STALE = "stale", "Out of date"
    PARKED = "parked", "Could not be washed"
    DISCARDED = "discarded", "Discarded"


class Phase(Enum):
    """Where in its life a list stands; the groups of states below are made of these."""

    ARRIVED = "Its file is read; the page shows progress and asks again"
    UNREADABLE = "Its file is no list; the force uploads another"
    ASKED = "The force says how its file is to be read, or discards it"
    UPLOADED = "The force has it washed, or discards it"
    WAITING = "It is on its way: its page shows progress and asks again"
    WASHED = "The force has its report"
    STALE = "The force has its report, which is out of date"
    DISCARDED = "Its rows are removed"


FORCE, WORKER = "The force", "The worker that reads and washes lists"
AGREED = Target("within the days agreed with the force")

STATES: dict[State, StateRecord] = {
    State.RECEIVED: StateRecord(
        "grey",
        Phase.ARRIVED,
        "The file waits to be checked and read.",
        NextAction("Read it", WORKER),
        NO_TARGET,
    ),
    State.READING: StateRecord(
        "light-blue", Phase.ARRIVED, "The file is being read.", NextAction("Read it", WORKER), NO_TARGET
    ),
    State.UNREADABLE: StateRecord(
        "red",
        Phase.UNREADABLE,
        "The file could not be read. Correct it and upload it again.",
        NextAction("Nothing here: upload a corrected file", FORCE),
        NO_TARGET,
    ),
    State.ASKED: StateRecord(
        "yellow",
        Phase.ASKED,
        "Say how the file is to be read, or discard it.",
        NextAction("Say how it is to be read, or discard it", FORCE, "answer"),
        AGREED,
    ),
    State.CHECKED: StateRecord(
        "yellow",
        Phase.UPLOADED,
        "Read what the check found, then have the list washed or discard it.",
        NextAction("Have it washed, or discard it", FORCE, "queue"),
        AGREED,
    ),
    State.QUEUED: StateRecord(
        "grey", Phase.WAITING, "The list waits to be washed.", NextAction("Wash it", WORKER), NO_TARGET
    ),
    State.WASHING: StateRecord(
        "light-blue", Phase.WAITING, "The list is being washed.", NextAction("Wash it", WORKER), NO_TARGET
    ),
    State.WASHED: StateRecord(
        "green",
        Phase.WASHED,
        "The results are ready.",
        NextAction("Refer whom the results name", FORCE),
        AGREED,
    ),
    State.STALE: StateRecord(
        "orange",
        Phase.STALE,
        "The results are out of date. Have a new list washed.",
        NextAction("Nothing: a new list is washed where it is needed", NOBODY),
        NO_TARGET,
    ),
    State.PARKED: StateRecord(
        "red",
        Phase.UPLOADED,
        "The list could not be washed. Have it washed again, or discard it.",
        NextAction("Have it washed again, or discard it", FORCE, "queue"),
        AGREED,
    ),
    State.DISCARDED: StateRecord(
        "grey",
        Phase.DISCARDED,
        "This list was discarded and its rows have been removed. The numbers stay.",
        NextAction("Nothing: it is discarded", NOBODY),
        NO_TARGET,
    ),
}

UPLOADED = in_phase(STATES, Phase.ASKED, Phase.UPLOADED)
ARRIVED = in_phase(STATES, Phase.ARRIVED)
WAITING = in_phase(STATES, Phase.ARRIVED, Phase.WAITING)
REPORTED = in_phase(STATES, Phase.WASHED, Phase.STALE)
# One file of one agreement is in one of these at most once.
ONGOING = in_phase(STATES, Phase.ARRIVED, Phase.ASKED, Phase.UPLOADED, Phase.WAITING, Phase.WASHED)

MOVES: dict[str, Move] = {
    "begin_reading": Move((State.RECEIVED,), State.READING, "reading_begun"),
    "finish_reading": Move((State.READING,), State.CHECKED, "checked"),
    "wait_again": Move((State.READING,), State.RECEIVED, "waiting_again"),
    "refuse": Move((State.READING,), State.UNREADABLE, "refused"),
    "ask": Move((State.READING,), State.ASKED, "asked"),
    "answer": Move((State.ASKED, State.CHECKED), State.RECEIVED, "answered"),
    "queue": Move((State.CHECKED, State.PARKED), State.QUEUED, "queued"),
    "begin": Move((State.QUEUED,), State.WASHING, "begun"),
    "finish": Move((State.WASHING,), State.WASHED, "finished"),
    "requeue": Move((State.WASHING,), State.QUEUED, "requeued"),
    "park": Move((State.WASHING,), State.PARKED, "parked"),
    "discard": Move((State.ASKED, State.CHECKED, State.PARKED), State.DISCARDED, "discarded"),
    "go_stale": Move((State.WASHED,), State.STALE, "gone_stale"),
}

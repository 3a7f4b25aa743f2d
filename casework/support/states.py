"""A support request's life as data: states, and the verbs that move it."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    WITH_FORCE = "with_force", "With the force"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    FULFILLED = "fulfilled", "Fulfilled"
    CANCELLED = "cancelled", "Cancelled"


class Phase(Enum):
    """Where in its life a request stands; the groups of states below are made of these."""

    WRITTEN = "Whoever asks writes it"
    CROYDON = "The Referrals Office reads it"
    ASKED = "The force has to answer"
    PROMISED = "The force has accepted it"
    OVER = "The force has done it or declined it"
    CANCELLED = "Nobody asks for it any more"


ASKER, OFFICE, LEAD, FORCE = "Whoever asks", "Referrals Office", "The lead of the force", "The force"
NEEDED = Target("by the day it is needed")

STATES: dict[State, StateRecord] = {
    State.DRAFT: StateRecord(
        "grey", Phase.WRITTEN, NOTHING, NextAction("Finish it and submit it", ASKER, "submit"), NO_TARGET
    ),
    State.SUBMITTED: StateRecord(
        "blue",
        Phase.CROYDON,
        NOTHING,
        NextAction("Pass it on to the force, or send it back", OFFICE, "pass_on"),
        NEEDED,
    ),
    State.WITH_FORCE: StateRecord(
        "yellow",
        Phase.ASKED,
        "Your force lead accepts or declines it.",
        NextAction("Accept or decline it", LEAD, "accept"),
        NEEDED,
    ),
    State.ACCEPTED: StateRecord(
        "light-blue",
        Phase.PROMISED,
        "Your force has promised it. Record when it is done.",
        NextAction("Do it and record it", FORCE, "fulfil"),
        NEEDED,
    ),
    State.DECLINED: StateRecord(
        "purple",
        Phase.OVER,
        "Your force has declined it.",
        NextAction("Nothing: the force has declined it", NOBODY),
        NO_TARGET,
    ),
    State.FULFILLED: StateRecord(
        "green",
        Phase.OVER,
        "Your force has done it.",
        NextAction("Nothing: the force has done it", NOBODY),
        NO_TARGET,
    ),
    State.CANCELLED: StateRecord(
        "grey",
        Phase.CANCELLED,
        "It is cancelled. Nothing more is asked of you.",
        NextAction("Nothing: it is cancelled", NOBODY),
        NO_TARGET,
    ),
}

# What waits for somebody: for the Referrals Office first, then for the force.
BEFORE_THE_FORCE = in_phase(STATES, Phase.WRITTEN, Phase.CROYDON)
WITH_THE_FORCE = in_phase(STATES, Phase.ASKED, Phase.PROMISED)
ANSWERED = in_phase(STATES, Phase.PROMISED, Phase.OVER)
REACHED_THE_FORCE = in_phase(STATES, Phase.ASKED, Phase.PROMISED, Phase.OVER)
ENDED = in_phase(STATES, Phase.OVER, Phase.CANCELLED)
# What moves nothing, and when.
MAY_BE_AMENDED = in_phase(STATES, Phase.WRITTEN)
MAY_BE_TALKED_ABOUT = REACHED_THE_FORCE

MOVES: dict[str, Move] = {
    "submit": Move((State.DRAFT,), State.SUBMITTED, "submitted"),
    "send_back": Move((State.SUBMITTED,), State.DRAFT, "sent_back"),
    "pass_on": Move((State.SUBMITTED,), State.WITH_FORCE, "passed_on"),
    "accept": Move((State.WITH_FORCE,), State.ACCEPTED, "accepted"),
    # Resource may be lost after it was promised: then the force says so, with a reason.
    "decline": Move((State.WITH_FORCE, State.ACCEPTED), State.DECLINED, "declined"),
    "fulfil": Move((State.ACCEPTED,), State.FULFILLED, "fulfilled"),
    "cancel": Move(
        (State.DRAFT, State.SUBMITTED, State.WITH_FORCE, State.ACCEPTED), State.CANCELLED, "cancelled"
    ),
}

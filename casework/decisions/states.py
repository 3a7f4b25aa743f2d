"""A decision's life, and that of a challenge to it, as data."""

from enum import Enum

from django.db.models import TextChoices

from casework.states import OWNER, SENIOR
from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    REVIEWED = "reviewed", "Reviewed"
    DECIDED = "decided", "Decided"
    SERVED = "served", "Served"
    SUPERSEDED = "superseded", "No longer stands"


class Phase(Enum):
    """Where in its life a decision stands; the groups of states below are made of these."""

    WRITTEN = "It is written"
    REVIEWED = "It is reviewed, and its text rests"
    STANDS = "It is made and stands"
    SET_ASIDE = "It no longer stands"


REVIEW = Target("reviewed within {} working days", number=5)  # local

# The police never see a decision: they read what the case shares of it.
STATES: dict[State, StateRecord] = {
    State.DRAFT: StateRecord(
        "blue",
        Phase.WRITTEN,
        NOTHING,
        NextAction("Finish the draft, then submit it or make the decision", OWNER, "submit"),
        NO_TARGET,
    ),
    State.SUBMITTED: StateRecord(
        "yellow", Phase.REVIEWED, NOTHING, NextAction("Review it", SENIOR, "approve"), REVIEW
    ),
    State.REVIEWED: StateRecord(
        "light-blue", Phase.REVIEWED, NOTHING, NextAction("Make the decision", OWNER, "decide"), NO_TARGET
    ),
    State.DECIDED: StateRecord(
        "purple", Phase.STANDS, NOTHING, NextAction("Record the service", OWNER, "serve"), NO_TARGET
    ),
    State.SERVED: StateRecord(
        "purple", Phase.STANDS, NOTHING, NextAction("Nothing, unless it is challenged", NOBODY), NO_TARGET
    ),
    State.SUPERSEDED: StateRecord(
        "grey", Phase.SET_ASIDE, NOTHING, NextAction("Nothing: it no longer stands", NOBODY), NO_TARGET
    ),
}

# Its text can no longer change, whatever happens to it.
MADE = in_phase(STATES, Phase.STANDS, Phase.SET_ASIDE)
STANDING = in_phase(STATES, Phase.STANDS)

MOVES: dict[str, Move] = {
    "submit": Move((State.DRAFT,), State.SUBMITTED, "submitted", refused_as="submitted for review"),
    "approve": Move((State.SUBMITTED,), State.REVIEWED, "approved"),
    "return_draft": Move((State.SUBMITTED,), State.DRAFT, "returned"),
    "take_back": Move((State.SUBMITTED, State.REVIEWED), State.DRAFT, "taken_back"),
    # Something became known that the review did not know.
    "void_review": Move((State.REVIEWED,), State.SUBMITTED, "review_void"),
    "decide": Move((State.DRAFT, State.REVIEWED), State.DECIDED, "decided"),
    "serve": Move((State.DECIDED,), State.SERVED, "served"),
    "supersede": Move((State.DECIDED, State.SERVED), State.SUPERSEDED, "superseded", refused_as="made again"),
}


class ChallengeState(TextChoices):
    OPEN = "open", "Open"
    DISMISSED = "dismissed", "Dismissed"
    ALLOWED = "allowed", "Allowed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REMITTED = "remitted", "Sent back for a new decision"


class ChallengePhase(Enum):
    OPEN = "It is not decided"
    FAILED = "The decision stands"
    SUCCEEDED = "The decision no longer stands"


CHALLENGE_STATES: dict[ChallengeState, StateRecord] = {
    ChallengeState.OPEN: StateRecord(
        "blue", ChallengePhase.OPEN, NOTHING, NextAction("Record how the challenge ended", OWNER), NO_TARGET
    ),
    ChallengeState.DISMISSED: StateRecord(
        "grey", ChallengePhase.FAILED, NOTHING, NextAction("Nothing: the decision stands", NOBODY), NO_TARGET
    ),
    ChallengeState.ALLOWED: StateRecord(
        "orange",
        ChallengePhase.SUCCEEDED,
        NOTHING,
        NextAction("Nothing more on the challenge: the case goes on", NOBODY),
        NO_TARGET,
    ),
    ChallengeState.WITHDRAWN: StateRecord(
        "grey", ChallengePhase.FAILED, NOTHING, NextAction("Nothing: the decision stands", NOBODY), NO_TARGET
    ),
    ChallengeState.REMITTED: StateRecord(
        "orange",
        ChallengePhase.SUCCEEDED,
        NOTHING,
        NextAction("Nothing more on the challenge: a new decision is to be made", NOBODY),
        NO_TARGET,
    ),
}

CHALLENGE_MOVES: dict[str, Move] = {
    "dismiss": Move((ChallengeState.OPEN,), ChallengeState.DISMISSED, "dismissed"),
    "allow": Move((ChallengeState.OPEN,), ChallengeState.ALLOWED, "allowed"),
    "withdraw": Move((ChallengeState.OPEN,), ChallengeState.WITHDRAWN, "withdrawn"),
    "remit": Move((ChallengeState.OPEN,), ChallengeState.REMITTED, "remitted"),
}
# The outcomes after which the decision no longer stands.
ENDED = in_phase(CHALLENGE_STATES, ChallengePhase.FAILED, ChallengePhase.SUCCEEDED)
SETS_ASIDE = in_phase(CHALLENGE_STATES, ChallengePhase.SUCCEEDED)
VERB_OF = {move.target: verb for verb, move in CHALLENGE_MOVES.items()}

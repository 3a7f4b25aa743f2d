"""A decision's life, and that of a challenge to it, as data."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    REVIEWED = "reviewed", "Reviewed"
    DECIDED = "decided", "Decided"
    SERVED = "served", "Served"
    SUPERSEDED = "superseded", "No longer stands"


MOVES: dict[str, Move] = {
    "submit": Move((State.DRAFT,), State.SUBMITTED, "submitted", said="submitted for review"),
    "approve": Move((State.SUBMITTED,), State.REVIEWED, "approved"),
    "return_draft": Move((State.SUBMITTED,), State.DRAFT, "returned"),
    "take_back": Move((State.SUBMITTED, State.REVIEWED), State.DRAFT, "taken_back"),
    "decide": Move((State.DRAFT, State.REVIEWED), State.DECIDED, "decided"),
    "serve": Move((State.DECIDED,), State.SERVED, "served"),
    "supersede": Move((State.DECIDED, State.SERVED), State.SUPERSEDED, "superseded", said="made afresh"),
}

# Its text can no longer change, whatever happens to it.
MADE = (State.DECIDED, State.SERVED, State.SUPERSEDED)
STANDING = (State.DECIDED, State.SERVED)


class ChallengeState(TextChoices):
    OPEN = "open", "Open"
    DISMISSED = "dismissed", "Dismissed"
    ALLOWED = "allowed", "Allowed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REMITTED = "remitted", "Sent back to be decided afresh"


CHALLENGE_MOVES: dict[str, Move] = {
    "dismiss": Move((ChallengeState.OPEN,), ChallengeState.DISMISSED, "dismissed"),
    "allow": Move((ChallengeState.OPEN,), ChallengeState.ALLOWED, "allowed"),
    "withdraw": Move((ChallengeState.OPEN,), ChallengeState.WITHDRAWN, "withdrawn"),
    "remit": Move((ChallengeState.OPEN,), ChallengeState.REMITTED, "remitted"),
}
# The outcomes after which the decision no longer stands.
SETS_ASIDE = (ChallengeState.ALLOWED, ChallengeState.REMITTED)
VERB_OF = {move.target: verb for verb, move in CHALLENGE_MOVES.items()}

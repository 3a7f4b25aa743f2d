"""A support request's life as data: states, and the verbs that move it."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    WITH_FORCE = "with_force", "With the force"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    FULFILLED = "fulfilled", "Fulfilled"
    CANCELLED = "cancelled", "Cancelled"


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

# What waits for somebody: for the Referrals Office first, then for the force.
WITH_THE_FORCE = (State.WITH_FORCE, State.ACCEPTED)
BEFORE_THE_FORCE = (State.DRAFT, State.SUBMITTED)

# What moves nothing, and when.
MAY_BE_AMENDED = (State.DRAFT,)
MAY_BE_TALKED_ABOUT = (*WITH_THE_FORCE, State.DECLINED, State.FULFILLED)

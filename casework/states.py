"""The case's life as data: states, and the verbs that move it."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    OPEN = "open", "Open, flag only"
    ALLOCATED = "allocated", "Allocated to Liverpool"
    ASSIGNED = "assigned", "Assigned to a case-owner"
    EVIDENCE = "evidence", "Gathering evidence"
    DECIDED = "decided", "Decision made"
    SERVED = "served", "Decision served"
    CHALLENGED = "challenged", "Under challenge"
    OUTCOME = "outcome", "Outcome recorded"
    CLOSED = "closed", "Closed"


# States in which a named case-owner is at work.
WORKED = (State.ASSIGNED, State.EVIDENCE, State.DECIDED, State.SERVED, State.CHALLENGED)

MOVES: dict[str, Move] = {
    "allocate": Move((State.OPEN,), State.ALLOCATED, "allocated"),
    "assign": Move((State.ALLOCATED,), State.ASSIGNED, "assigned"),
    "gather_evidence": Move((State.ASSIGNED,), State.EVIDENCE, "moved_to_evidence"),
    "decide": Move((State.ASSIGNED, State.EVIDENCE), State.DECIDED, "decided"),
    "serve": Move((State.DECIDED,), State.SERVED, "served"),
    "challenge": Move((State.DECIDED, State.SERVED), State.CHALLENGED, "challenged"),
    # After a successful challenge the case goes back to be decided afresh.
    "reconsider": Move((State.CHALLENGED,), State.EVIDENCE, "reconsidered"),
    "record_outcome": Move((State.OPEN, *WORKED), State.OUTCOME, "given_an_outcome"),
    "close": Move((State.OUTCOME,), State.CLOSED, "closed"),
}

"""The case's life as data: states, and the verbs that move it."""

from dataclasses import dataclass

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    OPEN = "open", "Open, flag only"
    ALLOCATED = "allocated", "Allocated to Liverpool"
    ASSIGNED = "assigned", "Assigned to a case-owner"
    EVIDENCE = "evidence", "Gathering evidence"
    DRAFTED = "drafted", "Decision being drafted"
    REVIEWED = "reviewed", "Decision reviewed"
    DECIDED = "decided", "Decision made"
    SERVED = "served", "Decision served"
    CHALLENGED = "challenged", "Under challenge"
    OUTCOME = "outcome", "Outcome recorded"
    CLOSED = "closed", "Closed"


# States in which a named case-owner is at work.
WORKED = (
    State.ASSIGNED,
    State.EVIDENCE,
    State.DRAFTED,
    State.REVIEWED,
    State.DECIDED,
    State.SERVED,
    State.CHALLENGED,
)

# From `draft` to `reconsider` the moves follow a decision's own: see casework/decisions/.
MOVES: dict[str, Move] = {
    "allocate": Move((State.OPEN,), State.ALLOCATED, "allocated"),
    "assign": Move((State.ALLOCATED,), State.ASSIGNED, "assigned"),
    "gather_evidence": Move((State.ASSIGNED,), State.EVIDENCE, "moved_to_evidence"),
    "draft": Move((State.ASSIGNED, State.EVIDENCE), State.DRAFTED, "drafted", said="given a draft decision"),
    "review": Move((State.DRAFTED,), State.REVIEWED, "reviewed"),
    "redraft": Move((State.REVIEWED,), State.DRAFTED, "redrafted", said="taken back to its draft decision"),
    "decide": Move((State.DRAFTED, State.REVIEWED), State.DECIDED, "decided"),
    "serve": Move((State.DECIDED,), State.SERVED, "served"),
    "challenge": Move((State.SERVED,), State.CHALLENGED, "challenged"),
    # A challenge fails and the decision stands, or succeeds and the case is decided afresh.
    "uphold": Move((State.CHALLENGED,), State.SERVED, "upheld"),
    "reconsider": Move(
        (State.DECIDED, State.SERVED, State.CHALLENGED), State.EVIDENCE, "reconsidered", said="decided afresh"
    ),
    "record_outcome": Move((State.OPEN, *WORKED), State.OUTCOME, "given_an_outcome"),
    "close": Move((State.OUTCOME,), State.CLOSED, "closed"),
}

NOT_CLOSED = tuple(state for state in State if state != State.CLOSED)
BEFORE_OUTCOME = (State.OPEN, State.ALLOCATED, *WORKED)


@dataclass(frozen=True)
class Deed:
    """A verb that leaves the state alone: the states in which it may be done, and what a refusal says."""

    when: tuple[str, ...]
    refusal: str


DEEDS: dict[str, Deed] = {
    "reassign": Deed((*WORKED, State.OUTCOME), "it cannot be reassigned"),
    "plan": Deed(NOT_CLOSED, "its next action cannot be planned"),
    "record_progress": Deed(NOT_CLOSED, "progress cannot be recorded"),
    "add_note": Deed(NOT_CLOSED, "a note cannot be added"),
    "add_task": Deed(NOT_CLOSED, "a task cannot be added"),
    "complete_task": Deed(NOT_CLOSED, "its tasks cannot be completed"),
    "add_document": Deed(NOT_CLOSED, "a document cannot be added"),
    "record_barrier": Deed(BEFORE_OUTCOME, "a barrier cannot be recorded"),
    "lift_barrier": Deed(NOT_CLOSED, "a barrier cannot be lifted"),
    "change_route": Deed(BEFORE_OUTCOME, "its route cannot be changed"),
    "relate": Deed(NOT_CLOSED, "it cannot be related to another"),
    "unrelate": Deed(NOT_CLOSED, "its relations cannot be changed"),
    "add_person": Deed(NOT_CLOSED, "a person cannot be added"),
    "correct_person": Deed(NOT_CLOSED, "what is known of its people cannot be corrected"),
    "remove_person": Deed(NOT_CLOSED, "its people cannot be removed"),
}

"""The case's life as data: states, all that is said of each, and the verbs that move it."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target, in_phase


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


class Phase(Enum):
    """Where in its life a case stands; the groups of states below are made of these."""

    FLAGGED = "Another team holds it, or nobody"
    ALLOCATED = "It waits for a case-owner"
    PREPARED = "A case-owner works towards a decision"
    DECIDED = "A case-owner works on a decision that was made"
    ENDED = "An outcome is recorded"
    CLOSED = "It is closed"


MANAGER, OWNER, SENIOR = "A manager", "The case-owner", "A Senior Caseworker"


@dataclass(frozen=True)
class CaseStateRecord(StateRecord):
    """Also what a case weighs on the workload board in this state.

    Local weights, not the guidance's: what is at court or being decided takes more of a case-owner than what waits.
    NEXUS_STAGE_POINTS overrides them.
    """

    points: int


# The force reads no state of a case: it reads the progress that is shared with it. Each case has its own next action
# with its day; here is what usually has to be done.
PLANNED = Target("by the day planned on the case")

STATES: dict[State, CaseStateRecord] = {
    State.OPEN: CaseStateRecord(
        "grey",
        Phase.FLAGGED,
        NOTHING,
        NextAction("Allocate it where Liverpool takes it over", MANAGER, "allocate"),
        NO_TARGET,
        points=0,
    ),
    State.ALLOCATED: CaseStateRecord(
        "yellow",
        Phase.ALLOCATED,
        NOTHING,
        NextAction("Assign it to a case-owner", MANAGER, "assign"),
        PLANNED,
        points=0,
    ),
    State.ASSIGNED: CaseStateRecord(
        "blue",
        Phase.PREPARED,
        NOTHING,
        NextAction("Gather evidence, or draft the decision", OWNER),
        PLANNED,
        points=2,
    ),
    State.EVIDENCE: CaseStateRecord(
        "light-blue",
        Phase.PREPARED,
        NOTHING,
        NextAction("Draft the decision", OWNER, "draft"),
        PLANNED,
        points=3,
    ),
    State.DRAFTED: CaseStateRecord(
        "pink",
        Phase.PREPARED,
        NOTHING,
        NextAction("Finish the draft decision, and have it reviewed", OWNER),
        PLANNED,
        points=3,
    ),
    State.REVIEWED: CaseStateRecord(
        "pink", Phase.PREPARED, NOTHING, NextAction("Make the decision", OWNER, "decide"), PLANNED, points=2
    ),
    State.DECIDED: CaseStateRecord(
        "purple", Phase.DECIDED, NOTHING, NextAction("Serve the decision", OWNER, "serve"), PLANNED, points=2
    ),
    State.SERVED: CaseStateRecord(
        "purple",
        Phase.DECIDED,
        NOTHING,
        NextAction("Record a challenge, or the outcome", OWNER),
        PLANNED,
        points=1,
    ),
    State.CHALLENGED: CaseStateRecord(
        "orange",
        Phase.DECIDED,
        NOTHING,
        NextAction("Record how the challenge ended", OWNER),
        PLANNED,
        points=4,
    ),
    State.OUTCOME: CaseStateRecord(
        "green", Phase.ENDED, NOTHING, NextAction("Close it", OWNER, "close"), PLANNED, points=1
    ),
    State.CLOSED: CaseStateRecord(
        "grey", Phase.CLOSED, NOTHING, NextAction("Nothing: it is closed", NOBODY), NO_TARGET, points=0
    ),
}

# States in which a named case-owner is at work.
WORKED = in_phase(STATES, Phase.PREPARED, Phase.DECIDED)
DECIDED = in_phase(STATES, Phase.DECIDED)
OVER = in_phase(STATES, Phase.ENDED, Phase.CLOSED)

# From `draft` to `reconsider` the moves follow a decision's own: see casework/decisions/.
MOVES: dict[str, Move] = {
    "allocate": Move((State.OPEN,), State.ALLOCATED, "allocated"),
    "assign": Move((State.ALLOCATED,), State.ASSIGNED, "assigned"),
    "gather_evidence": Move((State.ASSIGNED,), State.EVIDENCE, "moved_to_evidence"),
    "draft": Move(
        (State.ASSIGNED, State.EVIDENCE), State.DRAFTED, "drafted", refused_as="given a draft decision"
    ),
    "review": Move((State.DRAFTED,), State.REVIEWED, "reviewed"),
    "redraft": Move(
        (State.REVIEWED,), State.DRAFTED, "redrafted", refused_as="taken back to its draft decision"
    ),
    "decide": Move((State.DRAFTED, State.REVIEWED), State.DECIDED, "decided"),
    "serve": Move((State.DECIDED,), State.SERVED, "served"),
    "challenge": Move((State.SERVED,), State.CHALLENGED, "challenged"),
    # A challenge fails and the decision stands, or succeeds and a new decision is to be made.
    "uphold": Move((State.CHALLENGED,), State.SERVED, "upheld"),
    "reconsider": Move(
        (State.DECIDED, State.SERVED, State.CHALLENGED),
        State.EVIDENCE,
        "reconsidered",
        refused_as="decided again",
    ),
    "record_outcome": Move((State.OPEN, *WORKED), State.OUTCOME, "given_an_outcome"),
    "close": Move((State.OUTCOME,), State.CLOSED, "closed"),
}

NOT_CLOSED = tuple(state for state, record in STATES.items() if record.phase is not Phase.CLOSED)
BEFORE_OUTCOME = tuple(state for state in NOT_CLOSED if state not in OVER)


@dataclass(frozen=True)
class Allowed:
    """A verb that leaves the state alone: the states in which it may be done, and what a refusal says."""

    when: tuple[str, ...]
    refusal: str


# What leaves the state alone, and when it may be done.
ALLOWED: dict[str, Allowed] = {
    "reassign": Allowed((*WORKED, State.OUTCOME), "it cannot be reassigned"),
    "plan": Allowed(NOT_CLOSED, "its next action cannot be planned"),
    "record_progress": Allowed(NOT_CLOSED, "progress cannot be recorded"),
    "add_note": Allowed(NOT_CLOSED, "a note cannot be added"),
    "add_task": Allowed(NOT_CLOSED, "a task cannot be added"),
    "complete_task": Allowed(NOT_CLOSED, "its tasks cannot be completed"),
    "add_document": Allowed(NOT_CLOSED, "a document cannot be added"),
    "record_barrier": Allowed(BEFORE_OUTCOME, "a barrier cannot be recorded"),
    "lift_barrier": Allowed(NOT_CLOSED, "a barrier cannot be lifted"),
    "clarify": Allowed(BEFORE_OUTCOME, "nothing more can be found out for it"),
    "give_removal_notice": Allowed(DECIDED, "a notice of removal cannot be recorded"),
    "change_route": Allowed(BEFORE_OUTCOME, "its route cannot be changed"),
    "relate": Allowed(NOT_CLOSED, "it cannot be related to another"),
    "unrelate": Allowed(NOT_CLOSED, "its relations cannot be changed"),
    "add_person": Allowed(NOT_CLOSED, "a person cannot be added"),
    "correct_person": Allowed(NOT_CLOSED, "what is known of its people cannot be corrected"),
    "remove_person": Allowed(NOT_CLOSED, "its people cannot be removed"),
}

"""The referral's life as data: states, all that is said of each, and the verbs that move it."""

from enum import Enum

from django.db.models import TextChoices

from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    IN_TRIAGE = "in_triage", "In triage"
    INFORMATION_REQUESTED = "information_requested", "Information requested"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Phase(Enum):
    """Where in its life a referral stands; the groups of states below are made of these."""

    WRITTEN = "The force writes it"
    QUEUED = "It waits for an officer"
    HELD = "An officer holds it"
    DECIDED = "It is decided"
    WITHDRAWN = "The force has taken it back"


# Whose the next action is; referrals/triage/coming.py says the name.
OFFICE, HOLDER, FORCE = "Referrals Office", "The officer who holds it", "The force"
TEAM, DESTINATION = "The team that has the case", "Where it was passed to"

# Local targets: the guidance sets no service levels. In working days from arrival; they wait while the force is asked.
CLAIM = Target("claimed within {} working days of its arrival", setting="NEXUS_CLAIM_WITHIN_DAYS")
DECIDE = Target("decided within {} working days of its arrival", setting="NEXUS_DECIDE_WITHIN_DAYS")

STATES: dict[State, StateRecord] = {
    State.DRAFT: StateRecord(
        "blue",
        Phase.WRITTEN,
        "Not sent yet. Finish the sections and submit it.",
        NextAction("Finish the sections and submit it", FORCE, "submit"),
        NO_TARGET,
    ),
    State.SUBMITTED: StateRecord(
        "blue",
        Phase.QUEUED,
        "With the Referrals Office, waiting for a referrals officer.",
        NextAction("Claim it and assess it", OFFICE, "claim"),
        CLAIM,
    ),
    State.IN_TRIAGE: StateRecord(
        "light-blue",
        Phase.HELD,
        "A referrals officer is assessing it.",
        NextAction("Ask the force, or decide", HOLDER),
        DECIDE,
    ),
    State.INFORMATION_REQUESTED: StateRecord(
        "yellow",
        Phase.HELD,
        "The Referrals Office has asked you for information.",
        NextAction("Waiting for the force’s answer", FORCE, "answer_information"),
        DECIDE,
    ),
    State.ACCEPTED: StateRecord(
        "green",
        Phase.DECIDED,
        "Accepted and flagged as Nexus High Harm.",
        NextAction("Decided: the case goes on", TEAM),
        NO_TARGET,
    ),
    State.NOT_ACCEPTED: StateRecord(
        "grey",
        Phase.DECIDED,
        ("Not accepted. The reasons are below. You can discuss the case with the Referrals Office."),
        NextAction("Decided: the force may discuss it with the Referrals Office", FORCE),
        NO_TARGET,
    ),
    State.REDIRECTED: StateRecord(
        "purple",
        Phase.DECIDED,
        "Passed to another Home Office command.",
        NextAction("Decided: passed on", DESTINATION),
        NO_TARGET,
    ),
    State.WITHDRAWN: StateRecord(
        "grey",
        Phase.WITHDRAWN,
        "Withdrawn by the force.",
        NextAction("None: the force has withdrawn it", FORCE),
        NO_TARGET,
    ),
}

HELD = in_phase(STATES, Phase.HELD)
UNDECIDED = in_phase(STATES, Phase.QUEUED, Phase.HELD)
DECIDED = in_phase(STATES, Phase.DECIDED)
SENT = tuple(state for state, record in STATES.items() if record.phase is not Phase.WRITTEN)

MOVES: dict[str, Move] = {
    "submit": Move((State.DRAFT,), State.SUBMITTED, "submitted"),
    "claim": Move((State.SUBMITTED,), State.IN_TRIAGE, "claimed"),
    "release": Move((State.IN_TRIAGE,), State.SUBMITTED, "released"),
    "hand_over": Move((State.SUBMITTED, State.IN_TRIAGE), State.IN_TRIAGE, "handed_over"),
    # With questions open it stays with the force; only who waits for the answers changes.
    "hand_over_asked": Move(
        (State.INFORMATION_REQUESTED,), State.INFORMATION_REQUESTED, "handed_over", "handed over"
    ),
    "request_information": Move((State.IN_TRIAGE,), State.INFORMATION_REQUESTED, "asked_about"),
    "answer_information": Move((State.INFORMATION_REQUESTED,), State.IN_TRIAGE, "answered"),
    "take_back": Move((State.INFORMATION_REQUESTED,), State.IN_TRIAGE, "taken_back"),
    "accept": Move((State.IN_TRIAGE,), State.ACCEPTED, "accepted"),
    "not_accept": Move((State.IN_TRIAGE,), State.NOT_ACCEPTED, "not_accepted", "refused"),
    "redirect": Move((State.IN_TRIAGE,), State.REDIRECTED, "redirected"),
    "withdraw": Move((State.DRAFT, *UNDECIDED), State.WITHDRAWN, "withdrawn"),
    "reopen": Move((State.NOT_ACCEPTED,), State.IN_TRIAGE, "reopened"),
}


class ProposalState(TextChoices):
    """A decision put to a second reader."""

    PROPOSED = "proposed", "Waits for a second reader"
    AGREED = "agreed", "Agreed"
    RETURNED = "returned", "Returned"
    VOID = "void", "Void"


class ProposalPhase(Enum):
    OPEN = "It waits for a second reader"
    OVER = "It was read, or came to nothing"


# The force never hears of a proposal: it reads the decision.
PROPOSAL_STATES: dict[ProposalState, StateRecord] = {
    ProposalState.PROPOSED: StateRecord(
        "purple",
        ProposalPhase.OPEN,
        NOTHING,
        NextAction("Read the proposed decision a second time", "Another referrals officer"),
        NO_TARGET,
    ),
    ProposalState.AGREED: StateRecord(
        "green", ProposalPhase.OVER, NOTHING, NextAction("Nothing: the decision is made", NOBODY), NO_TARGET
    ),
    ProposalState.RETURNED: StateRecord(
        "orange", ProposalPhase.OVER, NOTHING, NextAction("Ask the force, or decide", HOLDER), NO_TARGET
    ),
    ProposalState.VOID: StateRecord(
        "grey",
        ProposalPhase.OVER,
        NOTHING,
        NextAction("Nothing: the referral has gone another way", NOBODY),
        NO_TARGET,
    ),
}

PROPOSAL_MOVES: dict[str, Move] = {
    "agree": Move((ProposalState.PROPOSED,), ProposalState.AGREED, "agreed", "agreed to"),
    "send_back": Move((ProposalState.PROPOSED,), ProposalState.RETURNED, "returned"),
    "recall": Move((ProposalState.PROPOSED,), ProposalState.VOID, "recalled", "taken back"),
    "lapse": Move((ProposalState.PROPOSED,), ProposalState.VOID, "lapsed", "made void"),
}

# What happens to a referral in triage makes a decision proposed on it void, and what is said of it then.
VOIDS_A_PROPOSAL: dict[str, str] = {
    "release": "The referral was released to the queue.",
    "hand_over": "The referral was handed over to another officer.",
    "request_information": "The force was asked for more information.",
    "withdraw": "The force withdrew the referral.",
}

# What the desk does to no referral that follows another of the same person. The force may still answer and
# withdraw: it does not know.
NOT_WHILE_FOLLOWING = frozenset(
    {"claim", "release", "hand_over", "hand_over_asked", "request_information", "take_back"}
    | {"accept", "not_accept", "redirect"}
)

# What the force of such a referral is told: never that there is another referral, nor whose.
WHAT_A_FOLLOWERS_FORCE_IS_TOLD = {
    False: "With the Referrals Office. It is assessed together with what else is known of the subject.",
    True: "The subject’s case has been accepted as Nexus High Harm. What you sent goes with it.",
}

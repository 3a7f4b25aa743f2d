"""The referral's life as data: states, all that is said of each, and the verbs that move it."""

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class ReferralMove(Move):
    """Also what its entry is called in the timelines: in `title` that of the Home Office; in `force_title` that of
    the force, where it has one, and whether the force reads the reason."""

    title: str
    force_title: str = ""
    reason_shared: bool = False


MOVES: dict[str, ReferralMove] = {
    "submit": ReferralMove(
        (State.DRAFT,), State.SUBMITTED, "submitted", title="Submitted", force_title="Referral submitted"
    ),
    "claim": ReferralMove(
        (State.SUBMITTED,),
        State.IN_TRIAGE,
        "claimed",
        title="Claimed",
        force_title="A referrals officer began the assessment",
    ),
    "release": ReferralMove((State.IN_TRIAGE,), State.SUBMITTED, "released", title="Released to the queue"),
    "hand_over": ReferralMove(
        (State.SUBMITTED, State.IN_TRIAGE),
        State.IN_TRIAGE,
        "handed_over",
        title="Handed over to another officer",
    ),
    # With questions open it stays with the force; only who waits for the answers changes.
    "hand_over_asked": ReferralMove(
        (State.INFORMATION_REQUESTED,),
        State.INFORMATION_REQUESTED,
        "handed_over",
        "handed over",
        title="Handed over while the force is asked",
    ),
    "request_information": ReferralMove(
        (State.IN_TRIAGE,),
        State.INFORMATION_REQUESTED,
        "asked_about",
        title="Information requested",
        force_title="The Referrals Office asked for information",
    ),
    "answer_information": ReferralMove(
        (State.INFORMATION_REQUESTED,), State.IN_TRIAGE, "answered", title="The force answered"
    ),
    "take_back": ReferralMove(
        (State.INFORMATION_REQUESTED,),
        State.IN_TRIAGE,
        "taken_back",
        title="Taken back to triage without further answers",
        force_title="The Referrals Office continued without further answers",
        reason_shared=True,
    ),
    "accept": ReferralMove(
        (State.IN_TRIAGE,),
        State.ACCEPTED,
        "accepted",
        title="Accepted",
        force_title="Accepted by the Referrals Office",
        reason_shared=True,
    ),
    "not_accept": ReferralMove(
        (State.IN_TRIAGE,),
        State.NOT_ACCEPTED,
        "not_accepted",
        "refused",
        title="Not accepted",
        force_title="Not accepted by the Referrals Office",
        reason_shared=True,
    ),
    "redirect": ReferralMove(
        (State.IN_TRIAGE,),
        State.REDIRECTED,
        "redirected",
        title="Redirected",
        force_title="Passed to another Home Office command",
        reason_shared=True,
    ),
    "withdraw": ReferralMove(
        (State.DRAFT, *UNDECIDED),
        State.WITHDRAWN,
        "withdrawn",
        title="Withdrawn",
        force_title="Withdrawn by the force",
        reason_shared=True,
    ),
    "reopen": ReferralMove(
        (State.NOT_ACCEPTED,),
        State.IN_TRIAGE,
        "reopened",
        title="Reopened",
        force_title="Taken back into assessment",
    ),
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
    "add_information": "The force added information.",
    "correct": "A recorded fact was corrected.",
}

# What is done to no referral that follows another of the same person: all but what the force does, which does not
# know.
NOT_WHILE_FOLLOWING = frozenset(MOVES) - {"answer_information", "withdraw"}

# What the force of such a referral is told: never that there is another referral, nor whose.
WHAT_A_FOLLOWERS_FORCE_IS_TOLD = {
    False: "With the Referrals Office. It is assessed together with what else is known of the subject.",
    True: "The subject’s case has been accepted as Nexus High Harm. What you sent goes with it.",
}

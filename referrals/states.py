"""The referral's life as data: states, the verbs that move it, and what the force is told of each."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    IN_TRIAGE = "in_triage", "In triage"
    INFORMATION_REQUESTED = "information_requested", "Information requested"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDECIDED = (State.SUBMITTED, State.IN_TRIAGE, State.INFORMATION_REQUESTED)
DECIDED = (State.ACCEPTED, State.NOT_ACCEPTED, State.REDIRECTED)

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

WHAT_THE_FORCE_IS_TOLD: dict[str, str] = {
    State.DRAFT: "Not sent yet. Finish the sections and submit it.",
    State.SUBMITTED: "With the Referrals Office, waiting for a referrals officer.",
    State.IN_TRIAGE: "A referrals officer is assessing it.",
    State.INFORMATION_REQUESTED: "The Referrals Office has asked you for information.",
    State.ACCEPTED: "Accepted and flagged as Nexus High Harm.",
    State.NOT_ACCEPTED: "Not accepted. The reasons are below. You can discuss the case with the Referrals Office.",
    State.REDIRECTED: "Passed to another Home Office command.",
    State.WITHDRAWN: "Withdrawn by the force.",
}

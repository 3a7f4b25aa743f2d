"""An operational engagement's life as data.

"… authorise all operational engagement including arrests and detentions to be conducted by police partners"
(guidance p. 7).
"""

from django.db.models import TextChoices

from casework.states import Deed
from nexus.fsm import Move


class State(TextChoices):
    DRAFT = "draft", "Draft"
    REQUESTED = "requested", "To be quality-assured"
    RETURNED = "returned", "Returned to be changed"
    QUALITY_ASSURED = "quality_assured", "To be risk-assessed"
    RISK_ASSESSED = "risk_assessed", "To be authorised"
    AUTHORISED = "authorised", "Authorised, to be tasked"
    REFUSED = "refused", "Refused"
    TASKED = "tasked", "With the force"
    ACCEPTED = "accepted", "Accepted by the force"
    DECLINED = "declined", "Declined by the force"
    EXECUTED = "executed", "Carried out"
    ABORTED = "aborted", "Broken off"
    EXPIRED = "expired", "Expired"
    CONCLUDED = "concluded", "Outcome recorded"
    WITHDRAWN = "withdrawn", "Withdrawn"


# The requester writes; the CIO or HMI decides; the force acts.
WRITTEN = (State.DRAFT, State.RETURNED)
DECIDED_ON = (State.REQUESTED, State.QUALITY_ASSURED, State.RISK_ASSESSED)
WITH_FORCE = (State.TASKED, State.ACCEPTED)
LIVE = (State.AUTHORISED, *WITH_FORCE)
# While somebody may still be about to decide on it.
BEFORE_TASKING = (*WRITTEN, *DECIDED_ON, State.AUTHORISED)
AFTER_TASKING = (*WITH_FORCE, State.DECLINED, State.EXECUTED, State.ABORTED, State.CONCLUDED)
# Nothing has come of it yet: what the tasking meeting talks about.
PENDING = (*WRITTEN, *DECIDED_ON, *LIVE, State.DECLINED)
ENDED = (State.REFUSED, State.EXECUTED, State.ABORTED, State.EXPIRED, State.CONCLUDED, State.WITHDRAWN)

MOVES: dict[str, Move] = {
    "request": Move(WRITTEN, State.REQUESTED, "requested"),
    "quality_assure": Move((State.REQUESTED,), State.QUALITY_ASSURED, "quality_assured"),
    "assess_risk": Move((State.QUALITY_ASSURED,), State.RISK_ASSESSED, "risk_assessed"),
    "send_back": Move(DECIDED_ON, State.RETURNED, "returned"),
    "authorise": Move((State.RISK_ASSESSED,), State.AUTHORISED, "authorised"),
    "refuse": Move(DECIDED_ON, State.REFUSED, "refused"),
    # Out of hours, in words: the log comes first, the writing after.
    "log_verbal": Move((State.DRAFT,), State.AUTHORISED, "verbally_authorised"),
    "task": Move((State.AUTHORISED,), State.TASKED, "tasked"),
    "accept": Move((State.TASKED,), State.ACCEPTED, "accepted"),
    "decline": Move((State.TASKED,), State.DECLINED, "declined"),
    # Late entry of what happened in time is better than none: an expired one may still be told of.
    "execute": Move((State.ACCEPTED, State.EXPIRED), State.EXECUTED, "executed", "carried out"),
    "abort": Move((State.ACCEPTED, State.EXPIRED), State.ABORTED, "aborted"),
    "record_outcome": Move((State.EXECUTED, State.ABORTED), State.CONCLUDED, "concluded", "given an outcome"),
    "expire": Move(LIVE, State.EXPIRED, "expired"),
    # A material change: the authorisation is void and everything begins again.
    "reopen": Move((*DECIDED_ON, *LIVE, State.DECLINED, State.EXPIRED), State.RETURNED, "reopened"),
    "withdraw": Move((*WRITTEN, *DECIDED_ON, *LIVE, State.DECLINED), State.WITHDRAWN, "withdrawn"),
}

VERBALLY = tuple(state for state in State if state not in (*WRITTEN, *DECIDED_ON, State.REFUSED))

# What leaves the state alone, and when it may be done.
DEEDS: dict[str, Deed] = {
    # The sections and the trafficking outcome also while a verbal authorisation is put into writing.
    "save_risks": Deed(WRITTEN, "its risk assessment cannot be changed. Reopen it first"),
    "save_details": Deed(WRITTEN, "it cannot be changed. Reopen it first"),
    "settle_issue": Deed(WRITTEN, "its issues cannot be answered"),
    "record_trafficking": Deed(
        (*WRITTEN, *DECIDED_ON), "the trafficking outcome cannot be recorded. Reopen it first"
    ),
    "write_up": Deed(VERBALLY, "there is no verbal authorisation to write up"),
}

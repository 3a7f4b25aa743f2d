"""An operational engagement's life as data.

"… authorise all operational engagement including arrests and detentions to be conducted by police partners"
(guidance p. 7).
"""

from enum import Enum

from django.db.models import TextChoices

from casework.states import OWNER, Allowed
from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NOTHING, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    DRAFT = "draft", "Draft"
    REQUESTED = "requested", "To be quality-assured"
    RETURNED = "returned", "Returned for changes"
    QUALITY_ASSURED = "quality_assured", "To be risk-assessed"
    RISK_ASSESSED = "risk_assessed", "To be authorised"
    AUTHORISED = "authorised", "Authorised, to be tasked"
    REFUSED = "refused", "Refused"
    TASKED = "tasked", "With the force"
    ACCEPTED = "accepted", "Accepted by the force"
    STOPPED = "stopped", "Stopped"
    DECLINED = "declined", "Declined by the force"
    EXECUTED = "executed", "Carried out"
    ABORTED = "aborted", "Aborted"
    EXPIRED = "expired", "Expired"
    CONCLUDED = "concluded", "Outcome recorded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Phase(Enum):
    """Where in its life an operation stands; the groups of states below are made of these."""

    WRITTEN = "The requester writes it"
    DECIDED_ON = "A CIO or HMI decides on it"
    AUTHORISED = "It may be tasked"
    WITH_FORCE = "The force has it"
    STOPPED = "Something became known, and nobody may act on it"
    DECLINED = "The force has declined it"
    DONE = "It was carried out or aborted"
    ENDED = "Nothing comes of it"


CIO_HMI, FORCE = "A Chief Immigration Officer or HM Inspector", "The force"
IN_TIME = Target("before the authorisation ends")

# The force sees an operation from when it is tasked; one that is changed afterwards it sees in every state.
CHANGED = "It is being changed and is not authorised now. Do not act on it."

STATES: dict[State, StateRecord] = {
    State.DRAFT: StateRecord(
        "grey",
        Phase.WRITTEN,
        NOTHING,
        NextAction("Finish the request and send it", OWNER, "request"),
        NO_TARGET,
    ),
    State.REQUESTED: StateRecord(
        "yellow",
        Phase.DECIDED_ON,
        CHANGED,
        NextAction("Quality-assure it", CIO_HMI, "quality_assure"),
        NO_TARGET,
    ),
    State.RETURNED: StateRecord(
        "orange",
        Phase.WRITTEN,
        CHANGED,
        NextAction("Change the request and send it again", OWNER, "request"),
        NO_TARGET,
    ),
    State.QUALITY_ASSURED: StateRecord(
        "yellow", Phase.DECIDED_ON, CHANGED, NextAction("Assess its risk", CIO_HMI, "assess_risk"), NO_TARGET
    ),
    State.RISK_ASSESSED: StateRecord(
        "yellow",
        Phase.DECIDED_ON,
        CHANGED,
        NextAction("Authorise or refuse it", CIO_HMI, "authorise"),
        NO_TARGET,
    ),
    State.AUTHORISED: StateRecord(
        "blue",
        Phase.AUTHORISED,
        "It is authorised again and not tasked yet. Do not act on it until it is.",
        NextAction("Task it to the force", CIO_HMI, "task"),
        IN_TIME,
    ),
    State.REFUSED: StateRecord(
        "red",
        Phase.ENDED,
        "It is refused. Do not act on it.",
        NextAction("Nothing: it is refused", NOBODY),
        NO_TARGET,
    ),
    State.TASKED: StateRecord(
        "light-blue",
        Phase.WITH_FORCE,
        "Accept or decline it.",
        NextAction("Accept or decline it", FORCE, "accept"),
        IN_TIME,
    ),
    State.ACCEPTED: StateRecord(
        "blue",
        Phase.WITH_FORCE,
        "Carry it out within its authorisation, and record it.",
        NextAction("Carry it out and record it", FORCE, "execute"),
        IN_TIME,
    ),
    State.STOPPED: StateRecord(
        "red",
        Phase.STOPPED,
        "Stop: do not carry this out. Telephone the Chief Immigration Officer on call. "
        "If it was done all the same, record that.",
        NextAction("Look at it again, change it or withdraw it", CIO_HMI, "look_again"),
        NO_TARGET,
    ),
    State.DECLINED: StateRecord(
        "orange",
        Phase.DECLINED,
        "You have declined it. Liverpool decides what becomes of it.",
        NextAction("Change it, or withdraw it", OWNER, "reopen"),
        NO_TARGET,
    ),
    State.EXECUTED: StateRecord(
        "green",
        Phase.DONE,
        "Record its outcome.",
        NextAction("Record the outcome", FORCE, "record_outcome"),
        NO_TARGET,
    ),
    State.ABORTED: StateRecord(
        "orange",
        Phase.DONE,
        "Record its outcome.",
        NextAction("Record the outcome", FORCE, "record_outcome"),
        NO_TARGET,
    ),
    State.EXPIRED: StateRecord(
        "red",
        Phase.ENDED,
        "Its authorisation has ended. Do not act on it. If it was done in time, record that.",
        NextAction("Change it and ask again, where it is still needed", OWNER, "reopen"),
        NO_TARGET,
    ),
    State.CONCLUDED: StateRecord(
        "green",
        Phase.DONE,
        "Its outcome is recorded.",
        NextAction("Nothing: its outcome is recorded", NOBODY),
        NO_TARGET,
    ),
    State.WITHDRAWN: StateRecord(
        "grey",
        Phase.ENDED,
        "It is withdrawn. Do not act on it.",
        NextAction("Nothing: it is withdrawn", NOBODY),
        NO_TARGET,
    ),
}

WRITTEN = in_phase(STATES, Phase.WRITTEN)
DECIDED_ON = in_phase(STATES, Phase.DECIDED_ON)
WITH_FORCE = in_phase(STATES, Phase.WITH_FORCE)
LIVE = in_phase(STATES, Phase.AUTHORISED, Phase.WITH_FORCE)
# While somebody may still be about to decide on it.
BEFORE_TASKING = in_phase(STATES, Phase.WRITTEN, Phase.DECIDED_ON, Phase.AUTHORISED)
AFTER_TASKING = in_phase(STATES, Phase.WITH_FORCE, Phase.DECLINED, Phase.DONE)
# Nothing has come of it yet: what the tasking meeting talks about.
PENDING = (*BEFORE_TASKING, *in_phase(STATES, Phase.WITH_FORCE, Phase.STOPPED, Phase.DECLINED))
MAY_HAVE_HAPPENED = (State.ACCEPTED, State.EXPIRED, State.STOPPED)

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
    # What was done while it was stopped is told as well, and marked.
    "execute": Move(MAY_HAVE_HAPPENED, State.EXECUTED, "executed", "carried out"),
    "abort": Move(MAY_HAVE_HAPPENED, State.ABORTED, "aborted"),
    "record_outcome": Move((State.EXECUTED, State.ABORTED), State.CONCLUDED, "concluded", "given an outcome"),
    "expire": Move(LIVE, State.EXPIRED, "expired"),
    # Something became known: the authorisation is void, and whoever decides looks at the same text again.
    "stop": Move(LIVE, State.STOPPED, "stopped"),
    "look_again": Move((State.STOPPED,), State.RISK_ASSESSED, "to_be_looked_at_again", "authorised again"),
    # A material change: the authorisation is void and everything begins again.
    "reopen": Move(
        (*DECIDED_ON, *LIVE, State.STOPPED, State.DECLINED, State.EXPIRED), State.RETURNED, "reopened"
    ),
    "withdraw": Move(
        (*WRITTEN, *DECIDED_ON, *LIVE, State.STOPPED, State.DECLINED), State.WITHDRAWN, "withdrawn"
    ),
}

# Carried out or aborted, and nobody has said yet what came of it.
TO_RECORD = (State.EXECUTED, State.ABORTED)
# What still goes on, and so stands against an outcome of the case.
GOES_ON = (*PENDING, *TO_RECORD)
# What brings an operation nearer to being carried out: none of it is done once the case has its outcome.
ONWARD = (
    "request",
    "quality_assure",
    "assess_risk",
    "authorise",
    "log_verbal",
    "task",
    "accept",
    "look_again",
    "reopen",
)

VERBALLY = tuple(state for state in State if state not in (*WRITTEN, *DECIDED_ON, State.REFUSED))

# What leaves the state alone, and when it may be done.
ALLOWED: dict[str, Allowed] = {
    # The sections and the trafficking outcome also while a verbal authorisation is put into writing.
    "save_risks": Allowed(WRITTEN, "its risk assessment cannot be changed. Reopen it first"),
    "save_details": Allowed(WRITTEN, "it cannot be changed. Reopen it first"),
    "settle_issue": Allowed(WRITTEN, "its issues cannot be answered"),
    "record_trafficking": Allowed(
        (*WRITTEN, *DECIDED_ON, State.STOPPED),
        "it cannot be recorded whether it may go ahead. Reopen it first",
    ),
    "write_up": Allowed(VERBALLY, "there is no verbal authorisation to write up"),
}

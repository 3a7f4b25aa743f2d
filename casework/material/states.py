"""The life of one piece of Nexus material as data: the summary first, the statement after."""

from enum import Enum

from django.db.models import TextChoices

from casework.states import OWNER, SENIOR
from nexus.fsm import Move
from nexus.states import NO_TARGET, NOBODY, NextAction, StateRecord, Target, in_phase


class State(TextChoices):
    SUMMARY_REQUESTED = "summary_requested", "Summary requested"
    SUMMARY_RECEIVED = "summary_received", "Summary received"
    SUMMARY_REVIEWED = "summary_reviewed", "Summary reviewed"
    NOT_NEEDED = "not_needed", "No statement needed"
    COMMISSIONED = "commissioned", "Statement commissioned"
    RECEIVED = "received", "Statement received"
    CHECKED = "checked", "Statement checked"
    REJECTED = "rejected", "Rejected: a new version is requested"
    APPROVED = "approved", "Approved"
    RELIED_ON = "relied_on", "Relied on in a decision"
    WITH_APPEALS = "with_appeals", "With Specialist Appeals"
    ADVISED = "advised", "Specialist Appeals have advised"
    SERVED = "served", "Served"
    SUPERSEDED = "superseded", "Superseded"


class Phase(Enum):
    """Where in its life a piece of material stands; the groups of states below are made of these."""

    SUMMARY = "The summary, before a statement is asked for"
    STATEMENT = "The statement, before it is approved"
    LOCKED = "The text is approved, and locked by its hash"
    ENDED = "Nothing more comes of it"


FORCE, APPEALS = "The force", "Specialist Appeals"
ASKED = Target("by the day the force is asked to send it")

STATES: dict[State, StateRecord] = {
    State.SUMMARY_REQUESTED: StateRecord(
        "blue",
        Phase.SUMMARY,
        "Send the summary by the day it is needed.",
        NextAction("Send the summary", FORCE, "supply_summary"),
        ASKED,
    ),
    State.SUMMARY_RECEIVED: StateRecord(
        "yellow",
        Phase.SUMMARY,
        "The case-owner reviews your summary.",
        NextAction("Review the summary", OWNER, "review_summary"),
        NO_TARGET,
    ),
    State.SUMMARY_REVIEWED: StateRecord(
        "yellow",
        Phase.SUMMARY,
        "Your summary is reviewed. You are told if a statement is needed.",
        NextAction("Commission the statement, or record that none is needed", OWNER, "commission"),
        NO_TARGET,
    ),
    State.NOT_NEEDED: StateRecord(
        "grey",
        Phase.ENDED,
        "No statement is needed. Nothing more is asked of you.",
        NextAction("Nothing: no statement is needed", NOBODY),
        NO_TARGET,
    ),
    State.COMMISSIONED: StateRecord(
        "blue",
        Phase.STATEMENT,
        "Send the statement by the day it is needed.",
        NextAction("Send the statement", FORCE, "supply_statement"),
        ASKED,
    ),
    State.RECEIVED: StateRecord(
        "yellow",
        Phase.STATEMENT,
        "Your statement is being checked.",
        NextAction("Check the statement", OWNER, "check_statement"),
        NO_TARGET,
    ),
    State.CHECKED: StateRecord(
        "yellow",
        Phase.STATEMENT,
        "Your statement is being checked.",
        NextAction("Approve the statement, or reject it", SENIOR, "approve"),
        NO_TARGET,
    ),
    State.REJECTED: StateRecord(
        "orange",
        Phase.STATEMENT,
        "A new version is needed. The reasons are below.",
        NextAction("Send a new version", FORCE, "supply_statement"),
        ASKED,
    ),
    State.APPROVED: StateRecord(
        "green",
        Phase.LOCKED,
        "Your statement is approved.",
        NextAction("Rely on it in a decision", OWNER, "rely_on"),
        NO_TARGET,
    ),
    State.RELIED_ON: StateRecord(
        "green",
        Phase.LOCKED,
        "Your statement is approved.",
        NextAction(
            "Serve it, or ask Specialist Appeals where the decision may be challenged", OWNER, "serve"
        ),
        NO_TARGET,
    ),
    State.WITH_APPEALS: StateRecord(
        "purple",
        Phase.LOCKED,
        "Your statement is approved.",
        NextAction("Review and advise", APPEALS, "advise"),
        NO_TARGET,
    ),
    State.ADVISED: StateRecord(
        "purple",
        Phase.LOCKED,
        "Your statement is approved.",
        NextAction("Serve it, or ask for a new version", OWNER, "serve"),
        NO_TARGET,
    ),
    State.SERVED: StateRecord(
        "green",
        Phase.LOCKED,
        "Your statement is approved and was served.",
        NextAction("Nothing, unless the decision is challenged", NOBODY),
        NO_TARGET,
    ),
    State.SUPERSEDED: StateRecord(
        "grey",
        Phase.ENDED,
        "It is set aside. Nothing more is asked of you.",
        NextAction("Nothing: it is set aside", NOBODY),
        NO_TARGET,
    ),
}

LOCKED = in_phase(STATES, Phase.LOCKED)
BEFORE_STATEMENT = in_phase(STATES, Phase.SUMMARY)
ENDED = in_phase(STATES, Phase.ENDED)

MOVES: dict[str, Move] = {
    "supply_summary": Move(
        (State.SUMMARY_REQUESTED,), State.SUMMARY_RECEIVED, "summary_supplied", "supplied"
    ),
    "return_summary": Move(
        (State.SUMMARY_RECEIVED,), State.SUMMARY_REQUESTED, "summary_returned", "returned"
    ),
    "review_summary": Move((State.SUMMARY_RECEIVED,), State.SUMMARY_REVIEWED, "summary_reviewed", "reviewed"),
    "need_no_statement": Move(
        BEFORE_STATEMENT, State.NOT_NEEDED, "needs_no_statement", "closed without a statement"
    ),
    "withdraw_no_statement": Move(
        (State.NOT_NEEDED,), State.SUMMARY_RECEIVED, "to_be_reviewed_again", "reviewed again"
    ),
    "commission": Move((*BEFORE_STATEMENT, State.NOT_NEEDED), State.COMMISSIONED, "commissioned"),
    "supply_statement": Move(
        (State.COMMISSIONED, State.REJECTED), State.RECEIVED, "statement_supplied", "supplied"
    ),
    "check_statement": Move((State.RECEIVED, State.CHECKED), State.CHECKED, "checked"),
    "reject": Move(
        (State.RECEIVED, State.CHECKED, State.APPROVED, State.RELIED_ON, State.ADVISED, State.SERVED),
        State.REJECTED,
        "rejected",
    ),
    "approve": Move((State.CHECKED,), State.APPROVED, "approved"),
    "rely_on": Move((State.APPROVED,), State.RELIED_ON, "relied_on", "relied on"),
    "ask_for_appeals_review": Move(
        (State.RELIED_ON, State.SERVED), State.WITH_APPEALS, "sent_to_appeals", "sent to Specialist Appeals"
    ),
    "advise": Move((State.WITH_APPEALS,), State.ADVISED, "advised_on", "advised on"),
    "serve": Move((State.RELIED_ON, State.ADVISED), State.SERVED, "served"),
    "supersede": Move(tuple(state for state in State if state not in ENDED), State.SUPERSEDED, "superseded"),
}

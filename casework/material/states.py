"""The life of one piece of Nexus material as data: the summary first, the statement after."""

from django.db.models import TextChoices

from nexus.fsm import Move


class State(TextChoices):
    SUMMARY_REQUESTED = "summary_requested", "Summary requested"
    SUMMARY_RECEIVED = "summary_received", "Summary received"
    SUMMARY_REVIEWED = "summary_reviewed", "Summary reviewed"
    NOT_NEEDED = "not_needed", "No statement needed"
    COMMISSIONED = "commissioned", "Statement commissioned"
    RECEIVED = "received", "Statement received"
    CHECKED = "checked", "Statement checked"
    REJECTED = "rejected", "Rejected: a new version is asked for"
    APPROVED = "approved", "Approved"
    RELIED_ON = "relied_on", "Relied on in a decision"
    WITH_APPEALS = "with_appeals", "With Specialist Appeals"
    ADVISED = "advised", "Specialist Appeals have advised"
    SERVED = "served", "Served"
    SUPERSEDED = "superseded", "Superseded"


# The text is approved, and locked by its hash.
LOCKED = (State.APPROVED, State.RELIED_ON, State.WITH_APPEALS, State.ADVISED, State.SERVED)
# The force has been asked for something and has not sent it yet.
WITH_FORCE = (State.SUMMARY_REQUESTED, State.COMMISSIONED, State.REJECTED)
BEFORE_STATEMENT = (State.SUMMARY_REQUESTED, State.SUMMARY_RECEIVED, State.SUMMARY_REVIEWED)
ENDED = (State.NOT_NEEDED, State.SUPERSEDED)

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

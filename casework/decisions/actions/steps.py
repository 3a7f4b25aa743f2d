"""The steps every action on a decision begins and ends with."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from casework.actions.record_progress import write_progress
from casework.actions.steps import reasons_not_theirs, save
from casework.decisions.models import Challenge, Claim, Decision
from casework.decisions.permissions import WHO_MAY
from casework.decisions.states import Phase, State
from casework.models import Case, ProgressEvent
from casework.queries import referred_on
from casework.rules.planning import reasons_it_cannot_have_happened
from casework.rules.trafficking import reasons_not_to_decide_on
from casework.states import BEFORE_OUTCOME
from casework.states import State as CaseState
from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.audit.recording import has_viewed
from nexus.refusals import blank
from nexus.steps import Lock
from nexus.working_days import add_working_days

FAR_AHEAD = datetime.max.replace(tzinfo=UTC)
DRAFT_ONLY = (
    "This decision is now “{state}”, so its text cannot change. Take it back first: that voids the review."
)
MADE = "This decision is now “{state}”, so its text can no longer change."


lock_case = Lock(Case, WHO_MAY, join=("referral__force",))
lock = Lock(Decision, WHO_MAY, join=("case__referral__force",))
lock_claim = Lock(Claim, WHO_MAY, join=("case__referral__force",))
lock_challenge = Lock(Challenge, WHO_MAY, join=("decision__case__referral__force",))


def reasons_not_at_work(case: Case, by: User) -> list[str]:
    """A decision is worked on until the case has its outcome, by the case's own case-owner or a Senior."""
    if case.state not in BEFORE_OUTCOME:
        return [f"This case is now “{case.get_state_display()}”, so nothing can be done to its decision."]
    return reasons_not_theirs(case, by)


def reasons_it_is_closed(case: Case, by: User) -> list[str]:
    """A challenge goes on after the outcome, until the case is closed; by the same people."""
    if case.state == CaseState.CLOSED:
        return [f"This case is now “{case.get_state_display()}”, so nothing can be recorded of a challenge."]
    return reasons_not_theirs(case, by)


def reasons_not_to(verb: str, decision: Decision, by: User) -> list[str]:
    """Why `by` may not make this move of the decision now, before anything is filled in."""
    reasons = reasons_not_at_work(decision.case, by) or decision.reasons_not_to_move(verb)
    return reasons or (reasons_trafficking_stops_it(decision) if verb in STOPPED_BY_TRAFFICKING else [])


# What is decided about a person, and handed to them.
STOPPED_BY_TRAFFICKING = ("approve", "decide", "serve")


def reasons_trafficking_stops_it(decision: Decision) -> list[str]:
    """A pending trafficking indicator stops it; of a confirmed victim the review must be younger than the knowledge.
    While it waits for that review nothing of it is reviewed yet."""
    waits = decision.state == State.SUBMITTED
    reviewed_at = FAR_AHEAD if waits else decision.reviewed_at
    return reasons_not_to_decide_on(trafficking_of(decision.case), reviewed_at)


def reasons_not_to_write(decision: Decision, by: User) -> list[str]:
    """Only a draft may change."""
    reasons = reasons_not_at_work(decision.case, by)
    if reasons or decision.state == State.DRAFT:
        return reasons
    sentence = DRAFT_ONLY if decision.state_record.phase is Phase.REVIEWED else MADE
    return [sentence.format(state=decision.get_state_display())]


# What comes next after each move of a decision, and within how many working days. Local, not the guidance's.
NEXT: dict[str, tuple[str, int]] = {
    "submit": ("The review of the decision", 5),
    "take_back": ("Finish the draft of the decision", 5),
    "approve": ("Read the review and decide", 5),
    "return_draft": ("Change the draft that was returned, and submit it again", 5),
    "decide": ("Serve the decision", 5),
    "serve": ("Watch for a challenge", 10),
}


def set_next_action(case: Case, verb: str, *, now: datetime, on: date | None = None) -> None:
    """The case-owner's next action after this move, on a day that is known or the local one; they may plan another."""
    case.next_action, within = NEXT[verb]
    case.next_action_by = case.case_owner
    case.next_action_on = max(on, timezone.localdate(now)) if on else add_working_days(now, within)
    case.save(update_fields=["next_action", "next_action_by", "next_action_on"])


def reasons_not_read(decision: Decision, by: User) -> list[str]:
    """Nobody reviews or decides unread: each page that shows the whole text writes `decision.viewed`."""
    void_at = decision.changes.filter(verb="void_review").values_list("at", flat=True).last()
    since = max(filter(None, (decision.written_at, void_at)), default=None)
    read = has_viewed(by=by, subject=decision, kind="decision.viewed", since=since)
    return [] if read else ["Open and read the decision in full first."]


def reasons_no_shared_text(shared_text: str) -> list[str]:
    return blank(shared_text, "Enter what the force may read.")


def reasons_not_on(day: date, case: Case, today: date) -> list[str]:
    return reasons_it_cannot_have_happened(day, today=today, referred_on=referred_on(case))


def tell_force(
    case: Case,
    *,
    by: User,
    now: datetime,
    done: str,
    kind: str,
    on: date,
    shared_text: str,
    asked_of_force: str,
    detail: dict[str, Any],
) -> ProgressEvent:
    """The progress the force reads, the move of the case that goes with it, and the audit entry of the case."""
    event = write_progress(
        case, by=by, now=now, kind=kind, happened_on=on, text=shared_text, asked_of_force=asked_of_force
    )
    recipient = case.referral.force.name
    detail = {**detail, "progress": event.pk}
    save(case, done=done, by=by, now=now, is_progress=True, recipient=recipient, detail=detail)
    return event

"""A Senior Caseworker reviews a draft, never their own.

"The Senior Caseworkers within the Nexus High Harm team lead on the application of Nexus material within
casework decisions" (p. 7)
"""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import save
from casework.decisions import telling
from casework.decisions.actions.steps import lock, reasons_not_read, reasons_not_to, set_next_action
from casework.decisions.earlier import words_of
from casework.decisions.letters.text import text_hash_of
from casework.decisions.models import Decision
from casework.decisions.queries import gaps_of
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless


def reasons_not_to_submit(decision: Decision, by: User, now: datetime) -> list[str]:
    return reasons_not_to("submit", decision, by) or [gap.sentence for gap in gaps_of(decision, now=now)]


@transaction.atomic
def submit(*, decision_id: int, by: User, now: datetime) -> Decision:
    """Ask for a review of this very text. Raises Refused, naming every gap."""
    decision = lock(decision_id, by=by, verb="submit")
    refuse_if(reasons_not_to_submit(decision, by, now))
    decision.move("submit", by=by, now=now, text_hash=text_hash_of(decision))
    decision.submissions.create(words=list(words_of(decision)), submitted_at=now)
    record(kind="decision.submitted", by=by, subject=decision.case, now=now, detail={"decision": decision.pk})
    set_next_action(decision.case, "submit", now=now)
    telling.submitted(decision, now=now)
    return decision


@transaction.atomic
def take_back(*, decision_id: int, by: User, now: datetime) -> Decision:
    """Back to the draft, to change it. A review that was given is void. Raises Refused."""
    decision = lock(decision_id, by=by, verb="take_back")
    refuse_if(reasons_not_to("take_back", decision, by))
    was_reviewed = decision.reviewed_by_id is not None
    decision.move("take_back", by=by, now=now)
    record(
        kind="decision.taken_back", by=by, subject=decision.case, now=now, detail={"decision": decision.pk}
    )
    set_next_action(decision.case, "take_back", now=now)
    if was_reviewed:
        decision.case.move("redraft", by=by, now=now)
        save(decision.case, done="redrafted", by=by, now=now, detail={"decision": decision.pk})
    return decision


def reasons_not_to_review(verb: str, decision: Decision, by: User) -> list[str]:
    """Never the drafter; and the text must be the one that was submitted."""
    reasons = reasons_not_to(verb, decision, by)
    if not reasons and decision.drafted_by_id == by.pk:
        return ["You drafted this decision. Another Senior Caseworker must review it."]
    if not reasons and decision.text_hash != text_hash_of(decision):
        return ["The text has changed since it was submitted. It must be submitted again."]
    return reasons


@transaction.atomic
def approve(*, decision_id: int, by: User, now: datetime, reasons: str) -> Decision:
    """The text may be decided on as it stands. Raises Refused."""
    decision = lock(decision_id, by=by, verb="approve")
    refuse_if(
        reasons_not_to_review("approve", decision, by)
        or reasons_not_read(decision, by) + wordless(reasons, "Enter what you looked at and why you agree.")
    )
    decision.move("approve", by=by, now=now, reason=reasons)
    record(kind="decision.approved", by=by, subject=decision.case, now=now, detail={"decision": decision.pk})
    set_next_action(decision.case, "approve", now=now)
    decision.case.move("review", by=by, now=now)
    save(decision.case, done="reviewed", by=by, now=now, is_progress=True, detail={"decision": decision.pk})
    telling.reviewed(decision, "decision_approved", now=now)
    return decision


@transaction.atomic
def return_draft(*, decision_id: int, by: User, now: datetime, reasons: str) -> Decision:
    """Back to the case-owner, with what must be better. Raises Refused."""
    decision = lock(decision_id, by=by, verb="return_draft")
    refuse_if(
        reasons_not_to_review("return_draft", decision, by)
        or reasons_not_read(decision, by) + wordless(reasons, "Enter what must change and why.")
    )
    decision.move("return_draft", by=by, now=now, reason=reasons)
    record(kind="decision.returned", by=by, subject=decision.case, now=now, detail={"decision": decision.pk})
    set_next_action(decision.case, "return_draft", now=now)
    telling.reviewed(decision, "decision_returned", now=now)
    return decision

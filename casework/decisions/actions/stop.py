"""A trafficking indicator that becomes known makes a review void that did not know of it, until somebody looks again."""

from datetime import datetime

from casework.actions.steps import save
from casework.decisions import telling
from casework.decisions.models import Decision
from casework.decisions.states import State
from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record


def stop(*, case: Case, by: User, now: datetime, because: str, trafficking: bool) -> None:
    """For casework/parts.py. The review stays on record; the decision waits for another. Call with the case locked."""
    if not trafficking:
        return
    found = Decision.objects.select_for_update(of=("self",)).filter(case=case, state=State.REVIEWED)
    for decision in found.select_related("drafted_by", "reviewed_by"):
        reviewer = decision.reviewed_by
        decision.case = case
        decision.move("void_review", by=by, now=now, reason=because)
        detail = {"decision": decision.pk}
        record(kind="decision.review_void", by=by, subject=case, now=now, reason=because, detail=detail)
        case.move("redraft", by=by, now=now)
        save(case, done="redrafted", by=by, now=now, detail=detail)
        telling.review_void(decision, reviewer, now=now)

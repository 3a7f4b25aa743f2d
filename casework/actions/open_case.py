"""A case is opened with its acceptance, in the same transaction (named in nexus/settings.py)."""

from datetime import datetime

from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.working_days import add_working_days
from referrals.models import Referral, TriageDecision

# Local target, not the guidance's: a manager assigns a case-owner within this many working days.
ASSIGN_WITHIN = 2


def open_case(*, referral: Referral, decision: TriageDecision, by: User, now: datetime) -> Case:
    """The case of an accepted referral; allocated where Liverpool has it, else flag only."""
    allocated = decision.held_by_id is None
    case = Case.objects.create(
        referral=referral,
        route=decision.route,
        opened_at=now,
        last_progress_at=now,
        next_action="Assign a case-owner" if allocated else "Watch: another team holds the case",
        next_action_on=add_working_days(now, ASSIGN_WITHIN),
    )
    record(kind="case.opened", by=by, subject=case, now=now, detail={"referral": referral.pk})
    if allocated:
        case.move("allocate", by=by, now=now)
        record(kind="case.allocated", by=by, subject=case, now=now)
    return case

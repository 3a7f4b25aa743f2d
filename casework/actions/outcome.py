"""How a case ends: its outcome, with reasons the force will read, and its closing."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import ENFORCED, Case, CaseOutcome
from casework.parts import case_parts
from casework.queries import open_barriers, open_tasks, referred_on
from casework.rules.planning import reasons_it_cannot_have_happened
from casework.rules.removal import reasons_left_undone, reasons_not_to_enforce
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless
from nexus.working_days import add_working_days

# Local target, not the guidance's: a case with an outcome is closed within this many working days.
CLOSE_WITHIN = 5


def reasons_not_this_outcome(
    case: Case, *, by: User, now: datetime, outcome: str, outcome_on: date, reasons: str
) -> list[str]:
    """Everything that stands against recording this outcome; the confirm page asks it beforehand."""
    if outcome not in CaseOutcome.values:
        return reasons_not_to("record_outcome", case, by) or ["Select the outcome."]
    return reasons_not_to("record_outcome", case, by) or reasons_not_to_enforce(
        outcome=CaseOutcome(outcome).label,
        is_enforced=outcome in ENFORCED,
        barriers=open_barriers(case),
    ) + reasons_it_cannot_have_happened(
        outcome_on, today=timezone.localdate(now), referred_on=referred_on(case)
    ) + wordless(reasons, "Enter the reasons. The force will read them.")


@transaction.atomic
def record_outcome(
    *, case_id: int, by: User, now: datetime, outcome: str, outcome_on: date, reasons: str
) -> Case:
    """Record how the case ended. The force reads the outcome and the reasons. Raises Refused."""
    case = lock(case_id, by=by, verb="record_outcome")
    refuse_if(
        reasons_not_this_outcome(
            case, by=by, now=now, outcome=outcome, outcome_on=outcome_on, reasons=reasons
        )
    )
    case.next_action, case.next_action_by = "Close the case", case.case_owner
    case.next_action_on = add_working_days(now, CLOSE_WITHIN)
    case.move(
        "record_outcome", by=by, now=now, outcome=outcome, outcome_on=outcome_on, outcome_reasons=reasons
    )
    save(
        case,
        done="given_an_outcome",
        by=by,
        now=now,
        is_progress=True,
        recipient=case.referral.force.name,
        detail={"outcome": outcome},
    )
    return case


def reasons_not_to_close(case: Case, by: User) -> list[str]:
    """Its state, each open task, and what a part above has not finished."""
    unfinished = [
        reason for part in case_parts() if part.before_closing for reason in part.before_closing(case=case)
    ]
    return reasons_not_to("close", case, by) or reasons_left_undone(open_tasks(case)) + unfinished


@transaction.atomic
def close(*, case_id: int, by: User, now: datetime) -> Case:
    """Close a case with an outcome and nothing left to do. Raises Refused, naming what is left."""
    case = lock(case_id, by=by, verb="close")
    refuse_if(reasons_not_to_close(case, by))
    case.move("close", by=by, now=now)
    save(case, done="closed", by=by, now=now, is_progress=True)
    return case

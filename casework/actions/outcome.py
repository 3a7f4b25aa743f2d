"""How a case ends: its outcome, with reasons the force will read, what goes on after it, and its closing."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.barriers import stop
from casework.actions.steps import lock, reasons_not_to, save
from casework.models import ENFORCED, CarriedOver, Case, CaseOutcome
from casework.parts import Unfinished, unfinished
from casework.queries import open_tasks, referred_on
from casework.readiness import reasons_not_to_enforce
from casework.rules.planning import reasons_it_cannot_have_happened
from casework.rules.removal import reasons_left_undone
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless
from nexus.working_days import add_working_days

# Local target, not the guidance's: a case with an outcome is closed within this many working days.
CLOSE_WITHIN = 5
NOTHING: Mapping[str, str] = {}
# What is said of a removal that the record does not show to be ready, by the same name as what goes on.
READINESS = "readiness"


def reasons_not_this_outcome(
    case: Case,
    *,
    by: User,
    now: datetime,
    outcome: str,
    outcome_on: date,
    reasons: str,
    carried_over: Mapping[str, str] = NOTHING,
) -> list[str]:
    """Everything that stands against recording this outcome; the confirm page asks it beforehand."""
    if refused := reasons_not_to("record_outcome", case, by):
        return refused
    if outcome not in CaseOutcome.values:
        return ["Select the outcome."]
    never = reasons_not_to_enforce(case, on=outcome_on)[0] if outcome in ENFORCED else []
    if never:
        never = [f"“{CaseOutcome(outcome).label}” cannot be recorded while this stands.", *never]
    return (
        never
        + reasons_not_carried_over(case, outcome, outcome_on, carried_over)
        + reasons_it_cannot_have_happened(
            outcome_on, today=timezone.localdate(now), referred_on=referred_on(case)
        )
        + wordless(reasons, "Enter the reasons. The force will read them.")
    )


def goes_on(case: Case, outcome: str, outcome_on: date) -> list[Unfinished]:
    """What still goes on; and for a removal, what the record does not show to be ready."""
    found = unfinished(case)
    unready = reasons_not_to_enforce(case, on=outcome_on)[1] if outcome in ENFORCED else []
    if unready:
        words = " ".join(["The record does not show that the subject was ready for removal.", *unready])
        found.append(Unfinished(READINESS, words))
    return found


def reasons_not_carried_over(
    case: Case, outcome: str, outcome_on: date, carried_over: Mapping[str, str]
) -> list[str]:
    """Each is ended, or a named person says why it goes on."""
    return [
        reason
        for each in goes_on(case, outcome, outcome_on)
        for reason in wordless(
            carried_over.get(each.key, ""), f"{each.words} Or enter why it is carried over."
        )
    ]


@transaction.atomic
def record_outcome(
    *,
    case_id: int,
    by: User,
    now: datetime,
    outcome: str,
    outcome_on: date,
    reasons: str,
    carried_over: Mapping[str, str] = NOTHING,
) -> Case:
    """Record how the case ended. The force reads the outcome and the reasons. Raises Refused.

    What still goes on is refused by name, unless `carried_over` has a reason by its key: {"operation_12": "…"}.
    """
    case = lock(case_id, by=by, verb="record_outcome")
    refuse_if(
        reasons_not_this_outcome(
            case,
            by=by,
            now=now,
            outcome=outcome,
            outcome_on=outcome_on,
            reasons=reasons,
            carried_over=carried_over,
        )
    )
    left = goes_on(case, outcome, outcome_on)
    CarriedOver.objects.bulk_create(
        CarriedOver(case=case, key=each.key, words=each.words, reason=carried_over[each.key], by=by, at=now)
        for each in left
    )
    stop(case, by=by, now=now, because=f"The case has an outcome: {CaseOutcome(outcome).label}.")
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
        detail={"outcome": outcome, "carried_over": [each.key for each in left]},
    )
    return case


def reasons_not_to_close(case: Case, by: User) -> list[str]:
    """Its state, each open task, and everything that still goes on: nothing is carried over a closing."""
    left = [each.words for each in unfinished(case) if not each.ends_with_outcome]
    return reasons_not_to("close", case, by) or reasons_left_undone(open_tasks(case)) + left


@transaction.atomic
def close(*, case_id: int, by: User, now: datetime) -> Case:
    """Close a case with an outcome and nothing left to do. Raises Refused, naming what is left."""
    case = lock(case_id, by=by, verb="close")
    refuse_if(reasons_not_to_close(case, by))
    case.move("close", by=by, now=now)
    save(case, done="closed", by=by, now=now, is_progress=True)
    return case

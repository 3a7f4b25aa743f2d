"""How long a served decision can be appealed: recorded, worked out, and watched."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import save
from casework.decisions import telling
from casework.decisions.actions.steps import lock, reasons_not_at_work, set_next_action
from casework.decisions.models import Decision
from casework.decisions.queries import appeal_until, right_carried
from casework.decisions.rules.time_limits import PLACES, RIGHTS, TOLD_BEFORE
from casework.decisions.states import State
from nexus.accounts.models import User
from nexus.refusals import refuse_if
from nexus.working_days import add_working_days


def reasons_not_this_place(place: str, *, unsaid: bool = False) -> list[str]:
    """A known choice; with `unsaid` it may be missing, and then nobody is ready for removal."""
    return [] if place in dict(PLACES) or (unsaid and not place) else ["Select where the subject is."]


def reasons_not_this_right(decision: Decision, appeal: str) -> list[str]:
    """The right of appeal follows from the decision. Only of one that was never asked is it recorded by hand."""
    if right_carried(decision) or appeal in dict(RIGHTS):
        return []
    return ["Select which right of appeal the decision carries."]


def day_after_appeal(decision: Decision) -> date | None:
    """The working day on which the case-owner asks the tribunal whether an appeal came in time."""
    return add_working_days(decision.appeal_until, 1) if decision.appeal_until else None


def reasons_not_to_record_appeal_right(decision: Decision, by: User) -> list[str]:
    reasons = reasons_not_at_work(decision.case, by)
    if reasons or decision.state == State.SERVED:
        return reasons
    return [
        f"This decision is now “{decision.get_state_display()}”, so no time to appeal runs from its service."
    ]


@transaction.atomic
def record_appeal_right(
    *, decision_id: int, by: User, now: datetime, place: str, appeal: str = ""
) -> Decision:
    """Record or correct where the subject is; the right of appeal is worked out from the decision, whatever `appeal`
    says, unless it was made before it was asked what it does to a claim. Raises Refused."""
    decision = lock(decision_id, by=by, verb="record_appeal_right")
    refuse_if(
        reasons_not_to_record_appeal_right(decision, by)
        or reasons_not_this_place(place) + reasons_not_this_right(decision, appeal)
    )
    right = right_carried(decision, appeal)
    decision.served_place, decision.appeal_right, decision.appeal_told_at = place, right, None
    if decision.served_on:
        decision.appeal_until = appeal_until(
            place=place, right=right, served_on=decision.served_on, how=decision.served_how
        )
    decision.save(update_fields=["served_place", "appeal_right", "appeal_until", "appeal_told_at"])
    set_next_action(decision.case, "serve", now=now, on=day_after_appeal(decision))
    detail = {"decision": decision.pk, "place": place, "appeal": right}
    save(decision.case, done="appeal_right_recorded", by=by, now=now, is_progress=True, detail=detail)
    return decision


@transaction.atomic
def watch_appeal_time(*, now: datetime) -> int:
    """Tell each case-owner once that a time to appeal ends in a few working days; answers how many were told.

    Only the rows due are read, by the index of those nobody has been told of. Each is locked, so that of two workers
    one tells.
    """
    by_day = add_working_days(now, TOLD_BEFORE)
    due = (
        Decision.objects.filter(
            state=State.SERVED, appeal_told_at=None, appeal_until__isnull=False, appeal_until__lte=by_day
        )
        .filter(case__outcome="")
        .select_related("case__referral", "case__case_owner")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("appeal_until", "pk")
    )
    told = 0
    for decision in due:
        if decision.appeal_until and decision.appeal_until >= timezone.localdate(now):
            telling.appeal_time_ends(decision, now=now)
            told += 1
        decision.appeal_told_at = now
        decision.save(update_fields=["appeal_told_at"])
    return told

"""The next action: what, who and by when, on every case. Cases are decided, not kept."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case
from casework.permissions import WHO_MAY
from casework.rules.planning import reasons_not_to_plan_for
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_to_do_it(person: User | None) -> list[str]:
    """Only somebody who can open the case can do something about it. Nobody named means the manager."""
    if person and not (person.is_active and WHO_MAY.may("view", person)):
        return [f"{person} cannot open this case. Choose somebody who can."]
    return []


@transaction.atomic
def plan(
    *,
    case_id: int,
    by: User,
    now: datetime,
    next_action: str,
    next_action_on: date,
    next_action_by: User | None,
) -> Case:
    """Set the next action. Without `next_action_by` it is the manager's. Raises Refused."""
    case = lock(case_id, by=by, verb="plan")
    refuse_if(
        reasons_not_to("plan", case, by)
        or blank(next_action, "Enter the next action.")
        + reasons_not_to_plan_for(next_action_on, today=timezone.localdate(now), what="next action")
        + reasons_not_to_do_it(next_action_by)
    )
    case.next_action, case.next_action_on, case.next_action_by = next_action, next_action_on, next_action_by
    save(
        case,
        done="planned",
        by=by,
        now=now,
        detail={
            "next_action_on": next_action_on.isoformat(),
            "next_action_by": next_action_by.pk if next_action_by else None,
        },
    )
    return case

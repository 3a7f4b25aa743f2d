"""What becomes known stops what was authorised without knowing it: at once, and whoever must not act is told.

The authorisation becomes void and stays on record with the reason. Nothing is called back: the force still has its page,
which says that it must stop, and on which it records truthfully what was done in spite of it.
"""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import lock, reasons_not_to, recorded, void
from casework.engagement.models import Engagement
from casework.engagement.queries import name_of, reasons_barred_from_removal, reasons_trafficking_blocks
from casework.engagement.rules.authorising import reasons_window_over
from casework.engagement.states import DECIDED_ON, LIVE
from casework.models import Case
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless
from nexus.ui.wording import lower_first


def stop(*, case: Case, by: User, now: datetime, because: str, trafficking: bool) -> None:
    """For casework/parts.py: each live operation of the case stops. Call with the case locked."""
    stop_live(case, by=by, now=now, because=because)
    if trafficking:
        for engagement in operations_of(case, DECIDED_ON):
            telling.blocked(engagement, now=now)


def operations_of(case: Case, states: tuple[str, ...]) -> list[Engagement]:
    found = Engagement.objects.select_for_update(of=("self",)).filter(case=case, state__in=states)
    return list(found.select_related("case__referral__force", "force", "answered_by").order_by("pk"))


def stop_live(
    case: Case, *, by: User, now: datetime, because: str, other_than: Engagement | None = None
) -> list[Engagement]:
    """Stop the live operations of the case, but not `other_than`; those that were stopped."""
    found = [each for each in operations_of(case, LIVE) if each != other_than]
    for engagement in found:
        voided = void(engagement, by=by, now=now, because=because)
        engagement.move("stop", by=by, now=now, reason=because)
        recorded(engagement, done="stopped", by=by, now=now, reason=because, detail={"voided": voided})
        telling.stopped(engagement, now=now)
    return found


def stop_others(engagement: Engagement, *, by: User, now: datetime) -> None:
    """One person, one live operation: the one authorised last. Whoever authorised it was warned beforehand."""
    because = f"A second operation on the same person was authorised: {lower_first(name_of(engagement))}."
    stop_live(engagement.case, by=by, now=now, because=because, other_than=engagement)


def reasons_not_to_look_again(engagement: Engagement, by: User, *, now: datetime) -> list[str]:
    """It is in writing, and nothing that is known now stands against it any more."""
    unwritten = ["Write up the verbal authorisation first."] if engagement.to_write_up else []
    return reasons_not_to("look_again", engagement, by) or (
        unwritten
        or reasons_trafficking_blocks(engagement)
        + reasons_barred_from_removal(engagement)
        + reasons_window_over(engagement.window_ends_at, now=now)
    )


@transaction.atomic
def look_again(*, engagement_id: int, by: User, now: datetime, reason: str) -> Engagement:
    """Ask for a new authorisation of the same text, with why it should go ahead after all. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="look_again")
    refuse_if(
        reasons_not_to_look_again(engagement, by, now=now)
        or wordless(reason, "Enter why it should go ahead after all.")
    )
    engagement.move("look_again", by=by, now=now, reason=reason)
    recorded(engagement, done="to_be_looked_at_again", by=by, now=now)
    telling.to_look_at_again(engagement, now=now)
    return engagement

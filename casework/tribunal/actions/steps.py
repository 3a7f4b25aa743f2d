"""The step every person's action on the papers of a hearing begins with, and what stands against it."""

from casework.decisions.actions.steps import reasons_it_is_closed
from casework.models import Case
from casework.tribunal.models import Bundle
from casework.tribunal.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.steps import Lock

lock = Lock(Bundle, WHO_MAY, join=("hearing__challenge__decision__case__referral__force",))
lock_case = Lock(Case, WHO_MAY, join=("referral__force",))


def case_of(bundle: Bundle) -> Case:
    case: Case = bundle.hearing.challenge.decision.case
    return case


def reasons_not_to_prepare(case: Case, by: User) -> list[str]:
    """The papers are prepared until the case is closed, by its own case-owner or a Senior Caseworker."""
    return reasons_it_is_closed(case, by)

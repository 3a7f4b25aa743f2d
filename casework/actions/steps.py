"""The steps every action on a case begins and ends with."""

from datetime import datetime
from typing import Any

from casework.models import Case
from casework.permissions import WHO_MAY
from casework.rules.ownership import reasons_not_yours
from casework.states import ALLOWED, MOVES
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.steps import Lock

lock = Lock(Case, WHO_MAY, join=("referral__force",))


def reasons_not_to(verb: str, case: Case, by: User) -> list[str]:
    """Why `by` may not do this to the case now, before anything is filled in: its state, then whose it is."""
    return reasons_of_state(verb, case) or reasons_not_theirs(case, by)


def reasons_not_theirs(case: Case, by: User) -> list[str]:
    is_theirs = case.case_owner_id == by.pk
    return reasons_not_yours(
        is_a_case_owner=by.role == Role.CASE_OWNER,
        owns_it=is_theirs,
        owner="" if is_theirs else str(case.case_owner or ""),
    )


def reasons_of_state(verb: str, case: Case) -> list[str]:
    if verb in MOVES:
        return case.reasons_not_to_move(verb)
    allowed = ALLOWED[verb]
    if verb == "reassign" and case.state in allowed.when and case.case_owner_id is None:
        # The outcome of a flag-only case is recorded without one.
        return ["This case never had a case-owner, so it cannot change hands."]
    if case.state in allowed.when:
        return []
    return [f"This case is now “{case.get_state_display()}”, so {allowed.refusal}."]


def save(case: Case, *, done: str, by: User, now: datetime, is_progress: bool = False, **audit: Any) -> None:
    """Save the case and write the audit entry `case.<done>`; progress restarts the stalled clock."""
    if is_progress:
        case.last_progress_at = now
    case.save()
    record(kind=f"case.{done}", by=by, subject=case, now=now, **audit)

"""Who is told that a case changed hands. Called inside the actions."""

from datetime import datetime

from casework.models import Assignment
from nexus.accounts.models import User
from nexus.notifications.actions import notify


def assigned(assignment: Assignment, *, now: datetime, instead_of: User | None = None) -> None:
    """The case-owner hears of their case, and whoever had it before that it has passed on."""
    case, key = assignment.case, f"assignment:{assignment.pk}"
    for kind, person in (("case_assigned", assignment.case_owner), ("case_reassigned", instead_of)):
        notify(
            event_key=key,
            kind=kind,
            to=[person],
            now=now,
            subject=case,
            url_name="casework:detail",
            url_args=[case.referral.reference],
        )

"""The steps every action on an engagement begins and ends with."""

from datetime import datetime
from typing import Any

from casework.actions.steps import reasons_not_theirs
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.permissions import AUTHORISES, WHO_MAY
from casework.engagement.rules.authorising import reasons_own_request
from casework.engagement.states import ALLOWED, MOVES, ONWARD
from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.steps import Lock

WRITING = ("save_risks", "save_details")  # the sections of a request, and of a write-up
WHILE_WRITTEN_UP = (*WRITING, "record_trafficking")  # a verbal one cannot be reopened before


lock = Lock(Engagement, WHO_MAY, join=("case__referral__force", "force"))
lock_case = Lock(Case, WHO_MAY, join=("referral__force",))


def reasons_not_to(verb: str, engagement: Engagement, by: User) -> list[str]:
    """Why `by` may not do this now, before anything is filled in: its state, whose case, whose request."""
    reasons = reasons_of_state(verb, engagement) or reasons_after_outcome(verb, engagement.case)
    reasons = reasons or reasons_not_theirs(engagement.case, by)
    if not reasons and WHO_MAY[verb] == AUTHORISES:
        reasons = reasons_own_request(requested_by=engagement.requested_by_id, by=by.pk)
    if not reasons and verb in WRITING and by.role in AUTHORISES and not engagement.to_write_up:
        reasons = ["Only the requester can change the request. Return it with an issue instead."]
    return reasons


def reasons_after_outcome(verb: str, case: Case) -> list[str]:
    """Nothing is authorised or tasked once the case has its outcome; PostgreSQL says so too (guards.py)."""
    if verb in ONWARD and case.outcome:
        return [f"This case has an outcome: {case.get_outcome_display()}. No operation can go on from here."]
    return []


def reasons_of_state(verb: str, engagement: Engagement) -> list[str]:
    if verb in MOVES:
        return engagement.reasons_not_to_move(verb)
    allowed = ALLOWED[verb]
    if verb in WHILE_WRITTEN_UP and engagement.to_write_up:
        return []
    if engagement.state not in allowed.when or (verb == "write_up" and not engagement.verbal):
        return [f"This operation is now “{engagement.get_state_display()}”, so {allowed.refusal}."]
    if verb == "write_up" and engagement.written_up_at:
        return ["This verbal authorisation has been written up already."]
    return []


def recorded(
    engagement: Engagement, *, done: str, by: User | None, now: datetime, **audit: Any
) -> Engagement:
    """Write the audit entry `engagement.<done>`."""
    record(kind=f"engagement.{done}", by=by, subject=engagement, now=now, **audit)
    return engagement


def bind(
    engagement: Engagement, *, by: User, now: datetime, confirmed_at: datetime, **values: Any
) -> Authorisation:
    """An authorisation of the engagement's exact text as it now stands."""
    text = exact_text(engagement)
    return Authorisation.objects.create(
        engagement=engagement,
        requested_by_id=engagement.requested_by_id,
        authorised_by=by,
        authorised_at=now,
        confirmed_at=confirmed_at,
        text=text,
        sha256=sha256_of(text),
        **values,
    )


def void(engagement: Engagement, *, by: User, now: datetime, because: str) -> bool:
    """Void what stands of its authorisations, visibly; whether there was any."""
    standing = engagement.authorisations.filter(voided_at=None)
    return bool(standing.update(voided_at=now, voided_by=by, voided_because=because))

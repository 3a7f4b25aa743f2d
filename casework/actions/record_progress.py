"""What happened to the case, told to the force or kept inside.

What is done to a decision (casework/decisions/) writes its progress by `write_progress` too.

"Police partners will be provided with regular reports detailing all recorded progress." (p. 11)
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import MOVED_BY, WRITTEN, Case, ProgressEvent, ProgressKind
from casework.queries import referred_on
from casework.rules.planning import reasons_it_cannot_have_happened
from casework.rules.progress import reasons_not_to_share, reasons_out_of_turn
from casework.states import MOVES, State
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if


def reasons_not_this_kind(case: Case, kind: str) -> list[str]:
    """An event that moves the case must fit the state it is in; what a decision brings is not typed here."""
    if kind not in ProgressKind.values:
        return ["Select what kind of progress it is."]
    if kind not in WRITTEN:
        return [f"Record “{ProgressKind(kind).label}” on the Decision page of the case."]
    verb = MOVED_BY.get(kind)
    if verb is None:
        return []
    return reasons_out_of_turn(
        event=ProgressKind(kind).label,
        state=case.get_state_display(),
        allowed=case.state in MOVES[verb].source,
        possible_in=[State(state).label for state in MOVES[verb].source],
    )


def write_progress(
    case: Case,
    *,
    by: User,
    now: datetime,
    kind: str,
    happened_on: date,
    text: str,
    shared_with_force: bool = True,
    asked_of_force: str = "",
) -> ProgressEvent:
    """The event and the move that goes with its kind; the caller has checked, and saves and records."""
    event = ProgressEvent.objects.create(
        case=case,
        kind=kind,
        happened_on=happened_on,
        text=text,
        shared_with_force=shared_with_force,
        asked_of_force=asked_of_force.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    if kind in MOVED_BY:
        case.move(MOVED_BY[kind], by=by, now=now)
    if shared_with_force:
        _told(case, event, by=by, now=now)
    return event


def _told(case: Case, event: ProgressEvent, *, by: User, now: datetime) -> None:
    """It is a change of the referral, as its force reads it."""
    record(
        kind="referral.progress_shared",
        by=by,
        subject=case.referral,
        now=now,
        recipient=case.referral.force.name,
        detail={"progress": event.pk},
    )


@transaction.atomic
def record_progress(
    *,
    case_id: int,
    by: User,
    now: datetime,
    kind: str,
    happened_on: date,
    text: str,
    shared_with_force: bool | None,
    asked_of_force: str = "",
) -> ProgressEvent:
    """Record what happened, and make the move that follows from it. Raises Refused.

    `asked_of_force` replaces what was asked before; empty on a shared event means nothing is asked now.
    """
    case = lock(case_id, by=by, verb="record_progress")
    refuse_if(
        reasons_not_to("record_progress", case, by)
        or reasons_not_this_kind(case, kind)
        + reasons_it_cannot_have_happened(
            happened_on, today=timezone.localdate(now), referred_on=referred_on(case)
        )
        + blank(text, "Enter what happened.")
        + reasons_not_to_share(shared_with_force=shared_with_force, asked_of_force=asked_of_force)
    )
    event = write_progress(
        case,
        by=by,
        now=now,
        kind=kind,
        happened_on=happened_on,
        text=text,
        shared_with_force=bool(shared_with_force),  # None was refused above
        asked_of_force=asked_of_force,
    )
    save(
        case,
        done="progress_recorded",
        by=by,
        now=now,
        is_progress=True,
        recipient=case.referral.force.name if shared_with_force else "",
        detail={"progress": event.pk, "kind": kind},
    )
    return event

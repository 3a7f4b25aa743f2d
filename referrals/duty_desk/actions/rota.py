"""Change the rota: add a shift, give it to somebody else, take it away; and leave word for the next one."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless
from nexus.ui import formatting
from nexus.working_days import local_day
from referrals.duty_desk.models import HandoverNote, Shift
from referrals.duty_desk.permissions import ROTA
from referrals.duty_desk.rules.rota import HELD_BY, Duty

LONGEST = timedelta(days=8)  # local: Easter or Christmas on call, and no slip of a month


def reasons_not_to_hold(duty: str, person: User) -> list[str]:
    """Whose role fits: a referrals officer at the desk, a CIO or HMI on call."""
    if person.is_active and person.role == HELD_BY[duty]:
        return []
    return [f"{person} cannot be {Duty(duty).label}: choose a {HELD_BY[duty].label}."]


def reasons_against_times(starts_at: datetime, ends_at: datetime, now: datetime) -> list[str]:
    if ends_at <= starts_at:
        return ["The end must be after the start."]
    if ends_at <= now:
        return ["The end must be in the future: a shift that is over cannot change."]
    if ends_at - starts_at > LONGEST:
        return [f"A shift can last {formatting.days(LONGEST.days)} at most."]
    return []


def reasons_taken(duty: str, starts_at: datetime, ends_at: datetime) -> list[str]:
    """Who has the duty then already."""
    taken = Shift.objects.filter(
        duty=duty, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).select_related("person")
    return [f"{shift.person} already has it from {times_of(shift)}." for shift in taken]


def times_of(shift: Shift) -> str:
    return f"{formatting.date_and_time(shift.starts_at)} to {formatting.date_and_time(shift.ends_at)}"


def lock_rota(duty: str) -> None:
    """One change of a duty at a time, so that who comes second is told who has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rota {duty}"])


def lock_shift(shift_id: int, *, by: User, verb: str) -> Shift:
    """The shift, locked. Raises PermissionDenied where the role may not, Shift.DoesNotExist."""
    ROTA.permit(verb, by)
    shift = Shift.objects.select_for_update(of=("self",)).select_related("person").get(pk=shift_id)
    lock_rota(shift.duty)
    return shift


@transaction.atomic
def add_shift(
    *, by: User, now: datetime, duty: str, person: User, starts_at: datetime, ends_at: datetime
) -> Shift:
    """Put a person on the rota. Raises Refused: the role, the times, or who has it already."""
    ROTA.permit("add_shift", by)
    lock_rota(duty)
    refuse_if(
        reasons_not_to_hold(duty, person)
        + (reasons_against_times(starts_at, ends_at, now) or reasons_taken(duty, starts_at, ends_at))
    )
    shift = Shift.objects.create(
        duty=duty, person=person, starts_at=starts_at, ends_at=ends_at, made_by=by, made_at=now
    )
    record(kind="shift.added", by=by, subject=shift, now=now, detail={"person": person.pk})
    return shift


def reasons_not_to_change(shift: Shift, now: datetime) -> list[str]:
    if shift.cancelled_at:
        return ["This shift has already been taken off the rota."]
    if shift.ends_at <= now:
        return ["This shift is over, so it cannot be changed."]
    return []


def permit_swap(shift: Shift, by: User) -> None:
    """Who has the shift, or a manager. Raises PermissionDenied."""
    ROTA.permit("swap_shift", by)
    if by.role != Role.MANAGER and shift.person_id != by.pk:
        raise PermissionDenied("Only the person on the shift or a manager can give it to somebody else.")


@transaction.atomic
def swap_shift(*, shift_id: int, by: User, now: datetime, person: User, reason: str) -> Shift:
    """Somebody else takes the shift, from now on where it has begun. The new shift; raises Refused."""
    shift = lock_shift(shift_id, by=by, verb="swap_shift")
    permit_swap(shift, by)
    already = [f"{person} already has this shift."] if person.pk == shift.person_id else []
    refuse_if(
        reasons_not_to_change(shift, now)
        or already
        or reasons_not_to_hold(shift.duty, person) + wordless(reason, "Enter why the shift changes hands.")
    )
    until = shift.ends_at
    end(shift, by=by, now=now, reason=reason)
    taken_over = Shift.objects.create(
        duty=shift.duty,
        person=person,
        starts_at=max(shift.starts_at, now),
        ends_at=until,
        made_by=by,
        made_at=now,
    )
    people = {"from": shift.person_id, "to": person.pk, "shift": taken_over.pk}
    record(kind="shift.swapped", by=by, subject=shift, now=now, reason=reason, detail=people)
    return taken_over


@transaction.atomic
def cancel_shift(*, shift_id: int, by: User, now: datetime, reason: str) -> Shift:
    """Take a shift off the rota, or what is left of it where it has begun. Raises Refused."""
    shift = lock_shift(shift_id, by=by, verb="cancel_shift")
    refuse_if(reasons_not_to_change(shift, now) or wordless(reason, "Enter why the shift is taken off."))
    end(shift, by=by, now=now, reason=reason)
    record(kind="shift.cancelled", by=by, subject=shift, now=now, reason=reason)
    return shift


def end(shift: Shift, *, by: User, now: datetime, reason: str) -> None:
    """What has been held stays held: a shift that has begun ends now, another is cancelled."""
    if shift.starts_at < now:
        shift.ends_at = now
    else:
        shift.cancelled_by, shift.cancelled_at, shift.cancel_reason = by, now, reason
    shift.save()


@transaction.atomic
def write_handover(*, by: User, now: datetime, text: str) -> HandoverNote:
    """What the next person on duty must know of today. Raises Refused."""
    ROTA.permit("write_handover", by)
    refuse_if(blank(text, "Enter the handover note."))
    note = HandoverNote.objects.create(day=local_day(now), text=text, by=by, at=now)
    record(kind="handover.written", by=by, subject=note, now=now)
    return note

"""What stands against removal, recorded and lifted with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import LIFTED_BY_A_SENIOR_CASEWORKER, Barrier, BarrierKind, Case
from casework.parts import case_parts
from casework.rules.barriers import (
    End,
    reasons_already_barred,
    reasons_not_ended_by_a_decision,
    reasons_not_ended_by_an_order,
    reasons_not_to_lift,
)
from casework.rules.trafficking import POSITIVE, NrmOutcome
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import blank, refuse_if, wordless
from referrals.models import Referral


def reasons_not_this_barrier(case: Case, kind: str) -> list[str]:
    if kind not in BarrierKind.values:
        return ["Select what kind of barrier it is."]
    already = case.barriers.filter(kind=kind, lifted_at=None).first()
    return reasons_already_barred(
        label=BarrierKind(kind).label, open_since=already.since if already else None
    )


def reasons_not_since(since: date, *, today: date) -> list[str]:
    """A barrier may be older than the referral, but it exists only from today backwards."""
    return ["The date the barrier began must be today or in the past."] if since > today else []


@transaction.atomic
def record_barrier(*, case_id: int, by: User, now: datetime, kind: str, since: date, details: str) -> Barrier:
    """Record something that stands against removal. Raises Refused."""
    case = lock(case_id, by=by, verb="record_barrier")
    refuse_if(
        reasons_not_to("record_barrier", case, by)
        or reasons_not_this_barrier(case, kind)
        + reasons_not_since(since, today=timezone.localdate(now))
        + blank(details, "Enter what is known about the barrier.")
    )
    return enter(case, by=by, now=now, kind=kind, since=since, details=details)


def enter(
    case: Case,
    *,
    by: User,
    now: datetime,
    kind: str,
    since: date,
    details: str,
    carries_on: Barrier | None = None,
) -> Barrier:
    """Write the barrier, and stop at once what relies on there being none. Call with the case locked."""
    barrier = Barrier.objects.create(
        case=case,
        kind=kind,
        since=since,
        details=details,
        recorded_by=by,
        recorded_at=now,
        carries_on=carries_on,
    )
    save(
        case,
        done="barrier_recorded",
        by=by,
        now=now,
        is_progress=True,
        detail={"barrier": barrier.pk, "kind": kind},
    )
    is_trafficking = kind == BarrierKind.TRAFFICKING
    stop(case, by=by, now=now, because=f"Barrier: {barrier}.", trafficking=is_trafficking)
    return barrier


def stop(case: Case, *, by: User, now: datetime, because: str, trafficking: bool = False) -> None:
    """Each part stops what may not go on now that this has become known. Call with the case locked."""
    for part in case_parts():
        if part.stop:
            part.stop(case=case, by=by, now=now, because=because, trafficking=trafficking)


def stop_for_litigation(*, referral: Referral, by: User, now: datetime, because: str) -> None:
    """For referrals/parts.py: litigation suspends removal, so what was authorised without knowing it stops."""
    case = Case.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    if case:
        stop(case, by=by, now=now, because=because)


def reasons_against_lifting(case: Case, barrier: Barrier, by: User) -> list[str]:
    return reasons_not_to("lift_barrier", case, by) or reasons_not_to_lift(
        label=barrier.get_kind_display(),
        is_lifted=barrier.lifted_at is not None,
        senior_only=barrier.kind in LIFTED_BY_A_SENIOR_CASEWORKER,
        is_senior=by.role == Role.SENIOR_CASEWORKER,
    )


def reasons_not_this_end(barrier: Barrier, end: End, *, today: date) -> list[str]:
    """What ends a barrier of this kind; for the other kinds the reason is enough."""
    if barrier.kind == BarrierKind.TRAFFICKING:
        return reasons_not_ended_by_a_decision(end, since=barrier.since, today=today)
    if barrier.kind == BarrierKind.INJUNCTION:
        return reasons_not_ended_by_an_order(end, since=barrier.since, today=today)
    return []


@transaction.atomic
def lift_barrier(
    *,
    case_id: int,
    barrier_id: int,
    by: User,
    now: datetime,
    reason: str,
    outcome: str = "",
    ended_on: date | None = None,
    ended_reference: str = "",
    court: str = "",
) -> Barrier:
    """Lift a barrier with a reason; trafficking by what was decided, an injunction by the order that ended it.

    A positive decision about trafficking is recorded, and the barrier goes on standing as one of that decision.
    Raises Barrier.DoesNotExist when it is not this case's, and Refused.
    """
    case = lock(case_id, by=by, verb="lift_barrier")
    barrier = Barrier.objects.get(pk=barrier_id, case=case)
    end = End(outcome, ended_on, ended_reference, court)
    refuse_if(
        reasons_against_lifting(case, barrier, by)
        or reasons_not_this_end(barrier, end, today=timezone.localdate(now))
        + wordless(reason, "Enter why the barrier no longer applies.")
    )
    write_end(barrier, end, by=by, now=now, reason=reason)
    save(
        case,
        done="barrier_lifted",
        by=by,
        now=now,
        is_progress=True,
        reason=reason,
        detail={"barrier": barrier.pk, "kind": barrier.kind, "outcome": barrier.outcome},
    )
    if barrier.outcome in POSITIVE:
        carry_on(case, barrier, by=by, now=now)
    return barrier


def write_end(barrier: Barrier, end: End, *, by: User, now: datetime, reason: str) -> None:
    """Who lifted it and why, and what ended it where its kind asks for that."""
    barrier.lifted_by, barrier.lifted_at, barrier.lifted_because = by, now, reason
    if barrier.kind in (BarrierKind.TRAFFICKING, BarrierKind.INJUNCTION):
        barrier.ended_on, barrier.ended_reference = end.on, end.reference
    if barrier.kind == BarrierKind.TRAFFICKING:
        barrier.outcome = end.outcome
    if barrier.kind == BarrierKind.INJUNCTION:
        barrier.court = end.court
    barrier.save()


def carry_on(case: Case, barrier: Barrier, *, by: User, now: datetime) -> Barrier:
    """After a positive decision the person is, or may be, a victim: the barrier stands on, as one of that decision."""
    since = barrier.ended_on or barrier.since
    details = f"{NrmOutcome(barrier.outcome).label}, reference {barrier.ended_reference}."
    return enter(case, by=by, now=now, kind=barrier.kind, since=since, details=details, carries_on=barrier)

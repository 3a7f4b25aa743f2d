"""What stands against removal, recorded and lifted with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import LIFTED_BY_A_SENIOR_CASEWORKER, Barrier, BarrierKind, Case
from casework.rules.barriers import reasons_already_barred, reasons_not_to_lift
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.refusals import blank, refuse_if, wordless


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
    barrier = Barrier.objects.create(
        case=case, kind=kind, since=since, details=details, recorded_by=by, recorded_at=now
    )
    save(
        case,
        done="barrier_recorded",
        by=by,
        now=now,
        is_progress=True,
        detail={"barrier": barrier.pk, "kind": kind},
    )
    return barrier


def reasons_against_lifting(case: Case, barrier: Barrier, by: User) -> list[str]:
    return reasons_not_to("lift_barrier", case, by) or reasons_not_to_lift(
        label=barrier.get_kind_display(),
        is_lifted=barrier.lifted_at is not None,
        senior_only=barrier.kind in LIFTED_BY_A_SENIOR_CASEWORKER,
        is_senior=by.role == Role.SENIOR_CASEWORKER,
    )


@transaction.atomic
def lift_barrier(*, case_id: int, barrier_id: int, by: User, now: datetime, reason: str) -> Barrier:
    """Lift a barrier with a reason. Raises Barrier.DoesNotExist when it is not this case's, and Refused."""
    case = lock(case_id, by=by, verb="lift_barrier")
    barrier = Barrier.objects.get(pk=barrier_id, case=case)
    refuse_if(
        reasons_against_lifting(case, barrier, by)
        or wordless(reason, "Enter why the barrier no longer applies.")
    )
    barrier.lifted_by, barrier.lifted_at, barrier.lifted_because = by, now, reason
    barrier.save()
    save(
        case,
        done="barrier_lifted",
        by=by,
        now=now,
        is_progress=True,
        reason=reason,
        detail={"barrier": barrier.pk, "kind": barrier.kind},
    )
    return barrier

"""What stands against removal: record_barrier and lift_barrier."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Barrier, BarrierKind, Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def bar(case: Case, **values: object) -> Barrier:
    defaults = {
        "by": case.case_owner,
        "kind": "injunction",
        "since": NOON.date(),
        "details": "High Court order.",
    }
    return actions.record_barrier(case_id=case.pk, now=LATER, **{**defaults, **values})


def lift(barrier: Barrier, **values: object) -> Barrier:
    defaults = {"by": barrier.recorded_by, "reason": "The order was discharged."}
    return actions.lift_barrier(
        **{"case_id": barrier.case_id, "barrier_id": barrier.pk, "now": LATER, **defaults, **values}
    )


def test_a_barrier_stands_until_it_is_lifted() -> None:
    case = an_assigned_case()
    barrier = bar(case)
    assert (barrier.kind, barrier.since, barrier.lifted_at) == ("injunction", NOON.date(), None)
    barrier = lift(barrier)
    assert (barrier.lifted_by, barrier.lifted_at) == (case.case_owner, LATER)
    assert barrier.lifted_because == "The order was discharged."
    assert bar(case).lifted_at is None, "it may come again"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "weather"}, "Select what kind of barrier"),
        ({"since": LATER.date() + timedelta(days=1)}, "must be today or in the past"),
        ({"details": ""}, "Enter what is known about the barrier"),
    ],
)
def test_each_reason(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        bar(an_assigned_case(), **values)


def test_one_open_barrier_of_a_kind() -> None:
    case = an_assigned_case()
    bar(case)
    with pytest.raises(Refused, match="Injunction is already recorded as open, since 16 November 2026"):
        bar(case)
    assert bar(case, kind="claim").kind == "claim"


def test_lifting_needs_a_reason_and_happens_once() -> None:
    barrier = bar(an_assigned_case())
    with pytest.raises(Refused, match="Enter why the barrier no longer applies"):
        lift(barrier, reason="")
    lift(barrier)
    with pytest.raises(Refused, match="Injunction has already been lifted"):
        lift(barrier)


def test_only_a_senior_caseworker_lifts_a_trafficking_referral() -> None:
    barrier = bar(an_assigned_case(), kind=BarrierKind.TRAFFICKING)
    with pytest.raises(Refused, match="Trafficking referral: only a Senior Caseworker may lift"):
        lift(barrier)
    assert lift(barrier, by=a_user(Role.SENIOR_CASEWORKER)).lifted_at == LATER


@pytest.mark.parametrize("state", ["outcome", "closed"])
def test_not_after_the_outcome(state: str) -> None:
    with pytest.raises(Refused, match="a barrier cannot be recorded"):
        bar(a_case_in(state))


def test_another_case_owner_is_refused() -> None:
    barrier, other = bar(an_assigned_case()), a_user(Role.CASE_OWNER)
    with pytest.raises(Refused, match="is the case-owner"):
        bar(barrier.case, by=other, kind="claim")
    with pytest.raises(Refused, match="is the case-owner"):
        lift(barrier, by=other)


def test_a_barrier_of_another_case_is_not_found() -> None:
    barrier, other = bar(an_assigned_case()), an_assigned_case()
    with pytest.raises(Barrier.DoesNotExist):
        lift(barrier, case_id=other.pk, by=other.case_owner)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OWNER, Role.SENIOR_CASEWORKER}))
def test_who_may_not(role: Role) -> None:
    barrier = bar(an_assigned_case())
    for attempt in (lambda: bar(barrier.case, by=a_user(role)), lambda: lift(barrier, by=a_user(role))):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            attempt()


def test_both_are_recorded() -> None:
    barrier = lift(bar(an_assigned_case()))
    assert AuditEvent.objects.get(kind="case.barrier_recorded").detail["barrier"] == barrier.pk
    assert AuditEvent.objects.get(kind="case.barrier_lifted").reason == "The order was discharged."

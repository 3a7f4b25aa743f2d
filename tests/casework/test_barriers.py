"""What stands against removal: record_barrier and lift_barrier."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from casework import actions
from casework.models import Barrier, BarrierKind, Case
from casework.rules.trafficking import ON_CASE, ON_REFERRAL, POSITIVE, NrmOutcome
from casework.trafficking import trafficking_of
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
    return actions.record_barrier(case_id=case.pk, **{"now": LATER, **defaults, **values})


def lift(barrier: Barrier, **values: object) -> Barrier:
    defaults = {"by": barrier.recorded_by, "reason": "The order was discharged.", **end_of(barrier)}
    return actions.lift_barrier(
        **{"case_id": barrier.case_id, "barrier_id": barrier.pk, "now": LATER, **defaults, **values}
    )


def end_of(barrier: Barrier) -> dict[str, object]:
    """What ended it, where its kind asks for that."""
    dated = {"ended_on": LATER.date(), "ended_reference": "CO/1234/2026"}
    return {
        "injunction": {**dated, "court": "The High Court"},
        "trafficking": {**dated, "outcome": "conclusive_negative"},
    }.get(barrier.kind, {})


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


def test_an_injunction_ends_by_an_order_with_court_date_and_reference_and_never_by_a_word() -> None:
    barrier = bar(an_assigned_case())
    with pytest.raises(Refused) as refused:
        lift(barrier, court="", ended_on=None, ended_reference="")
    assert list(refused.value.reasons) == [
        "Enter the court that made the order.",
        "Enter the date of the order.",
        "Enter the reference of the order.",
    ]
    with pytest.raises(Refused, match="must lie between 16 November 2026 and today"):
        lift(barrier, ended_on=LATER.date() + timedelta(days=1))
    with pytest.raises(DatabaseError, match="an_injunction_ends_by_an_order"), transaction.atomic():
        Barrier.objects.filter(pk=barrier.pk).update(
            lifted_at=LATER, lifted_by=barrier.recorded_by, lifted_because="Over."
        )
    assert lift(barrier).ended_by == "Order of The High Court, 17 November 2026, reference CO/1234/2026"


def test_lifting_a_trafficking_referral_records_what_was_decided_when_and_its_reference() -> None:
    barrier, senior = bar(an_assigned_case(), kind="trafficking"), a_user(Role.SENIOR_CASEWORKER)
    with pytest.raises(Refused) as refused:
        lift(barrier, by=senior, outcome="", ended_on=None, ended_reference="")
    assert list(refused.value.reasons) == [
        "Select what was decided about trafficking.",
        "Enter the date of the decision.",
        "Enter the reference of the decision.",
    ]
    with pytest.raises(DatabaseError, match="trafficking_ends_by_a_decision"), transaction.atomic():
        Barrier.objects.filter(pk=barrier.pk).update(
            lifted_at=LATER, lifted_by=senior, lifted_because="Over."
        )
    lifted = lift(barrier, by=senior)
    assert lifted.ended_by == "Conclusive grounds: negative, 17 November 2026, reference CO/1234/2026"
    assert not trafficking_of(barrier.case).standing
    assert [end.sentence for end in trafficking_of(barrier.case).ended] == [
        "Conclusive grounds: negative, 17 November 2026, reference CO/1234/2026."
    ]


@pytest.mark.parametrize("outcome", POSITIVE)
def test_after_a_positive_decision_about_trafficking_the_barrier_stands_on(outcome: str) -> None:
    barrier, senior = bar(an_assigned_case(), kind="trafficking"), a_user(Role.SENIOR_CASEWORKER)
    lift(barrier, by=senior, outcome=outcome)
    (standing,) = Barrier.objects.filter(case=barrier.case, lifted_at=None)
    assert (standing.kind, standing.carries_on) == ("trafficking", barrier)
    (indicator,) = trafficking_of(barrier.case).standing
    assert NrmOutcome(outcome).label in indicator.sentence
    lift(standing, by=senior, outcome="withdrawn")
    assert not trafficking_of(barrier.case).standing


def test_a_decision_about_trafficking_answers_what_was_known_and_not_what_comes_later() -> None:
    case, senior = (
        an_assigned_case(trafficking_indicator="yes", vulnerability_details="Seen."),
        a_user(Role.SENIOR_CASEWORKER),
    )
    assert [each.where for each in trafficking_of(case).standing] == [ON_REFERRAL]
    lift(bar(case, kind="trafficking"), by=senior)
    assert not trafficking_of(case).standing
    bar(case, kind="trafficking", now=LATER + timedelta(hours=1))
    assert [each.where for each in trafficking_of(case).standing] == [ON_CASE]

"""How a case ended, with reasons the force reads; not “removed” while something stands against it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import ENFORCED, Case, CaseOutcome
from casework.states import MOVES, State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, all_carried_over, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def conclude(case: Case, **values: object) -> Case:
    defaults = {
        "by": case.case_owner,
        "outcome": "removed",
        "outcome_on": NOON.date(),
        "reasons": "Removed on a scheduled flight.",
    }
    answers = {**defaults, **values}
    carried = all_carried_over(case, str(answers["outcome"]), NOON.date())
    return actions.record_outcome(case_id=case.pk, now=LATER, **{"carried_over": carried, **answers})


def test_the_outcome_is_kept_and_closing_comes_next() -> None:
    case = a_case_in("served")
    conclude(case)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.outcome_on) == ("outcome", "removed", NOON.date())
    assert (case.outcome_reasons, case.outcome_by, case.outcome_at) == (
        "Removed on a scheduled flight.",
        case.case_owner,
        LATER,
    )
    assert (case.next_action, case.next_action_by) == ("Close the case", case.case_owner)
    assert case.next_action_on > LATER.date()


@pytest.mark.parametrize("state", State)
def test_exactly_the_states_the_table_allows(state: State) -> None:
    case, senior = a_case_in(state), a_user(Role.SENIOR_CASEWORKER)
    if state in MOVES["record_outcome"].source:
        # Nobody is removed while an appeal goes on of which nobody has said that it does not suspend removal.
        ended = "refused_by_tribunal" if state == State.CHALLENGED else "removed"
        assert conclude(case, by=senior, outcome=ended).state == "outcome"
    else:
        with pytest.raises(Refused, match="so it cannot be given an outcome"):
            conclude(case, by=senior)


@pytest.mark.parametrize("outcome", CaseOutcome)
def test_a_barrier_stands_against_removal_and_deportation_only(outcome: CaseOutcome) -> None:
    case = an_assigned_case()
    for kind in ("claim", "injunction"):
        actions.record_barrier(
            case_id=case.pk, by=case.case_owner, now=LATER, kind=kind, since=NOON.date(), details="Lodged."
        )
    if outcome not in ENFORCED:
        assert conclude(case, outcome=outcome).state == "outcome"
        return
    with pytest.raises(Refused) as refused:
        conclude(case, outcome=outcome)
    assert refused.value.reasons == [
        f"“{outcome.label}” cannot be recorded while this stands.",
        "Injunction since 16 November 2026: a barrier to removal until the case-owner or a Senior Caseworker lifts it.",
        "Asylum or human-rights claim since 16 November 2026: a barrier to removal until the case-owner or a Senior Caseworker lifts it.",
    ]
    order = {"court": "The High Court", "ended_on": NOON.date(), "ended_reference": "CO/1/2026"}
    for barrier in case.barriers.all():
        one = {"case_id": case.pk, "barrier_id": barrier.pk, "by": case.case_owner, "now": LATER}
        actions.lift_barrier(**one, reason="The trial is over since Monday.", **order)
    assert conclude(case, outcome=outcome).outcome == outcome


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": "vanished"}, "Select the outcome"),
        ({"outcome_on": LATER.date() + timedelta(days=1)}, "must be today or in the past"),
        ({"outcome_on": NOON.date() - timedelta(days=1)}, "on or after 16 November 2026"),
        ({"reasons": " "}, "Enter the reasons. The force will read them."),
    ],
)
def test_each_reason(values: dict[str, object], sentence: str) -> None:
    case = an_assigned_case()
    with pytest.raises(Refused, match=sentence):
        conclude(case, **values)
    assert Case.objects.get(pk=case.pk).state == "assigned"


def test_another_case_owner_is_refused() -> None:
    with pytest.raises(Refused, match="is the case-owner"):
        conclude(an_assigned_case(), by=a_user(Role.CASE_OWNER))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OWNER, Role.SENIOR_CASEWORKER}))
def test_who_may_not(role: Role) -> None:
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        conclude(an_assigned_case(), by=a_user(role))


def test_the_entry_names_the_force_that_reads_it() -> None:
    conclude(an_assigned_case())
    entry = AuditEvent.objects.get(kind="case.given_an_outcome")
    assert (entry.recipient, entry.detail) == (
        "West Midlands Police",
        {"outcome": "removed", "carried_over": ["readiness"]},
    )

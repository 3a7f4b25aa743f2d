"""A case changes hands, with a reason, and what was still to do goes along."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_flag_only_case, a_user, all_carried_over, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def reassign(case: Case, **values: object) -> Case:
    values = {
        "by": a_user(Role.MANAGER),
        "case_owner": a_user(Role.CASE_OWNER),
        "reason": "On leave until Monday.",
        **values,
    }
    return actions.reassign(case_id=case.pk, now=LATER, **values)


def test_the_new_case_owner_has_the_case_its_next_action_and_its_open_tasks() -> None:
    case = an_assigned_case()
    before, after = case.case_owner, a_user(Role.CASE_OWNER)
    task = actions.add_task(
        case_id=case.pk, by=before, now=LATER, title="Ask for the summary", owner=before, due_on=LATER.date()
    )
    reassign(case, case_owner=after)
    case, progress = Case.objects.get(pk=case.pk), case.last_progress_at
    task.refresh_from_db()
    assert (case.case_owner, case.next_action_by, task.owner) == (after, after, after)
    assert [(spell.case_owner, spell.ended_at) for spell in case.assignments.all()] == [
        (before, LATER),
        (after, None),
    ]
    assert (case.state, case.last_progress_at) == ("assigned", progress)


def test_a_next_action_of_somebody_else_stays_theirs() -> None:
    case, senior = an_assigned_case(), a_user(Role.SENIOR_CASEWORKER)
    actions.plan(
        case_id=case.pk,
        by=case.case_owner,
        now=LATER,
        next_action="Review the draft",
        next_action_on=LATER.date(),
        next_action_by=senior,
    )
    assert reassign(case).next_action_by == senior


@pytest.mark.parametrize("state", ["open", "allocated", "closed"])
def test_only_a_case_with_an_owner_at_work(state: str) -> None:
    with pytest.raises(Refused, match="it cannot be reassigned"):
        reassign(a_case_in(state))


def test_a_case_that_ended_without_an_owner_has_nobody_to_take_it_from() -> None:
    case = a_flag_only_case()
    senior = a_user(Role.SENIOR_CASEWORKER)
    actions.record_outcome(
        case_id=case.pk,
        by=senior,
        now=LATER,
        outcome="deported",
        outcome_on=LATER.date(),
        reasons="The team in Leeds took it over in May.",
        carried_over=all_carried_over(case, "deported", LATER.date()),
    )
    with pytest.raises(Refused, match="never had a case-owner"):
        reassign(case)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER}))
def test_only_a_manager_reassigns(role: Role) -> None:
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        reassign(an_assigned_case(), by=a_user(role))


def test_a_reason_is_needed() -> None:
    with pytest.raises(Refused, match="Enter why the case changes hands"):
        reassign(an_assigned_case(), reason="")


def test_not_to_the_same_person() -> None:
    case = an_assigned_case()
    with pytest.raises(Refused, match="is already the case-owner"):
        reassign(case, case_owner=case.case_owner)


def test_not_to_somebody_without_accreditation() -> None:
    with pytest.raises(Refused, match="is not NSA accredited"):
        reassign(an_assigned_case(), case_owner=a_user(Role.CASE_OWNER, nsa_accredited=False))


def test_it_is_recorded() -> None:
    case = an_assigned_case()
    before, after = case.case_owner, a_user(Role.CASE_OWNER)
    reassign(case, case_owner=after)
    entry = AuditEvent.objects.get(kind="case.reassigned")
    assert entry.detail == {"from": before.pk, "case_owner": after.pk, "tasks": 0}
    assert entry.reason == "On leave until Monday."

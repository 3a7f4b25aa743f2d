"""A case another team gave up comes to Liverpool: by a manager, with a reason, never because of the flag."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case, a_flag_only_case, a_user

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
REASON = "Criminal Casework closed its case on 12 November."


def allocate(case: Case, *, role: Role = Role.MANAGER, reason: str = REASON) -> Case:
    return actions.allocate(case_id=case.pk, by=a_user(role), now=LATER, reason=reason)


def test_the_case_is_liverpools_and_waits_for_a_case_owner() -> None:
    case = a_flag_only_case()
    flag = case.referral.flag.text
    allocate(case)
    case = Case.objects.get(pk=case.pk)
    allocation = case.referral.allocations.get()
    assert (case.state, case.next_action, case.next_action_by) == ("allocated", "Assign a case-owner", None)
    assert (allocation.team.code, allocation.allocated_at, allocation.ended_at) == (
        "nexus_high_harm",
        LATER,
        None,
    )
    assert case.changes.get(verb="allocate").reason == REASON
    assert case.referral.flag.text == flag


def test_an_allocated_case_is_not_allocated_again() -> None:
    case = a_case()
    with pytest.raises(Refused, match="already allocated to Nexus High Harm"):
        allocate(case)
    assert case.referral.allocations.count() == 1


def test_a_reason_is_needed() -> None:
    with pytest.raises(Refused, match="Enter why the case comes to Liverpool"):
        allocate(a_flag_only_case(), reason="  ")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER}))
def test_only_a_manager_allocates(role: Role) -> None:
    case = a_flag_only_case()
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        allocate(case, role=role)


def test_it_is_recorded() -> None:
    case = allocate(a_flag_only_case())
    entry = AuditEvent.objects.get(kind="case.allocated", subject_id=str(case.pk))
    assert entry.reason == REASON
    assert AuditEvent.objects.filter(kind="allocation.made").count() == 1

"""The next action: what, who and by when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case, a_case_in, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def plan(case: Case, **values: object) -> Case:
    defaults = {
        "by": case.case_owner,
        "next_action": "Commission the statement",
        "next_action_on": LATER.date() + timedelta(days=3),
        "next_action_by": case.case_owner,
    }
    return actions.plan(case_id=case.pk, now=LATER, **{**defaults, **values})


def test_the_next_action_is_set_and_is_not_progress() -> None:
    case = an_assigned_case()
    progress = case.last_progress_at
    plan(case)
    case = Case.objects.get(pk=case.pk)
    assert (case.next_action, case.next_action_on) == (
        "Commission the statement",
        LATER.date() + timedelta(days=3),
    )
    assert (case.next_action_by, case.last_progress_at) == (case.case_owner, progress)


def test_today_is_not_past() -> None:
    assert plan(an_assigned_case(), next_action_on=LATER.date()).next_action_on == LATER.date()


def test_the_past_is_refused() -> None:
    with pytest.raises(Refused, match="must be today or later"):
        plan(an_assigned_case(), next_action_on=NOON.date())


def test_an_empty_action_is_refused() -> None:
    with pytest.raises(Refused, match="Enter the next action"):
        plan(an_assigned_case(), next_action=" ")


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CRIMINAL_CASEWORK])
def test_nobody_who_cannot_open_the_case(role: Role) -> None:
    with pytest.raises(Refused, match="cannot open this case"):
        plan(an_assigned_case(), next_action_by=a_user(role))


def test_another_case_owner_reads_but_does_not_write() -> None:
    case = an_assigned_case(case_owner=a_user(Role.CASE_OWNER, full_name="Ines Abara"))
    with pytest.raises(
        Refused, match=r"Ines Abara is the case-owner\. Ask them, or a manager to reassign it\."
    ):
        plan(case, by=a_user(Role.CASE_OWNER))


def test_nobody_works_a_case_without_an_owner_but_seniors_and_managers() -> None:
    case = a_case()
    with pytest.raises(Refused, match="has no case-owner yet"):
        plan(case, by=a_user(Role.CASE_OWNER))
    assert plan(case, by=a_user(Role.MANAGER)).next_action_by is None
    assert plan(case, by=a_user(Role.SENIOR_CASEWORKER)).next_action == "Commission the statement"


def test_not_after_the_end() -> None:
    with pytest.raises(Refused, match="now “Closed”, so its next action cannot be planned"):
        plan(a_case_in("closed"))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.MANAGER}))
def test_who_may_not_plan(role: Role) -> None:
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        plan(an_assigned_case(), by=a_user(role))


def test_it_is_recorded() -> None:
    case = plan(an_assigned_case())
    entry = AuditEvent.objects.get(kind="case.planned", subject_id=str(case.pk))
    assert entry.detail == {"next_action_on": "2026-11-20", "next_action_by": case.case_owner_id}

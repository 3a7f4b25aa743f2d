"""A case closes when its outcome is recorded and nothing is left to do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.engagement import actions as engagement_actions
from casework.models import Case, CaseTask
from casework.permissions import WHO_MAY
from casework.states import State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case, with_outcome
from tests.casework.engagement.builders import tasked

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def close(case: Case, **values: object) -> Case:
    return actions.close(**{"case_id": case.pk, "by": case.case_owner, "now": LATER, **values})


def a_task(case: Case, title: str) -> CaseTask:
    return actions.add_task(
        case_id=case.pk,
        by=case.case_owner,
        now=LATER,
        title=title,
        owner=case.case_owner,
        due_on=LATER.date() + timedelta(days=2),
    )


def test_it_says_who_closed_it_and_when() -> None:
    case = close(a_case_in("outcome"))
    assert (case.state, case.closed_by, case.closed_at) == ("closed", case.case_owner, LATER)


@pytest.mark.parametrize("state", sorted(set(State) - {State.OUTCOME}))
def test_only_after_its_outcome(state: str) -> None:
    with pytest.raises(Refused, match="so it cannot be closed"):
        close(a_case_in(state), by=a_user(Role.SENIOR_CASEWORKER))


def test_each_open_task_is_named() -> None:
    case = a_case_in("outcome")
    tasks = [a_task(case, "Tell the officer in the case"), a_task(case, "Return the passport")]
    with pytest.raises(Refused) as refused:
        close(case)
    assert refused.value.reasons == [
        f"The task “{task.title}” is still open: {case.case_owner}, due 19 November 2026." for task in tasks
    ]
    for task in tasks:
        actions.complete_task(case_id=case.pk, task_id=task.pk, by=case.case_owner, now=LATER)
    assert close(case).state == "closed"


def test_an_operation_that_may_still_be_carried_out_is_named() -> None:
    case = an_assigned_case()
    engagement = tasked(case=case)
    with_outcome(case, now=NOON + timedelta(hours=10))
    with pytest.raises(Refused, match="The arrest by West Midlands Police, begun .* “Stopped”"):
        close(case)
    engagement_actions.withdraw(
        engagement_id=engagement.pk, by=case.case_owner, now=LATER, reason="The claim is gone."
    )
    assert close(case).state == "closed"


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may(role: Role) -> None:
    case, by = a_case_in("outcome"), a_user(role)
    if role == Role.CASE_OWNER:
        with pytest.raises(Refused, match="is the case-owner"):
            close(case, by=by)
    elif role in WHO_MAY["close"]:
        assert close(case, by=by).closed_by == by
    else:
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            close(case, by=by)


def test_it_is_recorded() -> None:
    case = close(a_case_in("outcome"))
    assert AuditEvent.objects.get(kind="case.closed").subject_id == str(case.pk)
    assert case.changes.get(verb="close").by == case.case_owner

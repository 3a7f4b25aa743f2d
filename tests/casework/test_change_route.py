"""Another route, with a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case, RouteChange
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def change(case: Case, **values: object) -> RouteChange:
    defaults = {"by": case.case_owner, "route": "conviction_led", "reason": "A conviction in November."}
    return actions.change_route(case_id=case.pk, now=LATER, **{**defaults, **values})


def test_the_route_changes_and_the_change_is_kept() -> None:
    case = an_assigned_case()
    changed = change(case)
    case = Case.objects.get(pk=case.pk)
    assert (case.route, case.last_progress_at) == ("conviction_led", LATER)
    assert (changed.from_route, changed.to_route) == ("administrative_removal", "conviction_led")
    assert (changed.changed_by, changed.reason) == (case.case_owner, "A conviction in November.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"route": "by_sea"}, "Select the route"),
        ({"route": "administrative_removal"}, "The route is Administrative removal already"),
        ({"reason": ""}, "Enter why the route changes"),
    ],
)
def test_each_reason(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        change(an_assigned_case(), **values)


@pytest.mark.parametrize("state", ["outcome", "closed"])
def test_not_after_the_outcome(state: str) -> None:
    with pytest.raises(Refused, match="its route cannot be changed"):
        change(a_case_in(state))


def test_another_case_owner_is_refused() -> None:
    with pytest.raises(Refused, match="is the case-owner"):
        change(an_assigned_case(), by=a_user(Role.CASE_OWNER))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OWNER, Role.SENIOR_CASEWORKER}))
def test_who_may_not(role: Role) -> None:
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        change(an_assigned_case(), by=a_user(role))


def test_it_is_recorded() -> None:
    changed = change(an_assigned_case())
    entry = AuditEvent.objects.get(kind="case.route_changed")
    assert (entry.detail, entry.reason) == ({"route_change": changed.pk}, "A conviction in November.")

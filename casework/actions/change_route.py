"""Another route to the same end: administrative removal, conviction-led or intelligence-led deportation."""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case, RouteChange
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless
from referrals.rules.terms import Route


def reasons_not_this_route(case: Case, route: str) -> list[str]:
    if route not in Route.values():
        return ["Select the route."]
    if route == case.route:
        return [f"The route is {Route(route).label} already. Select another."]
    return []


@transaction.atomic
def change_route(*, case_id: int, by: User, now: datetime, route: str, reason: str) -> RouteChange:
    """Change the route, with a reason. Raises Refused."""
    case = lock(case_id, by=by, verb="change_route")
    refuse_if(
        reasons_not_to("change_route", case, by)
        or reasons_not_this_route(case, route) + wordless(reason, "Enter why the route changes.")
    )
    change = RouteChange.objects.create(
        case=case, from_route=case.route, to_route=route, reason=reason, changed_by=by, changed_at=now
    )
    case.route = route
    save(
        case,
        done="route_changed",
        by=by,
        now=now,
        is_progress=True,
        reason=reason,
        detail={"route_change": change.pk},
    )
    return change

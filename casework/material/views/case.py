"""The tab "Material" of a case, and one piece of it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material import queries
from casework.material.actions.approving import reasons_not_to_approve
from casework.material.models import Kind, Material
from casework.material.permissions import WHO_MAY
from casework.material.states import State
from casework.material.views import acts, case_acts
from casework.material.views.pages import show, visible
from casework.views.frame import show as show_case
from casework.views.frame import visible as visible_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.queries import standing_decision


@require_GET
def of_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything asked for in this case, where it stands and who must act."""
    case, by = visible_case(request, reference), request.user
    WHO_MAY.permit("view_inside", by)
    rows = queries.listed(by).filter(case=case)
    return show_case(
        request,
        case,
        "material",
        "casework/material/of_case",
        page=KeysetPage(rows, request, order=["-pk"]),
        decision=standing_decision(case.referral),
        indicated=queries.statement_indicated(case),
        no_statement=queries.no_statement_needed(case),
        buttons=case_acts.open_to(by, case),
        may_bundle=WHO_MAY.may("view_bundle", by) and queries.approved_for(case).exists(),
    )


def may_do_without(by: User, material: Material) -> bool:
    """Whether the person may record here that no statement is needed: the other half of what comes next."""
    act = case_acts.ACTS["need_no_statement"]
    comes_next = material.state == State.SUMMARY_REVIEWED
    return comes_next and WHO_MAY.may(act.verb, by) and not act.reasons(material.case, by)


@require_GET
def detail(request: SignedInRequest, material_id: int) -> HttpResponse:
    """One piece of material: what was asked and sent, what was found, and what may be done."""
    material, by = visible(request, material_id, "view_inside"), request.user
    versions = list(material.versions.select_related("supplied_by"))
    return show(
        request,
        material,
        "detail",
        step=material.state_record.next_action,
        asks=list(material.asks.select_related("asked_by")),
        versions=versions,
        summaries=[version for version in versions if version.kind == Kind.SUMMARY],
        statements=[version for version in versions if version.kind == Kind.STATEMENT],
        reviews=list(material.appeals_reviews.select_related("asked_by", "advised_by", "version")),
        thread=list(material.messages.select_related("by")),
        happened=queries.happened(material),
        buttons=acts.open_to(by, material),
        may_do_without=may_do_without(by, material),
        against_approval=reasons_not_to_approve(material, by)
        if material.state == "checked" and WHO_MAY.may("approve", by)
        else [],
        now=timezone.now(),
        back_url=reverse("material:of_case", args=[material.case.referral.reference]),
    )

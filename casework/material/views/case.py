"""The tab "Material" of a case, and one piece of it."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.material import queries
from casework.material.actions.approving import reasons_not_to_approve
from casework.material.lists import MATERIAL
from casework.material.models import Kind, Material
from casework.material.permissions import WHO_MAY
from casework.material.states import State
from casework.material.verbs.casework import VERBS, pages
from casework.material.verbs.of_case import pages as of_case_pages
from casework.material.views.frame import inside
from casework.views.frame import show as show_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.queries import standing_decision


@require_GET
def of_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything asked for in this case, where it stands and who must act."""
    by, now = request.user, timezone.now()
    case = CASES.find(by, reference=reference)
    WHO_MAY.permit("view_inside", by)
    rows = queries.with_due_day(by).filter(case=case)
    return show_case(
        request,
        case,
        "material",
        "casework/material/of_case",
        page=KeysetPage(rows, request, order=["-pk"]),
        decision=standing_decision(case.referral),
        indicated=queries.statement_indicated(case),
        no_statement=queries.no_statement_needed(case),
        buttons=[
            (name, of_case_pages.verbs[name].heading)
            for name in of_case_pages.available_to(case, by, now=now)
        ],
        may_bundle=WHO_MAY.may("view_bundle", by) and queries.approved_for(case).exists(),
    )


def may_do_without(by: User, material: Material, now: datetime) -> bool:
    """Whether the person may record here that no statement is needed: the other half of what comes next."""
    comes_next = material.state == State.SUMMARY_REVIEWED
    return comes_next and "need_no_statement" in of_case_pages.available_to(material.case, by, now=now)


@require_GET
def detail(request: SignedInRequest, material_id: int) -> HttpResponse:
    """One piece of material: what was asked and sent, what was found, and what may be done."""
    by, now = request.user, timezone.now()
    material = MATERIAL.open(by, "view_inside", material_id=material_id)
    step = material.state_record.next_action
    able = sorted(pages.available_to(material, by, now=now), key=lambda name: name != step.verb)
    versions = list(material.versions.select_related("supplied_by"))
    return inside(
        request,
        material,
        "detail",
        "casework/material/detail",
        step=step,
        asks=list(material.asks.select_related("asked_by")),
        versions=versions,
        summaries=[version for version in versions if version.kind == Kind.SUMMARY],
        statements=[version for version in versions if version.kind == Kind.STATEMENT],
        reviews=list(material.appeals_reviews.select_related("asked_by", "advised_by", "version")),
        thread=list(material.messages.select_related("by")),
        happened=queries.happened(material),
        buttons=[(name, VERBS[name].heading) for name in able if name != "write_message"],
        may_write="write_message" in able,
        may_do_without=may_do_without(by, material, now),
        against_approval=reasons_not_to_approve(material, by)
        if material.state == "checked" and WHO_MAY.may("approve", by)
        else [],
        now=now,
        back_url=reverse("material:of_case", args=[material.case.referral.reference]),
    )

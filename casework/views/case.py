"""The case page: one address a tab."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from casework import actions
from casework.actions.barriers import reasons_against_lifting
from casework.actions.tasks import reasons_not_to_complete
from casework.lists import CASES
from casework.permissions import WHO_MAY
from casework.queries import asked_of_force
from casework.readiness import reasons_not_ready
from casework.states import OVER
from casework.timeline import timeline as timeline_of
from casework.views.frame import show
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from referrals.permissions import WHO_MAY as WHO_MAY_REFERRALS
from referrals.queries import standing_decision
from referrals.summary import summary_of


@require_GET
def detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The summary: where the case stands, why it was accepted, and what stands in the way."""
    case, by = CASES.open(request.user, "view", reference=reference), request.user
    barriers = list(case.barriers.select_related("recorded_by", "lifted_by"))
    standing = [barrier for barrier in barriers if not barrier.lifted_at and WHO_MAY.may("lift_barrier", by)]
    return show(
        request,
        case,
        "summary",
        decision=standing_decision(case.referral),
        barriers=barriers,
        against_lifting={barrier.pk: reasons_against_lifting(case, barrier, by) for barrier in standing},
        asked=asked_of_force(case),
        may_change_flag=WHO_MAY_REFERRALS.may("remove_flag", by),
        may_print=WHO_MAY.may("view_print", by),
        not_ready=reasons_not_ready(case, today=timezone.localdate()),
        clarified=list(case.clarifications.select_related("by")),
        notices=list(case.removal_notices.select_related("recorded_by")),
        carried_over=list(case.carried_over.all()),
        over=case.state in OVER,
    )


@require_GET
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything that happened, newest first."""
    case = CASES.open(request.user, "view", reference=reference)
    before = _moment(request.GET.get("before", ""))
    return show(request, case, "timeline", page=timeline_of(case, before=before), before=before)


def _moment(text: str) -> datetime | None:
    """The moment in an address, or None when it is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@require_GET
def notes(request: SignedInRequest, reference: str) -> HttpResponse:
    case = CASES.open(request.user, "view", reference=reference)
    actions.see_mentions(case=case, by=request.user, now=timezone.now())
    rows = case.notes.select_related("written_by").prefetch_related("mentions__person")
    return show(request, case, "notes", page=KeysetPage(rows, request, order=["-written_at"]))


@require_GET
def documents(request: SignedInRequest, reference: str) -> HttpResponse:
    case = CASES.open(request.user, "view", reference=reference)
    rows = case.documents.select_related("file__uploaded_by")
    return show(request, case, "documents", page=KeysetPage(rows, request, order=["-file__uploaded_at"]))


@require_GET
def tasks(request: SignedInRequest, reference: str) -> HttpResponse:
    """Open tasks first, the nearest date on top; then those that are done."""
    case, by = CASES.open(request.user, "view", reference=reference), request.user
    rows = case.tasks.select_related("owner", "done_by")
    open_tasks = list(rows.filter(done_at=None))
    may = WHO_MAY.may("complete_task", by)
    return show(
        request,
        case,
        "tasks",
        open_tasks=open_tasks,
        completable={t.pk for t in open_tasks if may and not reasons_not_to_complete(case, t, by)},
        page=KeysetPage(rows.filter(done_at__isnull=False), request, order=["-done_at"]),
    )


@require_GET
def progress(request: SignedInRequest, reference: str) -> HttpResponse:
    case = CASES.open(request.user, "view", reference=reference)
    rows = case.progress.select_related("recorded_by")
    page = KeysetPage(rows, request, order=["-happened_on", "-recorded_at"])
    return show(request, case, "progress", page=page, asked=asked_of_force(case))


@require_GET
def referral(request: SignedInRequest, reference: str) -> HttpResponse:
    """The referral as the force sent it."""
    case = CASES.open(request.user, "view", reference=reference)
    record(
        kind="referral.viewed",
        by=request.user,
        subject=case.referral,
        now=timezone.now(),
        detail={"case": case.pk},
    )
    return show(request, case, "referral", sections=summary_of(case.referral))

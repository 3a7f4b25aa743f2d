"""One report: read it, check and release it, build it again, acknowledge it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.reports import actions
from casework.reports.actions.acknowledge import reasons_not_to_acknowledge
from casework.reports.actions.queue import reasons_not_to_requeue
from casework.reports.actions.release import reasons_not_to_release
from casework.reports.exports import KINDS, totals_of
from casework.reports.forms import ReleaseForm
from casework.reports.models import ProgressReport
from casework.reports.permissions import WHO_MAY
from casework.reports.queries import lines_asking, lines_to_look_at
from casework.reports.states import BUILT, RELEASED, WAITING, State
from casework.reports.views.lists import refresh_after
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict


def visible(request: SignedInRequest, report_id: int) -> ProgressReport:
    """The report, or 404 outside what the person may see."""
    reports = ProgressReport.objects.visible_to(request.user)
    return get_object_or_404(reports.select_related("force", "released_by", "acknowledged_by"), pk=report_id)


@require_GET
def detail(request: SignedInRequest, report_id: int) -> HttpResponse:
    """The report as its force reads it, with what may be done to it now."""
    report, user, now = visible(request, report_id), request.user, timezone.now()
    WHO_MAY.permit("view", user)
    is_built = report.state in BUILT
    recipient = user.force.name if user.force else ""
    if is_built:
        record(kind="report.viewed", by=user, subject=report, now=now, recipient=recipient)
    context = {
        "report": report,
        "is_built": is_built,
        "totals": totals_of(report) if is_built else [],
        "asking": lines_asking(report) if is_built else [],
        "page": KeysetPage(
            report.lines.select_related("referral"), request, order=["referral__reference"], size=100
        ),
        "kinds": KINDS if report.state in RELEASED else [],
        "may_release": WHO_MAY.may("release", user) and report.state == State.DRAFT,
        "may_requeue": WHO_MAY.may("requeue", user) and not reasons_not_to_requeue(report),
        "may_acknowledge": WHO_MAY.may("acknowledge", user) and not reasons_not_to_acknowledge(report, user),
        "manages": WHO_MAY.may("view_every_force", user),
        "refresh_after": refresh_after(request, report.state in WAITING),
    }
    return render(request, "casework/reports/detail.html", context)


@require_http_methods(["GET", "POST"])
def release(request: SignedInRequest, report_id: int) -> HttpResponse:
    """The disclosure check, and with it the release."""
    report = visible(request, report_id)
    WHO_MAY.permit("release", request.user)
    form = bind(ReleaseForm, request)
    if form.is_valid():
        try:
            actions.release(report_id=report.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"The report has been released to {report.force.name}")
            return redirect("reports:detail", report.pk)
    context = {
        "form": form,
        "report": report,
        "obstacles": [] if form.is_bound else reasons_not_to_release(report, request.user),
        "look_at": lines_to_look_at(report),
        "back_url": reverse("reports:detail", args=[report.pk]),
    }
    return render(request, "casework/reports/release.html", context)


@require_POST
def requeue(request: SignedInRequest, report_id: int) -> HttpResponse:
    report = visible(request, report_id)
    WHO_MAY.permit("requeue", request.user)
    try:
        actions.requeue(report_id=report.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("reports:detail", args=[report.pk]))
    messages.success(request, "The report will be built again")
    return redirect("reports:detail", report.pk)


@require_POST
def acknowledge(request: SignedInRequest, report_id: int) -> HttpResponse:
    report = visible(request, report_id)
    WHO_MAY.permit("acknowledge", request.user)
    try:
        actions.acknowledge(report_id=report.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, reverse("reports:detail", args=[report.pk]))
    messages.success(request, "You have acknowledged the report")
    return redirect("reports:detail", report.pk)

"""A report as a file. The force's copy is a disclosure and is recorded with its recipient."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.reports.exports import KINDS, name_of
from casework.reports.lists import REPORTS
from casework.reports.queries import lines_with_referrals
from casework.reports.states import RELEASED
from nexus.audit.recording import record
from nexus.requests import SignedInRequest


@require_GET
def download(request: SignedInRequest, report_id: int, kind: str) -> HttpResponse:
    """PDF, XLSX, ODS or CSV of a released report; before its release there is no file (404)."""
    report = REPORTS.open(request.user, "view", report_id=report_id)
    if report.state not in RELEASED:
        raise Http404
    file = KINDS[kind]
    record(
        kind="report.downloaded",
        by=request.user,
        subject=report,
        now=timezone.now(),
        recipient=REPORTS.recipient(request.user),
        detail={"format": kind},
    )
    made = file.make(report, list(lines_with_referrals(report)))
    headers = {"Content-Disposition": f'attachment; filename="{name_of(report, file)}"'}
    return HttpResponse(made, content_type=file.content_type, headers=headers)

"""The queue as a file, under the filters, the search and the sorting of the page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.documents.tables import KINDS
from nexus.requests import SignedInRequest
from nexus.ui.formatting import number
from nexus.ui.searches import recall
from nexus.ui.views import conflict
from referrals import queue as queries
from referrals.desk.exports import MOST, table_of
from referrals.desk.lists import to_save
from referrals.desk.permissions import WHO_MAY
from referrals.desk.views.queue import asked_of
from referrals.desk.views.saved_views import in_words


@require_GET
@long_statements()
def export(request: SignedInRequest, kind: str) -> HttpResponse:
    """XLSX, ODS or CSV; the download is written down with every referral in it."""
    WHO_MAY.permit("export", request.user)
    if kind not in KINDS:
        raise Http404
    now = timezone.now()
    words = recall(request, request.GET.get("find", "")) or ""
    asked = asked_of(request, words, now)
    rows = list(queries.in_order(queries.queue(asked.found), asked.sort.order)[: MOST + 1])
    if len(rows) > MOST:
        reason = f"A file may hold {number(MOST)} referrals. Filter the queue first."
        return conflict(request, [reason], f"{redirect('desk:queue').url}?{request.GET.urlencode()}")
    detail = {"format": kind}
    record(
        kind="referral.exported",
        by=request.user,
        subjects=rows,
        now=now,
        detail=detail,
    )
    filters = in_words(to_save(asked.filters, request.GET)) + (["found by a search"] if words else [])
    lines = [queries.line(row, by=request.user, now=now) for row in rows]
    made = KINDS[kind].make(table_of(lines, filters=filters, now=now))
    name = f"official-sensitive-triage-queue-{timezone.localdate(now)}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=KINDS[kind].content_type, headers=headers)

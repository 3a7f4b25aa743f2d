"""The queue as a file, under the filters, the search and the sorting of the page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.documents.tables import KINDS, csv_in_pieces
from nexus.requests import SignedInRequest
from nexus.ui.formatting import number
from nexus.ui.paging import KeysetOrder
from nexus.ui.searches import recall
from nexus.ui.views import conflict
from referrals import queue as queries
from referrals.desk.exports import AT_ONCE, MOST, cells, table_of
from referrals.desk.lists import to_save
from referrals.desk.permissions import WHO_MAY
from referrals.desk.views.queue import Asked, asked_of
from referrals.desk.views.saved_views import in_words
from referrals.models import Referral
from referrals.queue import Line


@require_GET
@long_statements()
def export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """XLSX, ODS or CSV; the download is written down once, with its filter and every referral in it, or of more than
    MOST with the last number there was."""
    WHO_MAY.permit("export", request.user)
    if kind not in KINDS:
        raise Http404
    now = timezone.now()
    words = recall(request, request.GET.get("find", "")) or ""
    asked = asked_of(request, words, now)
    bare = asked.found.select_related(None).prefetch_related(None).only("pk", "state")
    first = list(queries.in_order(bare, asked.sort.order)[: MOST + 1])
    if len(first) > MOST and kind != "csv":
        reason = (
            f"A file of this kind may hold {number(MOST)} referrals. Filter the queue first, or take a CSV."
        )
        return conflict(request, [reason], f"{redirect('desk:queue').url}?{request.GET.urlencode()}")
    kept = to_save(asked.filters, request.GET)
    detail: dict[str, Any] = {"format": kind, "filters": kept}
    if len(first) > MOST:
        detail["up_to"], first = Referral.objects.aggregate(last=Max("pk"))["last"], []
    record(kind="referral.exported", by=request.user, subjects=first, now=now, detail=detail)
    filters = in_words(kept) + (["found by a search"] if words else [])
    name = f"official-sensitive-triage-queue-{timezone.localdate(now)}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = all_lines(asked, by=request.user, now=now)
    if kind == "csv":
        pieces = csv_in_pieces(table_of([], filters=filters, now=now), map(cells, lines))
        return StreamingHttpResponse(pieces, content_type=KINDS[kind].content_type, headers=headers)
    made = KINDS[kind].make(table_of(lines, filters=filters, now=now))
    return HttpResponse(made, content_type=KINDS[kind].content_type, headers=headers)


def all_lines(asked: Asked, *, by: User, now: datetime) -> Iterator[Line]:
    """Every row of the queue as it is asked for, in its order, read some at a time."""
    order = KeysetOrder(Referral, asked.sort.order, queries.NEVER_EMPTY)
    for rows in order.chunks(queries.queue(asked.found), AT_ONCE):
        yield from (queries.line(row, by=by, now=now) for row in rows)

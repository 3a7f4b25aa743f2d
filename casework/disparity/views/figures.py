"""The figures of one quarter, and what they show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.disparity.permissions import WHO_MAY
from casework.disparity.queries import MEASURES, findings, quarters, said, tables_of
from casework.disparity.rules import SMALLEST, Quarter
from casework.disparity.verbs import find_quarter
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.requests import SignedInRequest


@require_GET
@long_statements()
def latest(request: SignedInRequest) -> HttpResponse:
    """The last quarter that is over."""
    WHO_MAY.permit("view", request.user)
    return show(request, quarters(timezone.now())[0])


@require_GET
@long_statements()
def quarter(request: SignedInRequest, quarter: str) -> HttpResponse:
    WHO_MAY.permit("view", request.user)
    return show(request, find_quarter(quarter))


def show(request: SignedInRequest, chosen: Quarter) -> HttpResponse:
    """Its tables and findings."""
    now = timezone.now()
    record(kind="disparity.viewed", by=request.user, now=now, detail={"quarter": chosen.slug})
    tables = tables_of(chosen)
    context = {
        "quarter": chosen,
        "quarters": quarters(now),
        "tables": tables,
        "findings": findings(chosen, tables),
        "compared": sum(not group.is_hidden for table in tables for group in table.groups) * len(MEASURES),
        "measures": MEASURES,
        "said": said,
        "smallest": SMALLEST,
    }
    return render(request, "casework/disparity/figures.html", context)

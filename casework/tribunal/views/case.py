"""What belongs to the case and goes into every bundle of it: its redactions and its chronology."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.tribunal.actions.redacting import reasons_not_to_confirm, reasons_not_to_withdraw
from casework.tribunal.actions.steps import reasons_not_to_prepare
from casework.tribunal.chronology import chronology_of, lines_to_print
from casework.tribunal.permissions import WHO_MAY
from casework.views.frame import show
from nexus.audit.recording import record
from nexus.documents.serving import as_attachment
from nexus.documents.tables import KINDS, Table
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date_and_time, yesno


@require_GET
def redactions(request: SignedInRequest, reference: str) -> HttpResponse:
    """The list of redactions, with who marked and who confirmed each. It never goes into a bundle."""
    case, user = CASES.find(request.user, reference=reference), request.user
    WHO_MAY.permit("view", user)
    rows = list(case.redactions.select_related("marked_by", "confirmed_by", "withdrawn_by"))
    for each in rows:
        each.case = case
    context: dict[str, Any] = {
        "redactions": [
            (
                each,
                WHO_MAY.may("confirm_redaction", user) and not reasons_not_to_confirm(each, user),
                WHO_MAY.may("withdraw_redaction", user) and not reasons_not_to_withdraw(each, user),
            )
            for each in rows
        ],
        "may_mark": WHO_MAY.may("mark_redaction", user) and not reasons_not_to_prepare(case, user),
    }
    return show(request, case, "redactions", "casework/tribunal/redactions", **context)


@require_GET
def chronology(request: SignedInRequest, reference: str) -> HttpResponse:
    """The chronology, with what is left out of it."""
    case, user = CASES.find(request.user, reference=reference), request.user
    WHO_MAY.permit("view", user)
    context: dict[str, Any] = {
        "lines": chronology_of(case),
        "may_write": WHO_MAY.may("add_line", user) and not reasons_not_to_prepare(case, user),
    }
    return show(request, case, "chronology", "casework/tribunal/chronology", **context)


@require_GET
def chronology_file(request: SignedInRequest, reference: str) -> HttpResponse:
    """The same as a spreadsheet, without what is left out."""
    case = CASES.find(request.user, reference=reference)
    WHO_MAY.permit("view", request.user)
    now = timezone.now()
    record(kind="chronology.downloaded", by=request.user, subject=case, now=now)
    table = Table(
        f"Chronology of {reference}",
        f"Made {date_and_time(now)} for {request.user.full_name}",
        (("Date", 20), ("Event", 60), ("Source", 40), ("Relied on", 10)),
        [[line.when, line.event, line.source, yesno(line.relied_on)] for line in lines_to_print(case)],
    )
    kind = KINDS["xlsx"]
    return as_attachment(kind.make(table), f"{reference}-chronology.xlsx", kind.content_type)

"""Doors to the audit log, for the auditor alone. Reading it is an entry too."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.accounts.models import User
from nexus.accounts.permissions import WHO_MAY
from nexus.audit.exporting import lines
from nexus.audit.forms import FilterForm, FindPersonForm
from nexus.audit.models import AuditEvent
from nexus.audit.queries import (
    details,
    entries_like,
    in_words,
    last_verified,
    people_called,
    probing,
    rows_not_as_stored,
    rows_shown,
)
from nexus.audit.recording import record
from nexus.database_limits import long_statements
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched

PEOPLE_SHOWN = 25


@require_GET
def log(request: SignedInRequest) -> HttpResponse:
    """Every entry, newest first, filtered."""
    auditor = _auditor(request)
    form = FilterForm(request.GET)
    filters = _filters(form)
    page = KeysetPage(entries_like(**filters), request, order=order_of(filters))
    context = {
        "filters": form,
        "page": page,
        "entries": in_words(page),
        "verified": last_verified(timezone.now()),
        "probing": probing(timezone.now()),
        "not_as_stored": rows_not_as_stored(),
        "person": User.objects.filter(pk=filters.get("person", 0)).first(),
    }
    answer = render(request, "nexus/audit/log.html", context)
    _record(request, auditor, "audit.read", filters, rows=len(page))
    return answer


@require_GET
def entry(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """One entry, whole."""
    auditor = _auditor(request)
    event = get_object_or_404(AuditEvent, pk=entry_id)
    (shown,) = in_words([event])
    context = {
        "entry": shown,
        "rows": rows_shown(event),
        "detail": details(event),
        "day": day_in_query(timezone.localdate(event.at)),
        "back_url": reverse("audit:log"),
    }
    answer = render(request, "nexus/audit/entry.html", context)
    record(kind="audit.read", by=auditor, subject=event, now=timezone.now())
    return answer


@searched(FindPersonForm, permit=partial(WHO_MAY.permit, "read_audit"))
def person(request: SignedInRequest, search: Search) -> HttpResponse:
    """Find the person whose entries are wanted."""
    found = list(people_called(search.words)[: PEOPLE_SHOWN + 1]) if search.words else None
    context = {
        "found": found and found[:PEOPLE_SHOWN],
        "more": bool(found and len(found) > PEOPLE_SHOWN),
        "back_url": reverse("audit:log"),
        **search.context,
    }
    return render(request, "nexus/audit/person.html", context)


@require_GET
@long_statements()
def export(request: SignedInRequest) -> HttpResponseBase:
    """The entries of the filters in force as CSV."""
    auditor = _auditor(request)
    filters = _filters(FilterForm(request.GET))
    events = entries_like(**filters)
    _record(request, auditor, "audit.exported", filters, rows=events.count())
    answer = StreamingHttpResponse(lines(events), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return answer


def order_of(filters: dict[str, Any]) -> list[str]:
    """Newest first; of one referral what was done comes before who read it."""
    newest_first = ["-at", "-pk"]
    return ["-is_change", *newest_first] if "reference" in filters else newest_first


def day_in_query(day: date) -> str:
    """The filters of one day, as the address of the log has them."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return urlencode({f"{end}-{part}": value for end in ("since", "until") for part, value in parts.items()})


def _auditor(request: SignedInRequest) -> User:
    """The person signed in, who must be an auditor."""
    WHO_MAY.permit("read_audit", request.user)
    return request.user


def _filters(form: FilterForm) -> dict[str, Any]:
    """The filters that were understood; the others filter nothing and have no tag."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "", False)}


def _record(request: SignedInRequest, by: User, kind: str, filters: dict[str, Any], *, rows: int) -> None:
    detail = {"filters": sorted(filters), "rows": rows}
    record(kind=kind, by=by, now=timezone.now(), detail=detail)

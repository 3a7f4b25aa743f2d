"""One list: its check, the progress of the wash, the report."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.requests import SignedInRequest
from nexus.ui import formatting
from nexus.ui.charts import Bar
from nexus.ui.environment import query
from nexus.ui.navigation import path_of
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched
from referrals.datawash.actions.disclose import disclose
from referrals.datawash.actions.queue import reasons_not_to_queue
from referrals.datawash.exports import CAVEAT, KINDS, name_of, name_of_rejected
from referrals.datawash.forms import POT_WORDS, ReportFilter, SearchForm
from referrals.datawash.lists import WASHES
from referrals.datawash.models import RemarkKind, Wash, WashRemark, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import counts_of, rows_of, told_of
from referrals.datawash.states import REPORTED, WAITING, State
from referrals.datawash.verbs import FILE_VERBS
from referrals.datawash.views.lists import refresh_after

MOST_PROBLEMS = 10  # rejected rows that the error summary names


@searched(SearchForm, permit=lambda by, wash_id: WASHES.open(by, "view", wash_id=wash_id))
def detail(request: SignedInRequest, wash_id: int, search: Search) -> HttpResponse:
    """The list as it stands: checked, on its way, or washed."""
    wash = WASHES.find(request.user, wash_id=wash_id)
    context = {
        "wash": wash,
        "is_report": wash.state in REPORTED,
        "is_waiting": wash.state in WAITING,
        "is_own": request.user.is_police,
        "refresh_after": refresh_after(request, wash.state in WAITING),
        "back_url": reverse("datawash:list"),
    }
    context |= search.context
    context |= report_of(request, wash, search.words) if wash.state in REPORTED else check_of(request, wash)
    return render(request, "referrals/datawash/detail.html", context)


def check_of(request: SignedInRequest, wash: Wash) -> dict[str, Any]:
    """What the check found, before there is a report."""
    WASHES.viewed(request.user, wash)
    remarks = wash.remarks.all()
    page = KeysetPage(remarks, request, order=["line"], size=50)
    return {
        "page": page,
        "page_problems": problems_of(page.rows) if request.user.is_police else [],
        "rejected_kind": RemarkKind.REJECTED,
        "repeated": remarks.filter(kind=RemarkKind.REPEATED).count(),
        "may_queue": WHO_MAY.may("queue", request.user) and not reasons_not_to_queue(wash, timezone.now()),
        "may_discard": WHO_MAY.may("discard", request.user) and not wash.reasons_not_to_move("discard"),
        "obstacles": reasons_not_to_queue(wash, timezone.now()) if wash.state not in WAITING else [],
        "answer": answer_of(request, wash),
        "columns_not_read": columns_not_read(wash),
        "rejected_rows": rejected_rows_of(request, wash),
    }


def problems_of(remarks: Sequence[WashRemark]) -> list[dict[str, str]]:
    """The rejected rows of this page of remarks for its error summary, each by its own reference."""
    rejected = [each for each in remarks if each.kind == RemarkKind.REJECTED]
    problems = [
        {"text": fault_in_words(each), "href": f"#line-{each.line}"} for each in rejected[:MOST_PROBLEMS]
    ]
    more = len(rejected) - len(problems)
    return problems + (
        [{"text": f"{formatting.count(more, 'more row')} below", "href": "#found"}] if more else []
    )


def fault_in_words(remark: WashRemark) -> str:
    """R9, line 4: dob is empty."""
    line = f"line {remark.line}"
    return f"{f'{remark.reference}, {line}' if remark.reference else line.capitalize()}: {remark.text}"


def columns_not_read(wash: Wash) -> int:
    """How many headings of the file stand for no column."""
    return sum(1 for each in wash.questions.get("headings", []) if not each["column"])


def rejected_rows_of(request: SignedInRequest, wash: Wash) -> int:
    """How many rejected rows the person can download; they are there until the agreed days are over."""
    if not WHO_MAY.may("upload", request.user):
        return 0
    return wash.remarks.filter(kind=RemarkKind.REJECTED).count()


def answer_of(request: SignedInRequest, wash: Wash) -> dict[str, Any] | None:
    """The verb with which the force says how the file is to be read, and its form; None where nothing is open."""
    verb, by = FILE_VERBS["answer"], request.user
    if not WHO_MAY.may("answer", by) or verb.reasons_against(wash, by, timezone.now()):
        return None
    return {"verb": verb, "form": verb.form(**verb.form_kwargs(wash, by))}


def report_of(request: SignedInRequest, wash: Wash, words: str) -> dict[str, Any]:
    """The report, a page of rows at a time. The force's own reading is a disclosure."""
    everything = rows_of(wash)
    filters = ReportFilter(request.GET)
    found = everything
    if filters.is_valid():
        for name in ("pot", "grade"):
            if chosen := filters.cleaned_data[name]:
                found = found.filter(**{f"told_{name}__in": chosen})
    if words:
        found = found.filter(force_row_ref__icontains=words)
    page: KeysetPage[WashRow] = KeysetPage(found, request, order=["number"], anchors=everything, size=50)
    disclose(wash, by=request.user, now=timezone.now(), subjects=page.rows)
    counts = counts_of(everything)
    return {
        "page": page,
        "lines": [(row, told_of(row)) for row in page],
        "filters": filters,
        "bars_of_pots": [
            Bar(label, counts["pot"][pot], href=query(request.GET, pot=pot, grade=None, find=None))
            for pot, label in POT_WORDS
        ],
        "finding": finding_of(counts),
        "kinds": KINDS,
        "caveat": CAVEAT,
        "may_refer": WHO_MAY.may("refer", request.user),
        "matrix": path_of("matrix:start") if WHO_MAY.may("refer", request.user) else None,
        "is_stale": wash.state == State.STALE,
        "rejected_rows": rejected_rows_of(request, wash),
    }


def finding_of(counts: dict[str, dict[str, int]]) -> str:
    """The chart in a sentence."""
    none, rows = counts["grade"]["no trace"], sum(counts["grade"].values())
    checked = sum(counts["grade"][grade] for grade in ("probable", "possible", "ambiguous"))
    return (
        f"{formatting.count(rows, 'row')}: {counts['grade']['exact']:,} found exactly, "
        f"{checked:,} probably or possibly, {none:,} not found."
    )


@require_GET
def download(request: SignedInRequest, wash_id: int, kind: str) -> HttpResponse:
    """The whole report as XLSX or CSV; before the wash there is none (404)."""
    wash = WASHES.open(request.user, "view", wash_id=wash_id)
    if wash.state not in REPORTED:
        raise Http404
    disclose(wash, by=request.user, now=timezone.now(), detail={"format": kind})
    file = KINDS[kind]
    made = file.report(wash, wash.rows.order_by("number").iterator(chunk_size=2000))
    headers = {"Content-Disposition": f'attachment; filename="{name_of(wash, file)}"'}
    return HttpResponse(made, content_type=file.content_type, headers=headers)


@require_GET
def rejected(request: SignedInRequest, wash_id: int, kind: str) -> HttpResponse:
    """The rejected rows as a list, to be mended and sent again; 404 where none is left."""
    wash = WASHES.open(request.user, "upload", wash_id=wash_id)
    remarks = wash.remarks.filter(kind=RemarkKind.REJECTED)
    if not remarks.exists():
        raise Http404
    disclose(wash, by=request.user, now=timezone.now(), detail={"format": kind, "rows": "rejected"})
    file = KINDS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name_of_rejected(wash, file)}"'}
    made = file.rejected(wash, remarks.order_by("line").iterator(chunk_size=2000))
    return HttpResponse(made, content_type=file.content_type, headers=headers)

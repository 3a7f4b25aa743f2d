"""The search of notes and documents."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.forms import WordsForm
from casework.permissions import WHO_MAY
from casework.searching import found_by, pieces
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage
from nexus.ui.searches import Search, searched


@searched(WordsForm, permit=partial(WHO_MAY.permit, "view"))
def search(request: SignedInRequest, search: Search) -> HttpResponse:
    """What was found, the newest first; nothing without words."""
    by, page = request.user, None
    if search.words:
        page = KeysetPage(found_by(search.words, by=by), request, order=["-at"])
        record(kind="case.searched", by=by, subjects=[row.case for row in page], now=timezone.now())
    rows = [(row, pieces(row.snippet)) for row in page or ()]
    return render(request, "casework/search.html", {"page": page, "rows": rows, **search.context})

"""The search of notes and documents."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms import WordsForm
from casework.permissions import WHO_MAY
from casework.searching import found_by, pieces
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.forms import bind
from nexus.ui.paging import KeysetPage


@require_http_methods(["GET", "POST"])
def search(request: SignedInRequest) -> HttpResponse:
    """What was found, the newest first; nothing without words. A posted search comes back as a key."""
    WHO_MAY.permit("view", request.user)
    form = bind(WordsForm, request)
    if form.is_valid():
        return redirect(f"{request.path}?find={searches.remember(request, form.cleaned_data['words'])}")
    words, page = searches.recall(request, request.GET.get("find", "")), None
    if words:
        page = KeysetPage(found_by(words, by=request.user), request, order=["-at"])
        record(
            kind="case.searched",
            by=request.user,
            subjects=[row.case for row in page],
            now=timezone.now(),
        )
    context = {
        "form": form,
        "words": words,
        "page": page,
        "rows": [(row, pieces(row.snippet)) for row in page or ()],
        "ended": bool(request.GET.get("find")) and not words,
    }
    return render(request, "casework/search.html", context)

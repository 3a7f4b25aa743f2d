"""Drafts are saved by the script of a page while somebody types, or by its button where no script runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nexus.drafts import actions
from nexus.requests import SignedInRequest
from nexus.ui import formatting
from nexus.ui.views import conflict
from nexus.verbs import attempt


@sensitive_post_parameters()
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """The moment it was saved, for a script; back to the page with that sentence for everybody else."""
    now, page = timezone.now(), request.POST.get("draft_of", "")
    answers = actions.typed_in(dict(request.POST.lists()))
    tried = attempt(None, actions.save_draft, by=request.user, now=now, page=page, answers=answers)
    if by_script(request):
        reasons = list(tried.reasons)
        return JsonResponse({"saved_at": formatting.time(now), "reasons": reasons}, status=tried.status)
    if not tried.succeeded:
        return conflict(request, list(tried.reasons), "/")
    messages.success(request, f"Draft saved {formatting.time(now)}")
    return redirect(tried.result.page)


@require_POST
def discard(request: SignedInRequest) -> HttpResponse:
    """The page again, as it was saved last."""
    page = request.POST.get("draft_of", "")
    actions.discard_draft(by=request.user, now=timezone.now(), page=page)
    messages.success(request, "Draft discarded")
    return redirect(page if actions.is_page(page) else "/")


def by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")

"""Home, the statements, and the pages for what went wrong."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.law import BY_SUBJECT
from nexus.requests import SignedInRequest
from nexus.ui.typed import typed_texts
from nexus.waiting import WaitingPage, items_for, lines_of, waiting_for


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's day begins with what waits for them."""
    return redirect("waiting")


@require_GET
def waiting(request: SignedInRequest) -> HttpResponse:
    """The person's day as one list, by what comes first; below it the counts of what they share with others."""
    by, now = request.user, timezone.now()
    page = WaitingPage(
        items_for(by, now), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    shown: dict[str, list[int]] = {}
    for item in page.items:
        shown.setdefault(item.row._meta.label_lower, []).append(item.row.pk)
    recipient = by.force.name if by.force else ""
    record(kind="waiting.listed", by=by, now=now, recipient=recipient, detail=shown)
    context = {
        "page": page,
        "lines": lines_of(page, user=by, now=now),
        "counts": list(waiting_for(by, now)),
    }
    return render(request, "nexus/ui/waiting.html", context)


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "nexus/ui/accessibility.html")


@login_not_required
@require_GET
def cookies(request: HttpRequest) -> HttpResponse:
    """Every cookie the service sets, under the name it has here."""
    return render(
        request,
        "nexus/ui/cookies.html",
        {
            "cookies": [
                (settings.SESSION_COOKIE_NAME, "Keeps you signed in", "15 minutes after your last page"),
                (settings.CSRF_COOKIE_NAME, "Makes sure that a form you send is ours", "After one year"),
                (
                    settings.NEXUS_DEVICE_COOKIE,
                    "Tells your browser from a stranger’s when somebody guesses at your password",
                    "180 days after you signed in",
                ),
            ]
        },
    )


@require_GET
def law(request: HttpRequest) -> HttpResponse:
    """Every statement of law the service makes, who read it, and which are to be read again."""
    return render(request, "nexus/ui/law.html", {"by_subject": BY_SUBJECT, "today": timezone.localdate()})


def conflict(request: HttpRequest, reasons: list[str], back_url: str = "") -> HttpResponse:
    """409 with the reasons, for a refused act that has no form to return to."""
    context = {"reasons": reasons, "back_url": back_url, "typed": typed_texts(request)}
    answer = render(request, "nexus/ui/409.html", context, status=409)
    answer.reasons = reasons  # type: ignore[attr-defined]  # for an endpoint that hands out what a page does
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request was too large to read. Says nothing of the exception."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "nexus/ui/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413, also for views that find an upload too large."""
    return render(request, "nexus/ui/413.html", status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "nexus/ui/403.html", {"typed": typed_texts(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "nexus/ui/404.html", {"typed": typed_texts(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request: it may be the database or the session that failed."""
    return HttpResponse(render_to_string("nexus/ui/500.html"), status=500)

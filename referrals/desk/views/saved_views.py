"""Saved views: keep the filters in the address under a name, list the views, open the queue through one.

What else is done to a view is a row of verbs.py.
"""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.ui.lists import selected_filters
from nexus.verbs import attempt
from referrals.desk import actions
from referrals.desk.forms import NewViewForm
from referrals.desk.lists import alerts_of, default_view, find_view, to_save, views_for
from referrals.desk.models import SavedView
from referrals.desk.permissions import WHO_MAY
from referrals.forms.triage import QueueFilter


def in_words(query: str) -> list[str]:
    """The filters of a saved address: ["Force: West Midlands Police", …]"""
    address = QueryDict(query)
    return [
        f"{group['label']}: {', '.join(item['text'] for item in group['items'])}"
        for group in selected_filters(QueueFilter(address), address)
    ]


def queue_by(view: SavedView) -> HttpResponse:
    """The queue through this view."""
    address = QueryDict(view.query).copy()
    address["view"] = str(view.pk)
    return redirect(f"{reverse('desk:queue')}?{address.urlencode()}")


@require_GET
def views(request: SignedInRequest) -> HttpResponse:
    """One's own views and those shared, with what can be done with each."""
    by = request.user
    WHO_MAY.permit("view_views", by)
    context = {
        "rows": [(view, in_words(view.query)) for view in views_for(by)],
        "default": default_view(by),
        "alerts": alerts_of(by),
        "back_url": reverse("desk:queue") + "?view=all",
    }
    return render(request, "referrals/desk/views.html", context)


@require_GET
def open_view(request: SignedInRequest, view_id: int) -> HttpResponse:
    """The queue through a view: where an alert leads."""
    return queue_by(find_view(request.user, view_id=view_id))


@require_http_methods(["GET", "POST"])
def save_view(request: SignedInRequest) -> HttpResponse:
    """Give the filters of the address a name."""
    WHO_MAY.permit("save_view", request.user)
    query = to_save(QueueFilter(request.GET), request.GET)
    form, status = bind(NewViewForm, request), 200
    if form.is_valid():
        one = {"by": request.user, "now": timezone.now(), "query": query}
        tried = attempt(form, actions.save_view, **one, **form.cleaned_data)
        if tried.succeeded:
            messages.success(request, f"“{tried.result.name}” is saved")
            return queue_by(tried.result)
        status = tried.status
    back_url = f"{reverse('desk:queue')}?{request.GET.urlencode()}"
    context = {"form": form, "filters": in_words(query), "back_url": back_url}
    return render(request, "referrals/desk/save_view.html", context, status=status)

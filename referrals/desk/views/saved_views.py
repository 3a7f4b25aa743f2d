"""Saved views: keep the filters in the address under a name, and look after what was kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.notifications.kinds import Delivery
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.lists import selected_filters
from referrals.desk import actions
from referrals.desk.actions.saved_views import refuse_others
from referrals.desk.forms import AlertForm, NewViewForm, ViewForm
from referrals.desk.lists import alerts_of, default_view, to_save, views_for
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
    return redirect(f"{redirect('desk:queue').url}?{address.urlencode()}")


def visible(request: SignedInRequest, view_id: int, verb: str) -> SavedView:
    WHO_MAY.permit(verb, request.user)
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=view_id)


@require_GET
def views(request: SignedInRequest) -> HttpResponse:
    """One's own views and those shared, with what can be done with each."""
    WHO_MAY.permit("view_views", request.user)
    default = default_view(request.user)
    rows = [(view, in_words(view.query)) for view in views_for(request.user)]
    back_url = redirect("desk:queue").url + "?view=all"
    context = {"rows": rows, "default": default, "alerts": alerts_of(request.user), "back_url": back_url}
    return render(request, "referrals/desk/views.html", context)


@require_GET
def open_view(request: SignedInRequest, view_id: int) -> HttpResponse:
    """The queue through a view: where an alert leads."""
    return queue_by(visible(request, view_id, "view_views"))


@require_http_methods(["GET", "POST"])
def set_alert(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Hear of what newly enters a view, one's own or a shared one."""
    view = visible(request, view_id, "set_alert")
    alert = alerts_of(request.user).get(view.pk)
    form = bind(AlertForm, request, initial={"how_often": alert.how_often if alert else Delivery.NONE.value})
    status = 200
    if form.is_valid():
        try:
            actions.set_alert(view_id=view.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"Alerts of “{view.name}” are set")
            return redirect("desk:views")
    return page_of(request, view, "set_alert", status, form=form)


@require_http_methods(["GET", "POST"])
def save_view(request: SignedInRequest) -> HttpResponse:
    """Give the filters of the address a name."""
    WHO_MAY.permit("save_view", request.user)
    query = to_save(QueueFilter(request.GET), request.GET)
    form, status = bind(NewViewForm, request), 200
    if form.is_valid():
        try:
            view = actions.save_view(by=request.user, now=timezone.now(), query=query, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"“{view.name}” is saved")
            return queue_by(view)
    back_url = redirect("desk:queue").url + f"?{request.GET.urlencode()}"
    context = {"form": form, "filters": in_words(query), "back_url": back_url}
    return render(request, "referrals/desk/save_view.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change_view(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Rename it; share it or stop sharing it."""
    view = visible(request, view_id, "change_view")
    refuse_others(view, request.user)
    form, status = bind(ViewForm, request, initial={"name": view.name, "shared": view.shared}), 200
    if form.is_valid():
        try:
            actions.change_view(view_id=view.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The view is changed")
            return redirect("desk:views")
    return page_of(request, view, "change_view", status, form=form)


def page_of(
    request: SignedInRequest, view: SavedView, name: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"view": view, "filters": in_words(view.query), "back_url": redirect("desk:views").url, **more}
    return render(request, f"referrals/desk/{name}.html", context, status=status)


@require_http_methods(["GET", "POST"])
def delete_view(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Ask, then remove it."""
    view = visible(request, view_id, "delete_view")
    refuse_others(view, request.user)
    if request.method == "GET":
        return page_of(request, view, "delete_view")
    actions.delete_view(view_id=view.pk, by=request.user, now=timezone.now())
    messages.success(request, f"“{view.name}” is deleted")
    return redirect("desk:views")


@require_POST
def make_default(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Open the queue with it, or (`off`) no longer."""
    view, on = visible(request, view_id, "make_default"), "off" not in request.POST
    actions.make_default(view_id=view.pk, by=request.user, now=timezone.now(), on=on)
    how = f"with “{view.name}”" if on else "with everything undecided"
    messages.success(request, f"The queue now opens {how}")
    return redirect("desk:views")

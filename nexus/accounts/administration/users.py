"""Doors to the accounts: list, add, change, disable, enable, set a temporary password."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.accounts import actions
from nexus.accounts.administration.forms import FindUserForm, UserFilterForm, UserForm
from nexus.accounts.administration.queries import users_like
from nexus.accounts.models import User
from nexus.accounts.permissions import WHO_MAY
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui import searches
from nexus.ui.environment import query
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.waiting import waiting_for


@require_http_methods(["GET", "POST"])
def users(request: SignedInRequest) -> HttpResponse:
    """Every account, filtered; a posted search comes back as a key in the address."""
    WHO_MAY.permit("administer", request.user)
    form = bind(FindUserForm, request)
    if form.is_valid():
        key = searches.remember(request, form.cleaned_data["name"])
        return redirect(request.path + query(request.GET, find=key))
    filters = UserFilterForm(request.GET)
    filters.is_valid()
    words = searches.recall(request, request.GET.get("find", ""))
    page = KeysetPage(users_like(words or "", **filters.cleaned_data), request, order=["full_name"])
    context = {
        "filters": filters,
        "form": form,
        "words": words,
        "page": page,
        "waiting": list(waiting_for(request.user, timezone.now())),
    }
    return render(request, "nexus/accounts/administration/users.html", context)


@require_http_methods(["GET", "POST"])
def user_add(request: SignedInRequest) -> HttpResponse:
    """A new account; its temporary password is on the page that answers, and nowhere else."""
    WHO_MAY.permit("administer", request.user)
    form = bind(UserForm, request)
    if form.is_valid():
        try:
            user, password = actions.add_user(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _show_password(request, user, password, added=True)
    return render(request, "nexus/accounts/administration/user_add.html", {"form": form, "back_url": _list()})


@require_http_methods(["GET", "POST"])
def user_change(request: SignedInRequest, user_id: int) -> HttpResponse:
    """One account and its change form, filled in."""
    WHO_MAY.permit("administer", request.user)
    user = get_object_or_404(User.objects.select_related("force", "team"), pk=user_id)
    form = bind(UserForm, request, user=user, initial=_answers(user))
    if form.is_valid():
        try:
            actions.change_user(user_id=user_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"The account of {form.cleaned_data['full_name']} has been changed")
            return redirect("administration:users")
    return render(
        request,
        "nexus/accounts/administration/user_change.html",
        {"form": form, "person": user, "back_url": _list()},
    )


def user_disable(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Confirm, then shut the person out."""
    return _confirmed(
        request,
        user_id,
        act=actions.disable_user,
        page="nexus/accounts/administration/user_disable.html",
        done="{} can no longer sign in",
    )


def user_enable(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Confirm, then let the person in again."""
    return _confirmed(
        request,
        user_id,
        act=actions.enable_user,
        page="nexus/accounts/administration/user_enable.html",
        done="{} can sign in again",
    )


@require_http_methods(["GET", "POST"])
def user_password(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Confirm, then show the new temporary password once."""
    WHO_MAY.permit("administer", request.user)
    user = get_object_or_404(User, pk=user_id)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            user, password = actions.set_temporary_password(
                user_id=user_id, by=request.user, now=timezone.now()
            )
        except Refused as refused:
            reasons = refused.reasons
        else:
            return _show_password(request, user, password, added=False)
    return _ask(request, "nexus/accounts/administration/user_password.html", user, reasons)


@require_http_methods(["GET", "POST"])
def _confirmed(request: SignedInRequest, user_id: int, *, act: Any, page: str, done: str) -> HttpResponse:
    """The confirmation page, and on its POST the act, then back to the account."""
    WHO_MAY.permit("administer", request.user)
    user = get_object_or_404(User, pk=user_id)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            act(user_id=user_id, by=request.user, now=timezone.now())
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, done.format(user.full_name))
            return redirect("administration:user_change", user_id=user_id)
    return _ask(request, page, user, reasons)


def _ask(request: SignedInRequest, page: str, user: User, reasons: list[str]) -> HttpResponse:
    context = {
        "person": user,
        "refusal": reasons,
        "back_url": reverse("administration:user_change", kwargs={"user_id": user.pk}),
    }
    return render(request, page, context, status=409 if reasons else 200)


def _show_password(request: SignedInRequest, user: User, password: str, *, added: bool) -> HttpResponse:
    context = {"person": user, "password": password, "added": added}
    return render(request, "nexus/accounts/administration/password_once.html", context)


def _answers(user: User) -> dict[str, Any]:
    return {
        "full_name": user.full_name,
        "email": user.email,
        "telephone": user.telephone,
        "role": user.role,
        "force": user.force_id,
        "team": user.team_id,
        "nsa_accredited": user.nsa_accredited,
    }


def _list() -> str:
    return reverse("administration:users")

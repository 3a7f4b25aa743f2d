"""The rota: a week at a time, its gaps ahead, its changes, and what is handed over."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import GovukForm, bind, show_refusal
from nexus.working_days import local_day
from referrals.duty_desk import actions, queries
from referrals.duty_desk.actions.rota import permit_swap, reasons_not_to_change
from referrals.duty_desk.forms.rota import CancelForm, HandoverForm, ShiftForm, SwapForm, shift_answers
from referrals.duty_desk.models import Shift
from referrals.duty_desk.permissions import ROTA, WHO_MAY
from referrals.duty_desk.rules.rota import ALERT_DAYS

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_asked(request: SignedInRequest, today: date) -> date:
    """The Monday of the week the address names by any of its days; this week's where it names none."""
    try:
        named = date.fromisoformat(request.GET.get("week", ""))
        return monday_of(named) if date(2000, 1, 1) < named < date(2100, 1, 1) else monday_of(today)
    except ValueError:
        return monday_of(today)


def show_week(request: SignedInRequest, form: HandoverForm, status: int = 200) -> HttpResponse:
    now, by = timezone.now(), request.user
    monday = week_asked(request, local_day(now))
    days = queries.week_of(monday, now=now)
    notes = [note for each in days for note in each.notes]
    record(kind="handover.listed", by=by, subjects=notes, now=now)
    context: dict[str, Any] = {
        "days": days,
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "previous": monday - WEEK,
        "next": monday + WEEK,
        "today": local_day(now),
        "gaps": queries.gaps_ahead(now),
        "alert_days": ALERT_DAYS,
        "form": form,
        "may_change": ROTA.may("add_shift", by),
        "changeable": {s.pk for each in days for s in each.shifts if not reasons_not_to_change(s, now)},
        "at_desk": WHO_MAY.may("view_desk", by),
        "this_moment": now,
    }
    return render(request, "referrals/duty_desk/rota.html", context, status=status)


@require_GET
def week(request: SignedInRequest) -> HttpResponse:
    """Seven days: who has which duty, and when nobody has."""
    ROTA.permit("view", request.user)
    return show_week(request, HandoverForm())


@require_POST
def handover(request: SignedInRequest) -> HttpResponse:
    """Leave word for the next one."""
    ROTA.permit("write_handover", request.user)
    form = HandoverForm(request.POST)
    if not form.is_valid():
        return show_week(request, form)
    actions.write_handover(by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, "The handover note is kept")
    return redirect("duty_desk:rota")


def back_to(shift: Shift) -> str:
    return f"{reverse('duty_desk:rota')}?week={local_day(shift.starts_at)}"


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """A new shift; the address may carry the gap it fills."""
    ROTA.permit("add_shift", request.user)
    asked = [request.GET.get(name, "") for name in ("duty", "start", "end")]
    form, status = bind(ShiftForm, request, initial=shift_answers(*asked)), 200
    if form.is_valid():
        try:
            shift = actions.add_shift(by=request.user, now=timezone.now(), **form.answers())
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, f"{shift.person} is on the rota")
            return redirect(back_to(shift))
    context = {
        "heading": "Add a shift",
        "form": form,
        "button_text": "Add the shift",
        "back_url": reverse("duty_desk:rota"),
    }
    return render(request, "referrals/duty_desk/shift.html", context, status=status)


def one(request: SignedInRequest, shift_id: int, verb: str) -> Shift:
    """The shift behind the address. The role is asked first: the rota is one, and no shift is secret on it."""
    ROTA.permit(verb, request.user)
    return get_object_or_404(Shift.objects.select_related("person"), pk=shift_id)


@require_http_methods(["GET", "POST"])
def swap(request: SignedInRequest, shift_id: int) -> HttpResponse:
    """Somebody else takes the shift."""
    shift = one(request, shift_id, "swap_shift")
    permit_swap(shift, request.user)
    form = bind(SwapForm, request, duty=shift.duty, besides=shift.person_id)
    reasons = reasons_not_to_change(shift, timezone.now())
    return change(request, shift, form, actions.swap_shift, reasons, "Give the shift to somebody else")


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, shift_id: int) -> HttpResponse:
    """Nobody has the shift any more."""
    shift = one(request, shift_id, "cancel_shift")
    form = bind(CancelForm, request)
    reasons = reasons_not_to_change(shift, timezone.now())
    return change(request, shift, form, actions.cancel_shift, reasons, "Take the shift off the rota")


def change(
    request: SignedInRequest, shift: Shift, form: GovukForm, action: Any, reasons: list[str], heading: str
) -> HttpResponse:
    """The page of a change to one shift, and the change when it is sent."""
    status = 200
    if form.is_valid():
        try:
            action(shift_id=shift.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The rota is changed")
            return redirect(back_to(shift))
    context = {
        "heading": heading,
        "shift": shift,
        "form": form,
        "refusals": reasons,
        "button_text": heading,
        "back_url": back_to(shift),
    }
    return render(request, "referrals/duty_desk/shift.html", context, status=status)

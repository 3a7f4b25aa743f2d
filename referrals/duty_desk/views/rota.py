"""The rota: a week at a time, its gaps ahead, and what is handed over."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.working_days import local_day
from referrals.duty_desk import queries
from referrals.duty_desk.actions.rota import reasons_not_to_change
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


@require_GET
def week(request: SignedInRequest) -> HttpResponse:
    """Seven days: who has which duty, and when nobody has."""
    ROTA.permit("view", request.user)
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
        "may_change": ROTA.may("add_shift", by),
        "changeable": {s.pk for each in days for s in each.shifts if not reasons_not_to_change(s, now)},
        "at_desk": WHO_MAY.may("view_desk", by),
        "this_moment": now,
    }
    return render(request, "referrals/duty_desk/rota.html", context)

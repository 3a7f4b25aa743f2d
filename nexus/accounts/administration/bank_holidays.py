"""Doors to the bank holidays: those to come, add a one-off one, withdraw one added by mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nexus.accounts import actions
from nexus.accounts.actions.bank_holidays import reasons_not_to_withdraw
from nexus.accounts.administration.forms import BankHolidayForm, WithdrawBankHolidayForm
from nexus.accounts.administration.queries import coming_holidays
from nexus.accounts.models import BankHoliday
from nexus.accounts.permissions import WHO_MAY
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.formatting import date
from nexus.ui.forms import bind, show_refusal
from nexus.working_days import list_ends_on, list_ends_soon


@require_GET
def bank_holidays(request: SignedInRequest) -> HttpResponse:
    """Those to come, and a warning before the published list ends."""
    WHO_MAY.permit("administer", request.user)
    today = timezone.localdate()
    context = {
        "holidays": coming_holidays(today),
        "ends_on": list_ends_on(),
        "ends_soon": list_ends_soon(today),
        "ended": today > list_ends_on(),
    }
    return render(request, "nexus/accounts/administration/bank_holidays.html", context)


@require_http_methods(["GET", "POST"])
def bank_holiday_add(request: SignedInRequest) -> HttpResponse:
    """A one-off bank holiday and its reason."""
    WHO_MAY.permit("administer", request.user)
    form = bind(BankHolidayForm, request)
    if form.is_valid():
        try:
            holiday = actions.add_bank_holiday(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{date(holiday.day)} is a bank holiday: {holiday.reason}")
            return redirect("administration:bank_holidays")
    context = {"form": form, "back_url": reverse("administration:bank_holidays")}
    return render(request, "nexus/accounts/administration/bank_holiday_add.html", context)


@require_http_methods(["GET", "POST"])
def bank_holiday_withdraw(request: SignedInRequest, holiday_id: int) -> HttpResponse:
    """Why it is no bank holiday after all; its day is a working day again."""
    WHO_MAY.permit("administer", request.user)
    holiday = get_object_or_404(BankHoliday, pk=holiday_id)
    refusals = reasons_not_to_withdraw(holiday, today=timezone.localdate())
    form = bind(WithdrawBankHolidayForm, request)
    if form.is_valid() and not refusals:
        try:
            actions.withdraw_bank_holiday(
                holiday_id=holiday.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            refusals = refused.reasons
        else:
            messages.success(request, f"{date(holiday.day)} is a working day again")
            return redirect("administration:bank_holidays")
    context = {
        "form": form,
        "holiday": holiday,
        "refusals": refusals,
        "back_url": reverse("administration:bank_holidays"),
    }
    return render(
        request,
        "nexus/accounts/administration/bank_holiday_withdraw.html",
        context,
        status=409 if refusals else 200,
    )

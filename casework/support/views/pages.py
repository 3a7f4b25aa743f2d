"""The frame of the pages of support requests."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from casework.lists import CASES
from casework.views.frame import show as show_case
from nexus.requests import SignedInRequest
from referrals.models import Referral


def show(
    request: SignedInRequest, referral: Referral | None, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame of its case for who reads the case, and by itself for the police and Criminal Casework."""
    case = CASES.seen(request.user).filter(referral=referral).first() if referral else None
    if case:
        return show_case(request, case, "support", f"casework/support/{template}", status=status, **context)
    return render(request, f"casework/support/{template}.html", context, status=status)

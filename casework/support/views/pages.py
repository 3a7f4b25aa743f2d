"""What the pages of support requests share: finding one, the frame, and writing down that it was read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from casework.lists import cases
from casework.models import Case
from casework.support import queries
from casework.support.models import SupportRequest
from casework.support.permissions import WHO_MAY, recipient_of
from casework.views.frame import show as show_case
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from referrals.models import Referral


def visible(request: SignedInRequest, request_id: int, verb: str) -> SupportRequest:
    """The request behind the address; 404 outside what the person sees, 403 where their role may not."""
    seen = queries.requests().filter(pk__in=SupportRequest.objects.visible_to(request.user))
    found: SupportRequest = get_object_or_404(seen, pk=request_id)
    WHO_MAY.permit(verb, request.user)
    return found


def viewed(request: SignedInRequest, asked: SupportRequest, page: str) -> None:
    """Write down that the page was read; by the police it is a disclosure."""
    record(
        kind="support.viewed",
        by=request.user,
        subject=asked,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        detail={"page": page},
    )


def show(
    request: SignedInRequest, referral: Referral | None, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame of its case for who reads the case, and by itself for the police and Criminal Casework."""
    seen = Case.objects.visible_to(request.user)
    case = cases(seen).filter(referral=referral).first() if referral else None
    if case:
        return show_case(request, case, "support", f"casework/support/{template}", status=status, **context)
    return render(request, f"casework/support/{template}.html", context, status=status)

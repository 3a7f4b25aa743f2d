"""One enquiry: what was asked, what was answered, and what may be done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY


def visible(request: SignedInRequest, pk: int, verb: str) -> Enquiry:
    """The enquiry behind the address; 404 outside what the person sees, 403 where their role may not."""
    enquiries = Enquiry.objects.visible_to(request.user).select_related("force", "logged_by", "owner")
    enquiry = get_object_or_404(enquiries, pk=pk)
    WHO_MAY.permit(verb, request.user)
    return enquiry


@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question and its answer."""
    enquiry = visible(request, pk, "view")
    record(kind="enquiry.viewed", by=request.user, subject=enquiry, now=timezone.now(), request_id=request.id)
    return render(request, "duty_desk/detail.html", {"enquiry": enquiry})

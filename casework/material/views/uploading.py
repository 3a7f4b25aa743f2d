"""The force's summary or statement as a file."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.material import actions
from casework.material.actions.supplying import open_ask, reasons_not_asked
from casework.material.forms import UploadForm
from casework.material.models import Original
from casework.material.views.force import show
from casework.material.views.pages import visible
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.views import conflict


@transaction.non_atomic_requests  # the file is checked and read for seconds, outside the action's transactions
@require_http_methods(["GET", "POST"])
def upload_text(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Choose the file, and whether its text is taken; then on to checking and correcting the text."""
    material = visible(request, material_id, "upload_text")
    if open_ask(material) is None:
        return conflict(request, reasons_not_asked(material), reverse("material:asked"))
    form, status = bind(UploadForm, request, material=material, by=request.user), 200
    if form.is_valid():
        try:
            done = actions.upload_text(
                material_id=material.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, told_of(done, wanted=form.cleaned_data["take_text"]))
            return redirect("material:save_draft", material.pk)
    return show(request, material, "upload", status=status, form=form)


def told_of(original: Original, *, wanted: bool) -> str:
    """What came of it, and what is to be done next."""
    if original.text_taken:
        return "The text has been copied from the file. Compare it with the file and correct it"
    if wanted:
        return "The file has no readable text: it may be a scan. It is attached. Type or paste its text"
    return "The file is attached. Type or paste its text"


@require_POST
def remove_upload(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Take the file away; the text stays."""
    material = visible(request, material_id, "remove_upload")
    back_url = reverse("material:asked_detail", args=[material.pk])
    try:
        actions.remove_upload(material_id=material.pk, by=request.user, now=timezone.now())
    except Refused as refused:
        return conflict(request, refused.reasons, back_url)
    messages.success(request, "The file is removed. The text stays")
    return redirect(back_url)

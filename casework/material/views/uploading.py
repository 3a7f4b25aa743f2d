"""The force's summary or statement as a file: by hand, because it is read for seconds outside the action's transactions."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.material import actions
from casework.material.actions.supplying import reasons_not_asked
from casework.material.forms import UploadForm
from casework.material.lists import MATERIAL
from casework.material.models import Original
from casework.material.verbs.force import upload_pages
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind
from nexus.verbs import attempt


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def upload_text(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Choose the file, and whether its text is taken; then on to checking and correcting the text."""
    by, now = request.user, timezone.now()
    material = MATERIAL.open(by, "upload_text", material_id=material_id)
    form = bind(UploadForm, request, material=material)
    refusals = [] if form.is_bound else reasons_not_asked(material)
    status = 409 if refusals else 200
    if form.is_valid():
        given = {"material_id": material.pk, **form.cleaned_data}
        tried = attempt(form, actions.upload_text, by=by, now=now, **given)
        if tried.succeeded:
            messages.success(request, what_came_of(tried.result, wanted=given["take_text"]))
            return redirect("material:save_draft", material.pk)
        status = tried.status
    return upload_pages.page(
        request, "upload_text", material, material, form, refusals=refusals, status=status
    )


def what_came_of(original: Original, *, wanted: bool) -> str:
    """Whether the text was taken, and what is to be done next."""
    if original.text_taken:
        return "The text has been copied from the file. Compare it with the file and correct it"
    if wanted:
        return "The file has no readable text: it may be a scan. It is attached. Type or paste its text"
    return "The file is attached. Type or paste its text"

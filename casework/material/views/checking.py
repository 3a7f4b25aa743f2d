"""The check of a statement: the format, each paragraph, each record, on one page beside the text."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.material import actions
from casework.material.actions.steps import reasons_not_to
from casework.material.forms import check_answers, check_form_of
from casework.material.queries import not_conduct, original_of, statement_of
from casework.material.rules import CHECKLIST
from casework.material.views.acts import CHECK
from casework.material.views.pages import show, visible
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal


@require_http_methods(["GET", "POST"])
def check_statement(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Every point, every paragraph, every record: nothing is preselected, and nothing may be left out."""
    material, by = visible(request, material_id, "check_statement"), request.user
    words = {"act": CHECK, "back_url": reverse("material:detail", args=[material.pk])}
    version = statement_of(material)
    reasons = reasons_not_to("check_statement", material, by)
    if version is None or (reasons and request.method == "GET"):
        return show(request, material, "refused", status=409, refusals=reasons, **words)
    attached = list(version.ask.records.select_related("file"))
    form, status = bind(check_form_of(version, attached), request, material=material, by=by), 200
    if form.is_valid():
        answers = check_answers(form, version, attached)
        try:
            actions.check_statement(material_id=material.pk, by=by, now=timezone.now(), **answers)
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, CHECK.done)
            return redirect("material:detail", material.pk)
    context = {
        "form": form,
        "version": version,
        "attached": attached,
        "original": original_of(version.ask),
        "codes": list(CHECKLIST),
        "not_conduct": not_conduct(material),
    }
    return show(request, material, "check", status=status, **context, **words)

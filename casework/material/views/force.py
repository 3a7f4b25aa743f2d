"""The force's own pages: what is asked, by when, in which format; writing, attaching, sending, asking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.material import actions, queries, rules
from casework.material.actions.supplying import open_ask, reasons_not_asked, reasons_not_to_supply, shown
from casework.material.forms import DraftForm, MessageForm, RecordForm
from casework.material.models import Ask, Material, Record
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.views.pages import viewed, visible
from nexus.audit.recording import record
from nexus.refusals import Refused
from nexus.requests import SignedInRequest
from nexus.ui.forms import bind, show_refusal
from nexus.ui.paging import KeysetPage
from nexus.ui.views import conflict


@require_GET
def asked(request: SignedInRequest) -> HttpResponse:
    """Material asked of the force, the nearest day first, and what it has sent."""
    WHO_MAY.permit("view_asked", request.user)
    page = KeysetPage(queries.asked_of(request.user), request, order=["due_on"])
    sent = queries.sent_by_force(request.user)
    record(
        kind="material.listed",
        by=request.user,
        subjects=[ask.material for ask in page.rows],
        now=timezone.now(),
        recipient=recipient_of(request.user),
    )
    context = {"page": page, "sent": sent, "today": timezone.localdate()}
    return render(request, "casework/material/asked.html", context)


def show(
    request: SignedInRequest, material: Material, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the force about what is asked of it, written down as read."""
    viewed(request, material, template)
    ask = open_ask(material)
    context = {
        "material": material,
        "referral": material.case.referral,
        "ask": ask,
        "original": queries.original_of(ask) if ask else None,
        "format": [point.told for point in rules.CHECKLIST.values()],
        "today": timezone.localdate(),
        "back_url": reverse("material:asked_detail", args=[material.pk]),
        **context,
    }
    return render(request, f"casework/material/{template}.html", context, status=status)


@require_GET
def detail(request: SignedInRequest, material_id: int) -> HttpResponse:
    """What is asked now, what is written and attached so far, what was sent before, and the thread."""
    material = visible(request, material_id, "view_asked")
    ask = open_ask(material)
    return show(
        request,
        material,
        "asked_detail",
        attached=records(ask) if ask else [],
        versions=list(material.versions.select_related("supplied_by")),
        originals=queries.originals_of(material),
        thread=list(material.messages.select_related("by")),
        refusals=reasons_not_asked(material),
        missing=reasons_not_to_supply(ask) if ask else [],
    )


def records(ask: Ask) -> list[Record]:
    return list(ask.records.select_related("file"))


@require_http_methods(["GET", "POST"])
def save_draft(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Write the text, or go on with it; it is kept on each saving."""
    material = visible(request, material_id, "save_draft")
    ask = open_ask(material)
    if ask is None:
        return conflict(request, reasons_not_asked(material), reverse("material:asked"))
    initial = {"author": ask.draft_author, "text": ask.draft_text}
    form, status = bind(DraftForm, request, material=material, by=request.user, initial=initial), 200
    if form.is_valid():
        try:
            actions.save_draft(
                material_id=material.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            return redirect("material:supply", material.pk)
    return show(request, material, "write", status=status, form=form)


@require_http_methods(["GET", "POST"])
def attach_record(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Attach one of the underlying police records."""
    material = visible(request, material_id, "attach_record")
    form, status = bind(RecordForm, request, material=material, by=request.user), 200
    if form.is_valid():
        try:
            actions.attach_record(
                material_id=material.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "The record is attached. It is checked for viruses")
            return redirect("material:asked_detail", material.pk)
    refusals = reasons_not_asked(material)
    return show(request, material, "attach", status=status, form=form, refusals=refusals)


@require_POST
def remove_record(request: SignedInRequest, material_id: int, record_id: int) -> HttpResponse:
    """Take a record away that is not sent yet."""
    material = visible(request, material_id, "remove_record")
    back_url = reverse("material:asked_detail", args=[material.pk])
    get_object_or_404(Record, pk=record_id, ask__material=material)
    try:
        actions.remove_record(
            material_id=material.pk, record_id=record_id, by=request.user, now=timezone.now()
        )
    except (Refused, Record.DoesNotExist) as refused:
        return conflict(request, getattr(refused, "reasons", ["This record has been sent."]), back_url)
    messages.success(request, "The record is removed")
    return redirect(back_url)


@require_http_methods(["GET", "POST"])
def supply(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Read the numbered paragraphs and the records once more, and send them."""
    material = visible(request, material_id, "supply")
    ask = open_ask(material)
    if ask is None:
        return conflict(request, reasons_not_asked(material), reverse("material:asked"))
    if request.method == "POST":
        try:
            as_shown = request.POST.get("as_shown", "")
            actions.supply(material_id=material.pk, by=request.user, now=timezone.now(), as_shown=as_shown)
        except Refused as refused:
            return conflict(request, refused.reasons, reverse("material:supply", args=[material.pk]))
        messages.success(request, f"The {ask.noun} is sent. The case-owner has been told")
        return redirect("material:asked_detail", material.pk)
    return show(
        request,
        material,
        "send",
        texts=rules.paragraphs_of(ask.draft_text),
        attached=records(ask),
        missing=reasons_not_to_supply(ask),
        as_shown=shown(ask),
    )


@require_http_methods(["GET", "POST"])
def reply(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Ask the case-owner, or answer."""
    material = visible(request, material_id, "write_message")
    WHO_MAY.permit("view_asked", request.user)
    form, status = bind(MessageForm, request, material=material, by=request.user), 200
    if form.is_valid():
        try:
            actions.write_message(
                material_id=material.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused)
            status = 409
        else:
            messages.success(request, "Your message is sent to the case-owner")
            return redirect("material:asked_detail", material.pk)
    thread = list(material.messages.select_related("by"))
    return show(request, material, "reply", status=status, form=form, thread=thread)

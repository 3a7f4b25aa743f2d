"""What the force does with what is asked of it: write, attach, send, ask back."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from casework.material import actions, forms, rules
from casework.material.actions.supplying import (
    digest_of_draft,
    open_ask,
    reasons_not_asked,
    reasons_not_to_supply,
)
from casework.material.actions.uploading import reasons_not_to_remove_upload
from casework.material.lists import (
    MATERIAL,
    record_of,
    record_words,
    removed_original_of,
    removed_record_of,
    upload_words,
)
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.verbs import casework
from casework.material.views.frame import for_force
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages, Verbs


def draft_so_far(material: Material, by: User) -> dict[str, Any]:
    """The text begins with what was written before."""
    ask = open_ask(material)
    return {"initial": {"author": ask.draft_author, "text": ask.draft_text} if ask else {}}


def as_shown(material: Material, by: User) -> dict[str, Any]:
    """What would be sent now, as a digest: nothing is sent that was not on the page."""
    ask = open_ask(material)
    return {"initial": {"as_shown": digest_of_draft(ask)} if ask else {}}


def to_be_sent(material: Material, by: User) -> dict[str, Any]:
    """The numbered paragraphs and the records once more, and what is missing."""
    ask = open_ask(material)
    if ask is None:
        return {}
    return {
        "texts": rules.paragraphs_of(ask.draft_text),
        "attached": list(ask.records.select_related("file")),
        "missing": reasons_not_to_supply(ask),
    }


VERBS = {
    "save_draft": Verb(
        action=actions.save_draft,
        form=forms.DraftForm,
        heading="Write the text",
        button="Save and check",
        reasons_against=lambda material, by, now: reasons_not_asked(material),
        form_kwargs=draft_so_far,
        next_page=lambda material, ask: reverse("material:supply", args=[material.pk]),
        template="casework/material/write.html",
        partial=True,
    ),
    "remove_record": Verb(
        action=actions.remove_record,
        heading="Remove the record",
        success="The record is removed. You can put it back until you send",
        lead="It is not sent with the text. You can put it back until you send.",
        address="records/<int:record_id>/remove/",
        find_part=record_of,
        reasons_against=lambda record, by, now: reasons_not_asked(record.ask.material),
        page_context=record_words,
        warns=True,
    ),
    "restore_record": Verb(
        action=actions.restore_record,
        heading="Put the record back",
        success="The record is put back",
        button_only=True,
        address="records/<int:record_id>/restore/",
        find_part=removed_record_of,
    ),
    "remove_upload": Verb(
        action=actions.remove_upload,
        heading="Remove the file",
        success="The file is removed. The text stays. You can put the file back until you send",
        lead="The text stays. You can put the file back until you send.",
        reasons_against=lambda material, by, now: reasons_not_to_remove_upload(material),
        page_context=upload_words,
        warns=True,
    ),
    "restore_upload": Verb(
        action=actions.restore_upload,
        heading="Put the file back",
        success="The file is put back",
        button_only=True,
        address="originals/<int:original_id>/restore/",
        find_part=removed_original_of,
    ),
    "supply": Verb(
        action=actions.supply,
        form=forms.SendForm,
        heading="Check the text and send it",
        button="Send to the case-owner",
        success=lambda version: (
            f"The {version.get_kind_display().lower()} is sent. The case-owner has been told"
        ),
        reasons_against=lambda material, by, now: reasons_not_asked(material),
        form_kwargs=as_shown,
        page_context=to_be_sent,
        template="casework/material/send.html",
        partial=True,
    ),
}
# Files are sent on pages alone, and the endpoint of a message is one for both sides.
ON_PAGES = {
    "attach_record": Verb(
        action=actions.attach_record,
        form=forms.RecordForm,
        heading="Attach a police record",
        button="Attach the record",
        success="The record is attached. It is checked for viruses",
        lead="Attach only the records that the text relies on. The subject and the tribunal may see them, so attach only "
        "what may be disclosed.",
        address="attach/",
        reasons_against=lambda material, by, now: reasons_not_asked(material),
    ),
    "reply": replace(
        casework.VERBS["write_message"],
        heading="Write to the case-owner",
        success="Your message is sent to the case-owner",
        address="message/",
        permission=lambda material: "write_message",
        template="casework/material/reply.html",
    ),
}
# Its page is by hand, views/uploading.py: it may take seconds.
UPLOAD = {
    "upload_text": Verb(
        action=actions.upload_text,
        form=forms.UploadForm,
        heading="Upload the text as a file",
        button="Upload the file",
        template="casework/material/upload.html",
    ),
}


def show(
    request: SignedInRequest, material: Material, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb as the force reads it."""
    template = context["verb"].template or "casework/material/force_act.html"
    return for_force(request, material, name, template, status=status, **context)


def pages_of(verbs: Verbs) -> VerbPages:
    return VerbPages(
        verbs=verbs,
        who_may=WHO_MAY,
        find=lambda by, **address: MATERIAL.open(by, "view_asked", **address),
        ids=lambda material: {"material_id": material.pk},
        show=show,
        back=lambda material, by: reverse("material:asked_detail", args=[material.pk]),
    )


pages = pages_of({**VERBS, **ON_PAGES})
upload_pages = pages_of(UPLOAD)

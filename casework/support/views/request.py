"""One support request: its page, and the documents of its thread."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.material.permissions import WHO_MAY as MATERIAL
from casework.support import queries
from casework.support.lists import REQUESTS, flags_shown
from casework.support.models import SupportRequest
from casework.support.permissions import ELSEWHERE, WHO_MAY, recipient_of
from casework.support.queries import reasons_support_stops
from casework.support.rules import ELIGIBLE_TEXT, VALUE_ADDED_TEXT, Kind
from casework.support.states import WITH_THE_FORCE, State
from casework.support.timeline import happenings
from casework.support.verbs import VERBS, page_of, pages
from casework.support.views.pages import show
from nexus.accounts.models import User
from nexus.accounts.roles import CASEWORK_ROLES
from nexus.documents.downloading import download
from nexus.documents.models import StoredFile
from nexus.requests import SignedInRequest
from nexus.ui.formatting import capfirst
from referrals.models import SpecialConditionsFlag


def material_path(asked: SupportRequest, by: User) -> str:
    """Where this reader finds the material as which intelligence is asked for; empty where there is none for them."""
    if asked.material_id is None:
        return ""
    if by.role in ELSEWHERE:
        page = "released" if asked.asked_by_id == by.pk else ""
    else:
        page = "asked_detail" if by.is_police else "detail" if MATERIAL.may("view_inside", by) else ""
    return reverse(f"material:{page}", args=[asked.material_id]) if page else ""


def where_it_came_from(asked: SupportRequest, by: User) -> str:
    """Liverpool works by case, everybody else by the list."""
    if asked.referral and by.role in CASEWORK_ROLES:
        return reverse("support:case", args=[asked.referral.reference])
    return reverse("support:list")


@require_GET
def detail(request: SignedInRequest, request_id: int) -> HttpResponse:
    """What is asked, what the force said and did, the thread, and what this person may do now."""
    by, now = request.user, timezone.now()
    asked = REQUESTS.open(by, "view", request_id=request_id)
    REQUESTS.viewed(by, asked, page="detail")
    available = pages.available_to(asked, by, now=now)
    # A draft that cannot be sent says why where its button would be.
    unsent = asked.state == State.DRAFT and WHO_MAY.may("submit", by)
    return show(
        request,
        asked.referral,
        "detail",
        asked=asked,
        standing=queries.standing_of(asked, timezone.localdate(now)),
        recorded_on=queries.recorded_later(asked),
        contact=queries.contact_of(asked),
        thread=asked.messages.select_related("by__force", "file"),
        happenings=happenings(asked, by),
        can=available,
        refusals=VERBS["submit"].reasons_against(asked, by, now) if unsent else [],
        quotation_text=capfirst(VALUE_ADDED_TEXT if asked.is_value_added else ELIGIBLE_TEXT),
        alike=similar_flags(asked, by) if "pass_on" in available else [],
        engagement_path=queries.engagement_path(asked),
        is_arrest=asked.kind == Kind.ARREST,
        operation=queries.operation_named(asked, by),
        is_police=by.is_police,
        material_path=material_path(asked, by),
        stopped=asked.state in WITH_THE_FORCE and reasons_support_stops(asked.kind, asked.referral, by),
        back_url=where_it_came_from(asked, by),
    )


def similar_flags(asked: SupportRequest, by: User) -> list[SpecialConditionsFlag]:
    """The flags of people who may be the subject of value added activity; that they were shown is written down."""
    if not asked.is_value_added:
        return []
    found = queries.flags_like(asked.subject_name, asked.subject_born, by)
    if found:
        flags_shown(by, found)
    return found


@require_GET
def document(request: SignedInRequest, request_id: int, message_id: int) -> HttpResponse:
    """A document of the thread, to be saved, once it is checked; the download is recorded."""
    asked = REQUESTS.open(request.user, "view", request_id=request_id)
    of_thread = {"support_message__pk": message_id, "support_message__support_request": asked}
    file: StoredFile = get_object_or_404(StoredFile, **of_thread)
    return download(
        request,
        file,
        kind="support.document_downloaded",
        subject=asked,
        detail={"message": message_id},
        recipient=recipient_of(request.user),
        back_url=page_of(asked),
    )

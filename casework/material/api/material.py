"""Nexus material: list, ask, read, and every verb of both sides. Records and the bundle come from their pages."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.api.finding import find as find_case
from casework.material import actions, forms, queries
from casework.material.actions.asking import reasons_not_to_commission
from casework.material.actions.steps import reasons_not_to
from casework.material.actions.supplying import open_ask
from casework.material.api.serializers import (
    AskedLineSerializer,
    AskedSerializer,
    MaterialLineSerializer,
    MaterialSerializer,
    VersionSerializer,
)
from casework.material.forms import check_answers, check_form_of
from casework.material.models import Ask, Kind, Material, Version
from casework.material.permissions import WHO_MAY, recipient_of
from casework.material.states import State
from nexus.accounts.models import User
from nexus.api.before import Start, Verb
from nexus.api.requests import Call, endpoint
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import READING
from nexus.audit.recording import record
from nexus.refusals import refuse_if


def visible(user: User) -> QuerySet[Material]:
    """The material that exists for this person, with what is asked of the force now."""
    asked = Ask.objects.filter(closed_at=None).select_related("asked_by")
    return (
        queries.listed(user)
        .select_related("approval__version", "approval__approved_by", "reviewed_by")
        .prefetch_related(Prefetch("asks", asked, to_attr="open_asks"))
    )


def about(material: Material, request: Call) -> dict[str, Any]:
    """What every form about material needs besides the body."""
    return {"material": material, "by": request.user}


def commissioning(material: Material, request: Call) -> dict[str, Any]:
    """Without a reviewed summary a case-owner is refused, rather than asked for a reason only others may give."""
    refuse_if(reasons_not_to_commission(material, request.user))
    return about(material, request)


def draft_of(material: Material, request: Call) -> dict[str, Any]:
    """The force's text begins with what it has written so far."""
    ask = open_ask(material)
    initial = {"author": ask.draft_author, "text": ask.draft_text} if ask else {}
    return {**about(material, request), "initial": initial}


class CheckForm(check_form_of(Version(paragraphs=[""]), ())):  # type: ignore[misc]  # of a text of one paragraph
    """Every point, every paragraph (`disclosable_2`, `to_redact_2`, `remark_2` and so on) and every record
    (`record_<id>`, true or false) is answered."""


def check_form_for(material: Material, request: Call) -> type[forms.MaterialForm]:
    """The form of the latest version of the statement. Raises Refused where there is none to check."""
    refuse_if(reasons_not_to("check_statement", material, request.user))
    version = material.versions.filter(kind=Kind.STATEMENT).select_related("ask").latest("number")
    attached = list(version.ask.records.all())
    form_class = check_form_of(version, attached)
    return type(
        form_class.__name__, (form_class,), {"answers": lambda form: check_answers(form, version, attached)}
    )


material = Resource(
    noun="material",
    plural="material_list",
    address="material/<int:material_id>/",
    key="material_id",
    who_may=WHO_MAY,
    rows=visible,
    line=AskedLineSerializer,
    shape=AskedSerializer,
    inside_line=MaterialLineSerializer,
    inside=MaterialSerializer,
    inside_filters={"state": Filter("state", State.values)},
    filters={"case": Filter("case__referral__reference")},
    recipient=recipient_of,
    starts={
        "case_request_summary": Start(
            actions.request_summary,
            verb="request_summary",
            at="cases/<slug:reference>/request-summary/",
            of=find_case,
            given=lambda case: {"case_id": case.pk},
            form=forms.RequestForm,
            wants=lambda case, request: {"by": request.user},
        )
    },
    verbs={
        "save_draft": Verb(actions.save_draft, forms.DraftForm, draft_of, partly=True),
        "remove_record": Verb(actions.remove_record, at="records/<int:record_id>/remove/"),
        "remove_upload": Verb(actions.remove_upload),
        "give_more_time": Verb(actions.give_more_time, forms.MoreTimeForm, about),
        "supply": Verb(actions.supply),
        "write_message": Verb(actions.write_message, forms.MessageForm, about),
        "return_summary": Verb(actions.return_summary, forms.AgainForm, about),
        "review_summary": Verb(actions.review_summary, forms.ReviewForm, about),
        "commission": Verb(actions.commission, forms.CommissionForm, commissioning),
        "check_statement": Verb(actions.check_statement, CheckForm, about, chosen=check_form_for),
        "reject": Verb(actions.reject, forms.AgainForm, about),
        "approve": Verb(actions.approve, forms.ApproveForm, about),
        "ask_for_appeals_review": Verb(actions.ask_for_appeals_review, forms.AppealsForm, about),
        "advise": Verb(actions.advise, forms.AdviseForm, about),
        "serve": Verb(actions.serve, forms.ServeForm, about),
        "supersede": Verb(actions.supersede, forms.SupersedeForm, about),
    },
)


@extend_schema(operation_id="material_version", responses={200: VersionSerializer, **READING})
@endpoint("GET")
def version(request: Call, material_id: int, version_id: int) -> Response:
    """The text of one version with what the check says of it. Reading is recorded, and counts as having read it."""
    found = material.find(request, material_id=material_id)
    WHO_MAY.permit("view_inside", request.user)
    row = get_object_or_404(found.versions.select_related("ask"), pk=version_id)
    record(
        kind="material.version_viewed",
        by=request.user,
        subject=row,
        now=timezone.now(),
        detail={"material": found.pk},
    )
    return Response(VersionSerializer(row).data)

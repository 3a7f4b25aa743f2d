"""The draft: its sections and its rows."""

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.api.bodies import body_of, checked, names_taken, object_of, request_of, unknown_fields
from nexus.api.errors import InvalidBody
from nexus.api.etags import IF_MATCH, expect
from nexus.api.requests import Call, endpoint
from nexus.refusals import refuse_if
from nexus.rows import take_turns
from referrals import actions
from referrals.actions.draft import reasons_not_to_edit
from referrals.api.referrals import referrals
from referrals.api.serializers import ReferralSerializer
from referrals.forms.pages import PAGES, without_unasked
from referrals.forms.rows import (
    ROW_FORMS,
    AliasForm,
    AttachmentForm,
    ConductForm,
    ConvictionForm,
    NationalityForm,
    RowForm,
)
from referrals.models import Alias, Attachment, ConductEvent, Nationality, Referral
from referrals.permissions import WHO_MAY
from referrals.rules.sections import SECTION
from referrals.rules.terms import CONVICTIONS

KINDS: dict[str, type[Any]] = {
    "alias": Alias,
    "nationality": Nationality,
    "conduct": ConductEvent,
    "attachment": Attachment,
}


def of_conviction() -> dict[str, serializers.Field]:
    """What a conduct event says beside, where it is a conviction: never required of the others."""
    return body_of(ConvictionForm, name="Conviction", required=False)().get_fields()


SECTION_BODY = body_of(*(page.form for page in PAGES if page.form), name="SectionAnswers")
ALIAS_BODY = body_of(AliasForm, name="AliasAnswers")
NATIONALITY_BODY = body_of(NationalityForm, name="NationalityAnswers")
CONDUCT_BODY = body_of(ConductForm, name="ConductAnswers", adds=of_conviction())
ATTACHMENT_BODY = body_of(AttachmentForm, name="AttachmentAnswers")
# Which of them it is follows from the kind in the address.
ROW_BODY = PolymorphicProxySerializer(
    component_name="RowAnswers",
    serializers=[
        ALIAS_BODY,
        NATIONALITY_BODY,
        CONDUCT_BODY,
        ATTACHMENT_BODY,
    ],
    resource_type_field_name=None,
)
NEW_ROW = {"application/json": ROW_BODY, **request_of(ATTACHMENT_BODY, AttachmentForm)}
KIND = OpenApiParameter("kind", location=OpenApiParameter.PATH, enum=list(KINDS))


def draft_of(request: Call, reference: str) -> Referral:
    """The draft this person may change. Raises Http404, PermissionDenied, Refused once it is sent."""
    referral = referrals.find(request, reference=reference)
    WHO_MAY.permit("edit", request.user)
    take_turns(referral)
    referral = referrals.find(request, reference=reference)
    expect(request, referrals.shown, referral)
    refuse_if(reasons_not_to_edit(referral))
    return referral


@extend_schema(
    operation_id="referral_save_section",
    summary="Save answers of one section",
    parameters=[OpenApiParameter("section", location=OpenApiParameter.PATH, enum=list(SECTION)), IF_MATCH],
    request=SECTION_BODY,
    responses={200: ReferralSerializer},
)
@endpoint("PATCH", takes_match=True, roles=WHO_MAY["edit"])
def section(request: Call, reference: str, section: str) -> Response:
    """Save answers of one section; what the body does not name stays as it is. All of it, or nothing."""
    if section not in SECTION:
        raise Http404
    referral = draft_of(request, reference)
    values = answers_of(referral, section, object_of(request))
    for column, value in values.items():
        setattr(referral, column, value)
    values |= without_unasked(SECTION[section], referral)
    actions.save_section(
        referral_id=referral.pk, by=request.user, now=timezone.now(), section=section, values=values
    )
    return Response(referrals.shown(request, referrals.find(request, reference=reference)))


def answers_of(referral: Referral, section: str, body: dict[str, Any]) -> dict[str, Any]:
    """The body's answers as columns, read by the forms of the section's pages. Raises InvalidBody."""
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    left, columns = dict(body), set[str]()
    for page in PAGES:
        if page.section != section or page.form is None:
            continue
        names = names_taken(page.form(referral=referral))
        columns |= names
        mine = {name: left.pop(name) for name in names & set(left)}
        if not mine:
            continue
        try:
            values |= checked(page.form, mine, partly=True, referral=referral).values()
        except InvalidBody as wrong:
            errors |= wrong.errors
    errors |= unknown_fields(left, columns)
    if errors:
        raise InvalidBody(errors)
    return values


@extend_schema(
    operation_id="referral_add_row",
    summary="Add a row to a draft",
    parameters=[KIND, IF_MATCH],
    request=NEW_ROW,
    responses={201: ReferralSerializer},
)
@endpoint("POST", takes_match=True, takes_files=True, roles=WHO_MAY["edit"])
def rows(request: Call, reference: str, kind: str) -> Response:
    """Add another name, a nationality, a conduct event or, with its file, a document to a draft."""
    referral = draft_of(request, known(reference, kind))
    values = row_values(referral, kind, object_of(request))
    one: dict[str, Any] = {"referral_id": referral.pk, "by": request.user, "now": timezone.now()}
    if kind == "attachment":
        actions.attach(**one, upload=values.pop("file"), **values)
    else:
        actions.add_row(**one, kind=kind, values=values)
    return Response(
        referrals.shown(request, referrals.find(request, reference=reference)), status=status.HTTP_201_CREATED
    )


@extend_schema(
    methods=["PUT"],
    operation_id="referral_change_row",
    summary="Replace one row whole",
    description="What is not named is blank afterwards.",
    parameters=[KIND, IF_MATCH],
    request=ROW_BODY,
    responses={200: ReferralSerializer},
)
@extend_schema(
    methods=["DELETE"],
    operation_id="referral_remove_row",
    summary="Remove one row",
    description="It can be put back as long as the referral is a draft.",
    parameters=[KIND, IF_MATCH],
    request=None,
    responses={200: ReferralSerializer},
)
@endpoint("PUT", "DELETE", takes_match=True, roles=WHO_MAY["edit"])
def row(request: Call, reference: str, kind: str, row_id: int) -> Response:
    """Replace one row whole, or remove it."""
    referral = draft_of(request, known(reference, kind))
    found = get_object_or_404(KINDS[kind], pk=row_id, referral=referral)
    said: dict[str, Any] = {
        "referral_id": referral.pk,
        "by": request.user,
        "now": timezone.now(),
        "kind": kind,
        "row_id": row_id,
    }
    if request.method == "DELETE":
        actions.remove_row(**said)
    else:
        actions.change_row(**said, values=row_values(referral, kind, object_of(request), row=found))
    return Response(referrals.shown(request, referrals.find(request, reference=reference)))


def known(reference: str, kind: str) -> str:
    """The reference, where there is such a kind of row."""
    if kind not in KINDS:
        raise Http404
    return reference


def row_values(
    referral: Referral, kind: str, body: dict[str, Any], *, row: Model | None = None
) -> dict[str, Any]:
    """The row's columns. A conviction is two pages, and one body. Raises InvalidBody."""
    second = (
        {name: body.pop(name) for name in set(ConvictionForm.base_fields) & set(body)}
        if kind == "conduct"
        else {}
    )
    form: RowForm = checked(ROW_FORMS[kind], body, referral=referral, row=row)
    values = form.values()
    if kind != "conduct":
        return values
    if values["kind"] in CONVICTIONS:
        event = ConductEvent(referral=referral, offence_on=values["offence_on"])
        return values | checked(ConvictionForm, second, referral=referral, row=event).values()
    if second:
        raise InvalidBody({name: ["Only a conviction has this."] for name in second})
    return values

"""Enquiries: list, log, read, answer, reopen, hand over, link, note."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.api.bodies import body_of
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.verbs import READING, REFUSALS, answers_of, call, verb_view
from nexus.audit.recording import record
from referrals.duty_desk import actions, queries
from referrals.duty_desk.forms.enquiries import (
    AnswerForm,
    HandOverForm,
    LinkForm,
    LogForm,
    NoteForm,
    ReopenForm,
)
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY, recipient_of
from referrals.duty_desk.states import State


class EnquiryLineSerializer(serializers.ModelSerializer):
    """An enquiry in a list."""

    force = serializers.CharField(source="force.code", allow_null=True, default=None)
    owner = serializers.CharField(source="owner.full_name", allow_null=True, default=None)

    class Meta:
        model = Enquiry
        fields: tuple[str, ...] = (
            "id",
            "state",
            "asker",
            "force",
            "caller",
            "question",
            "logged_at",
            "owner",
            "answered_at",
        )


class EnquirySerializer(EnquiryLineSerializer):
    """An enquiry with its answer, and the reference of its referral where this person sees it."""

    answered_by = serializers.CharField(source="answered_by.full_name", allow_null=True, default=None)
    referral = serializers.SerializerMethodField()

    class Meta(EnquiryLineSerializer.Meta):
        fields = (*EnquiryLineSerializer.Meta.fields, "contact", "reply", "answered_by", "referral")

    def get_referral(self, enquiry: Enquiry) -> str | None:
        seen = queries.linked_referral(enquiry, self.context["user"])
        return seen.reference if seen else None


def find(request: Call, enquiry_id: int, **_: Any) -> Enquiry:
    """The one enquiry, or Http404 outside what the person sees."""
    enquiries = Enquiry.objects.visible_to(request.user).select_related("force", "owner", "answered_by")
    return get_object_or_404(enquiries, pk=enquiry_id)


def shown(request: Call, enquiry: Enquiry) -> dict[str, Any]:
    return dict(EnquirySerializer(enquiry, context={"user": request.user}).data)


@extend_schema(
    methods=["GET"],
    operation_id="enquiry_list",
    parameters=[
        OpenApiParameter("state", enum=State.values),
        OpenApiParameter("after"),
        OpenApiParameter("before"),
    ],
    responses={200: list_of(EnquiryLineSerializer), **READING},
)
@extend_schema(
    methods=["POST"],
    operation_id="enquiry_log",
    request=body_of(LogForm, name="EnquiryLog"),
    responses={201: EnquirySerializer, 200: EnquirySerializer, **REFUSALS},
)
@endpoint("GET", "POST")
def enquiries(request: Call) -> Response:
    """The enquiries this person sees, newest first; or log one."""
    return log(request) if request.method == "POST" else enquiry_list(request)


def enquiry_list(request: Call) -> Response:
    """By state, where one is asked for."""
    WHO_MAY.permit("view", request.user)
    found, state = Enquiry.objects.visible_to(request.user), request.query_params.get("state")
    if state in State.values:
        found = found.filter(state=state)
    page = page_of(found.select_related("force", "owner"), request, order=["-logged_at", "-pk"])
    record(
        kind="enquiry.listed",
        by=request.user,
        subjects=page.rows,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        request_id=request.id,
    )
    return listed(page, request, EnquiryLineSerializer(page.rows, many=True).data)


def log(request: Call) -> Response:
    """201 for a new enquiry, 200 for the one this key has made before."""
    WHO_MAY.permit("log", request.user)
    now = timezone.now()
    made = actions.log(by=request.user, now=now, **answers_of(LogForm, request, by=request.user))
    new = status.HTTP_201_CREATED if made.logged_at == now else status.HTTP_200_OK
    return Response(shown(request, find(request, made.pk)), status=new)


@extend_schema(operation_id="enquiry_read", responses={200: EnquirySerializer, **READING})
@endpoint("GET")
def enquiry(request: Call, enquiry_id: int) -> Response:
    """One enquiry. Reading is recorded."""
    found = find(request, enquiry_id)
    WHO_MAY.permit("view", request.user)
    record(
        kind="enquiry.viewed",
        by=request.user,
        subject=found,
        now=timezone.now(),
        recipient=recipient_of(request.user),
        request_id=request.id,
    )
    return Response(shown(request, found))


VERBS = {
    verb: verb_view(
        verb,
        noun="enquiry",
        who_may=WHO_MAY,
        find=find,
        act=call(getattr(actions, verb), key="enquiry_id"),
        form=form,
        answer=shown,
        shape=EnquirySerializer,
    )
    for verb, form in (
        ("answer", AnswerForm),
        ("reopen", ReopenForm),
        ("hand_over", HandOverForm),
        ("link", LinkForm),
        ("add_note", NoteForm),
    )
}

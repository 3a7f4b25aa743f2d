"""Enquiries: list, log, read, answer, reopen, hand over, link, note."""

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import User
from nexus.api.before import Verb
from nexus.api.bodies import body_of
from nexus.api.requests import Call
from nexus.api.resources import Filter, Posting, Resource
from nexus.api.verbs import read
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


def visible(user: User) -> QuerySet[Enquiry]:
    """The enquiries that exist for this person."""
    return Enquiry.objects.visible_to(user).select_related("force", "owner", "answered_by")


def log(request: Call) -> Response:
    """Log one: 201 for a new enquiry, 200 for the one this key has made before."""
    WHO_MAY.permit("log", request.user)
    now = timezone.now()
    made = actions.log(by=request.user, now=now, **read(LogForm, request, by=request.user))
    new = status.HTTP_201_CREATED if made.logged_at == now else status.HTTP_200_OK
    return Response(enquiries.shown(request, enquiries.find(request, enquiry_id=made.pk)), status=new)


enquiries = Resource(
    noun="enquiry",
    plural="enquiries",
    address="enquiries/<int:enquiry_id>/",
    key="enquiry_id",
    who_may=WHO_MAY,
    rows=visible,
    line=EnquiryLineSerializer,
    shape=EnquirySerializer,
    order=("-logged_at", "-pk"),
    filters={"state": Filter("state", State.values)},
    recipient=recipient_of,
    posting=Posting(
        "enquiry_log",
        log,
        body_of(LogForm, name="EnquiryLog"),
        {201: EnquirySerializer, 200: EnquirySerializer},
    ),
    verbs={
        "answer": Verb(actions.answer, AnswerForm),
        "reopen": Verb(actions.reopen, ReopenForm),
        "hand_over": Verb(actions.hand_over, HandOverForm),
        "link": Verb(actions.link, LinkForm),
        "add_note": Verb(actions.add_note, NoteForm),
    },
)

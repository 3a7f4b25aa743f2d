"""Enquiries: list, log, read, and every verb of who asks and of the desk."""

from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.api.requests import Call
from nexus.api.resources import Filter, Posting, Resource
from nexus.api.verbs import body_shape, carried_out
from referrals.duty_desk import queries
from referrals.duty_desk.lists import ENQUIRIES
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY, recipient_of
from referrals.duty_desk.states import State
from referrals.duty_desk.verbs.enquiries import LOG, VERBS


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


def log(request: Call) -> Response:
    """Log one: 201 for a new enquiry, 200 for the one this key has made before."""
    WHO_MAY.permit("log", request.user)
    asked_at = timezone.now()
    made = carried_out(LOG, None, request)
    new = status.HTTP_201_CREATED if made.logged_at >= asked_at else status.HTTP_200_OK
    return Response(enquiries.shown(request, enquiries.find(request, enquiry_id=made.pk)), status=new)


enquiries = Resource(
    noun="enquiry",
    plural="enquiries",
    address="enquiries/<int:enquiry_id>/",
    key="enquiry_id",
    who_may=WHO_MAY,
    rows=ENQUIRIES.seen,
    line=EnquiryLineSerializer,
    shape=EnquirySerializer,
    order=("-logged_at", "-pk"),
    filters={"state": Filter("state", State.values)},
    recipient=recipient_of,
    posting=Posting(
        "enquiry_log",
        log,
        WHO_MAY["log"],
        body_shape(LOG, name="enquiry_log"),
        {201: EnquirySerializer, 200: EnquirySerializer},
    ),
    verbs=VERBS,
)

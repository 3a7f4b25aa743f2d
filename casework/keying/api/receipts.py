"""`POST /api/v1/to-be-keyed/receipts/`: what another system has keyed, many at once, each with its own receipt."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from casework.keying import actions
from casework.keying.models import System
from casework.keying.permissions import WHO_MAY
from nexus.api.bodies import object_of
from nexus.api.errors import InvalidBody
from nexus.api.requests import Call, endpoint

MOST = 200  # receipts in one call


class ReceiptSerializer(serializers.Serializer):
    """One entry that was keyed."""

    key = serializers.CharField(max_length=40)
    receipt = serializers.CharField(max_length=80, help_text="What the other system calls it.")


class ReceiptsSerializer(serializers.Serializer):
    """What one system has keyed."""

    system = serializers.ChoiceField(choices=System.choices)
    receipts = serializers.ListField(child=ReceiptSerializer(), allow_empty=False, max_length=MOST)


class ConfirmedSerializer(serializers.Serializer):
    """What became of one receipt."""

    key = serializers.CharField()
    confirmed = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it was not, in sentences.")


class ConfirmedManySerializer(serializers.Serializer):
    """What became of each, in the order they were sent."""

    results = ConfirmedSerializer(many=True)


@extend_schema(
    operation_id="keying_entry_confirm_many",
    request=ReceiptsSerializer,
    responses={200: ConfirmedManySerializer},
    description="Confirm what was keyed, many at once. Each stands for itself: what is refused does not hold up the others.",
)
@endpoint("POST", roles=WHO_MAY["view"])
def receipts(request: Call) -> Response:
    """One answer for each receipt."""
    WHO_MAY.permit("view", request.user)
    sent = ReceiptsSerializer(data=object_of(request))
    if not sent.is_valid():
        raise InvalidBody({name: ["Send it as the schema says."] for name in sent.errors})
    results = actions.confirm_many(**sent.validated_data, by=request.user, now=timezone.now())
    return Response(ConfirmedManySerializer({"results": results}).data)

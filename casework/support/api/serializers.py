"""What the interface says of a support request. The force reads the same as who asked: what was asked of it,
what it said and did, and the thread."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.support.models import SupportMessage, SupportRequest
from casework.support.queries import contact_of, reasons_support_stops, standing_of
from casework.support.rules import Commitment, Ledger, Standing
from casework.support.states import WITH_THE_FORCE
from casework.support.timeline import happenings
from nexus.accounts.models import User
from referrals.api.identity import IdentitySerializer


class ContactSerializer(serializers.ModelSerializer):
    """The case-owner whom the force contacts."""

    class Meta:
        model = User
        fields = ("full_name", "email")


class SupportLineSerializer(serializers.ModelSerializer):
    """A request in a list."""

    force = serializers.CharField(source="force.code")
    reference = serializers.CharField(source="referral.reference", allow_null=True, default=None)
    subject = serializers.CharField()
    identity = IdentitySerializer()
    commitment = serializers.ChoiceField(choices=Commitment.choices())
    standing = serializers.SerializerMethodField()
    asking = serializers.CharField(help_text="Who asks: Nexus High Harm, or Criminal Casework")

    class Meta:
        model = SupportRequest
        fields: tuple[str, ...] = (
            "id",
            "state",
            "kind",
            "commitment",
            "standing",
            "force",
            "reference",
            "subject",
            "identity",
            "asking",
            "due_on",
            "passed_on_at",
        )

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices(), allow_null=True))
    def get_standing(self, request: SupportRequest) -> str | None:
        """How the force stands to it; null before it has got it."""
        return standing_of(request, timezone.localdate())


class SupportMessageSerializer(serializers.ModelSerializer):
    """One thing said between the force and the case-owner; a document's bytes are had once `scan` says that it is clean."""

    by = serializers.CharField(source="by.full_name")
    from_force = serializers.BooleanField(source="by.is_police")
    document = serializers.CharField(source="file.name", allow_null=True, default=None)
    scan = serializers.CharField(source="file.scan_result", allow_null=True, default=None)

    class Meta:
        model = SupportMessage
        fields = ("id", "text", "by", "from_force", "at", "document", "scan", "marking")


class HappenedSerializer(serializers.Serializer):
    """Something that happened to it, as this person may know it."""

    at = serializers.DateTimeField()
    title = serializers.CharField()
    by = serializers.CharField(source="by.full_name", allow_null=True, default=None)
    text = serializers.CharField()


class SupportSerializer(SupportLineSerializer):
    """A request with the force's answer, its thread and what happened."""

    contact = serializers.SerializerMethodField()
    stopped = serializers.SerializerMethodField(
        help_text="Whether nobody may be arrested or served on it now; true: do not act on it"
    )
    thread = serializers.SerializerMethodField()
    happened = serializers.SerializerMethodField()

    class Meta(SupportLineSerializer.Meta):
        fields = (
            *SupportLineSerializer.Meta.fields,
            "asked",
            "why",
            "own_reference",
            "subject_born",
            "contact",
            "answer",
            "answered_at",
            "decline_reason",
            "done",
            "done_on",
            "operation",
            "authority",
            "thread",
            "happened",
            "stopped",
        )

    def get_stopped(self, request: SupportRequest) -> bool:
        by = self.context["user"]
        return request.state in WITH_THE_FORCE and bool(
            reasons_support_stops(request.kind, request.referral, by)
        )

    @extend_schema_field(ContactSerializer)
    def get_contact(self, request: SupportRequest) -> Any:
        return ContactSerializer(contact_of(request)).data

    def get_thread(self, request: SupportRequest) -> SupportMessageSerializer(many=True):  # type: ignore[valid-type]
        return SupportMessageSerializer(request.messages.select_related("by", "file"), many=True).data

    def get_happened(self, request: SupportRequest) -> HappenedSerializer(many=True):  # type: ignore[valid-type]
        return HappenedSerializer(happenings(request, self.context["user"]), many=True).data


class TallySerializer(serializers.Serializer):
    """How many things asked under one commitment stand how."""

    commitment = serializers.ChoiceField(choices=Commitment.choices())
    asked = serializers.IntegerField()
    kept = serializers.IntegerField(help_text="In time")
    kept_late = serializers.IntegerField()
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    no_resource = serializers.IntegerField(help_text="Declined because no resource was available")
    declined = serializers.IntegerField(help_text="Declined for another reason")


class GivenSerializer(serializers.Serializer):
    """What Nexus did for the force, and how often."""

    what = serializers.CharField()
    count = serializers.IntegerField()


class LedgerSerializer(serializers.Serializer):
    """Both sides: what the force was asked and did, and what Nexus did for it."""

    finding = serializers.CharField(help_text="The tallies in a sentence")
    asked = TallySerializer(many=True)
    given = GivenSerializer(many=True)


class ForceLedgerSerializer(serializers.Serializer):
    """A force with its ledger's finding."""

    force = serializers.CharField(help_text="PNC force code")
    name = serializers.CharField()
    finding = serializers.CharField()


def tallied(of: Ledger) -> list[dict[str, Any]]:
    """A ledger's tallies, a commitment each."""
    return [
        {
            "commitment": commitment.value,
            "asked": tally.asked,
            **{standing.value: tally.count(standing) for standing in Standing},
        }
        for commitment, tally in of.items()
    ]

"""What the interface says of a data-wash: what the pages say, and nothing of the Home Office's own."""

from typing import Any

from rest_framework import serializers

from referrals.datawash.models import Wash, WashRow
from referrals.datawash.queries import told_of


class WashSerializer(serializers.ModelSerializer):
    """One list: its check, how far the wash is, how old the register was."""

    force = serializers.CharField(source="agreement.force.code")

    class Meta:
        model = Wash
        fields = (
            "id",
            "force",
            "file_name",
            "purpose",
            "state",
            "uploaded_at",
            "read",
            "accepted",
            "rejected",
            "done",
            "washed_at",
            "register_as_at",
            "failure",
        )


class WashRowSerializer(serializers.ModelSerializer):
    """One row of a report, as the force may know it."""

    grade = serializers.SerializerMethodField()
    pot = serializers.SerializerMethodField()
    meaning = serializers.SerializerMethodField()
    referral = serializers.CharField(source="referral.reference", allow_null=True, default=None)

    class Meta:
        model = WashRow
        fields = ("id", "force_row_ref", "grade", "pot", "meaning", "referral")

    def get_grade(self, row: WashRow) -> str:
        return told_of(row).grade.value

    def get_pot(self, row: WashRow) -> str:
        return told_of(row).pot(row.pot)

    def get_meaning(self, row: WashRow) -> str:
        return told_of(row).words


class Started(serializers.Serializer):
    """The draft a row led to."""

    reference = serializers.CharField()

    def to_representation(self, instance: Any) -> dict[str, str]:
        return {"reference": instance.reference}

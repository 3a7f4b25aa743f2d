"""What the interface says of a progress report."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.reports.models import ProgressReport, ReportLine
from casework.reports.queries import lines_with_referrals
from nexus.api.shapes import Full, Shared


class ReportSummarySerializer(serializers.ModelSerializer):
    """A report in a list."""

    force = serializers.CharField(source="force.code")

    class Meta:
        model = ProgressReport
        fields: tuple[str, ...] = (
            "id",
            "force",
            "period_from",
            "period_to",
            "state",
            "built_at",
            "released_at",
            "acknowledged_at",
        )


class ReportedProgressSerializer(serializers.Serializer):
    """Something recorded in the period that the force may know."""

    on = serializers.DateField()
    text = serializers.CharField()


@extend_schema_field(ReportedProgressSerializer(many=True))
class ReportedProgressField(serializers.JSONField):
    """As the report keeps it."""


class ReportLineSerializer(serializers.ModelSerializer):
    """What the report says of one referral."""

    referral = serializers.CharField(source="referral.reference")
    initials = serializers.CharField(source="referral.subject_initials", read_only=True)
    referring_officer = serializers.CharField(source="referral.created_by.full_name", read_only=True)

    progress = ReportedProgressField(help_text="What was recorded in the period")

    class Meta:
        model = ReportLine
        exclude = ("id", "report")


class ReportSerializer(Shared, ReportSummarySerializer):
    """A report as its force reads it."""

    totals = serializers.DictField(child=serializers.IntegerField())
    lines = serializers.SerializerMethodField()

    class Meta(ReportSummarySerializer.Meta):
        fields = (*ReportSummarySerializer.Meta.fields, "totals", "lines")

    def get_lines(self, report: ProgressReport) -> ReportLineSerializer(many=True):  # type: ignore[valid-type]
        return ReportLineSerializer(lines_with_referrals(report), many=True).data


class CheckedReportSerializer(Full, ReportSerializer):
    """A report as the managers see it: also who released it and why it could not be built."""

    released_by = serializers.CharField(source="released_by.full_name", allow_null=True, default=None)

    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "failure", "attempts", "disclosure_check", "released_by")

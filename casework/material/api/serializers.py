"""What the interface says of Nexus material: one answer for the force, another for the Home Office.

What the force never reads (where it stands inside, reviews, checks, approval, appeals) is not in its serializers at all;
what the force has not sent yet is not in the Home Office's.
"""

from typing import Any

from rest_framework import serializers

from casework.material import queries, rules
from casework.material.actions.supplying import reasons_not_asked, reasons_not_to_supply
from casework.material.models import (
    AppealsReview,
    Approval,
    Ask,
    Check,
    Material,
    Message,
    Original,
    ParagraphChecked,
    Record,
    RecordChecked,
    Version,
)
from nexus.api.fields import name_of
from nexus.api.shapes import Full, Shared


class AskSerializer(serializers.ModelSerializer):
    """One thing asked of the force. `again`: what was sent before was not enough, and `what` says why."""

    asked_by = name_of("asked_by")

    class Meta:
        model = Ask
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "what",
            "why",
            "due_on",
            "again",
            "asked_by",
            "asked_at",
            "closed_at",
        )


class RecordSerializer(serializers.ModelSerializer):
    """An underlying police record; its bytes come from its page."""

    name = serializers.CharField(source="file.name")
    scan = serializers.CharField(source="file.scan")

    class Meta:
        model = Record
        fields = ("id", "description", "name", "scan")


class OriginalSerializer(serializers.ModelSerializer):
    """The file the text is sent with; its bytes come from its page. The text is what is checked."""

    name = serializers.CharField(source="file.name")

    class Meta:
        model = Original
        fields = ("id", "name", "marking", "text_taken")


class OwnAskSerializer(AskSerializer):
    """What is asked now, with what the force has written and attached and not sent."""

    original = serializers.SerializerMethodField(help_text="The file it is to be sent with")
    records = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="What it still lacks before it can be sent")

    class Meta(AskSerializer.Meta):
        fields = (*AskSerializer.Meta.fields, "draft_author", "draft_text", "original", "records", "missing")

    def get_original(self, ask: Ask) -> OriginalSerializer(allow_null=True):  # type: ignore[valid-type]
        original = queries.original_of(ask)
        return OriginalSerializer(original).data if original else None

    def get_records(self, ask: Ask) -> RecordSerializer(many=True):  # type: ignore[valid-type]
        return RecordSerializer(ask.records.select_related("file"), many=True).data

    def get_missing(self, ask: Ask) -> list[str]:
        return reasons_not_to_supply(ask)


class VersionLineSerializer(serializers.ModelSerializer):
    """A version the force sent."""

    class Meta:
        model = Version
        fields: tuple[str, ...] = ("id", "kind", "number", "author", "supplied_at")


class SentVersionSerializer(VersionLineSerializer):
    """A version as the force sent it."""

    original = serializers.SerializerMethodField(help_text="The file it was sent with")

    class Meta(VersionLineSerializer.Meta):
        fields = (*VersionLineSerializer.Meta.fields, "paragraphs", "original")

    def get_original(self, version: Version) -> OriginalSerializer(allow_null=True):  # type: ignore[valid-type]
        original = queries.original_of(version.ask)
        return OriginalSerializer(original).data if original else None


class MessageSerializer(serializers.ModelSerializer):
    """A question or an answer; both sides read it."""

    by = name_of("by")

    class Meta:
        model = Message
        fields = ("id", "text", "by", "from_force", "at")


class AskedLineSerializer(Shared, serializers.ModelSerializer):
    """Material in the force's list: what about, and what is asked now."""

    reference = serializers.CharField(source="case.referral.reference")
    case_owner = name_of("case.case_owner")
    asked = serializers.SerializerMethodField(help_text="What is asked now; null when nothing is")

    class Meta:
        model = Material
        fields: tuple[str, ...] = ("id", "reference", "title", "case_owner", "asked")

    def get_asked(self, material: Any) -> AskSerializer(allow_null=True):  # type: ignore[valid-type]
        return AskSerializer(material.open_asks[0]).data if material.open_asks else None


class AskedSerializer(AskedLineSerializer):
    """Material as its force reads it: what is asked, its draft, what it sent before, the thread."""

    asked = serializers.SerializerMethodField(help_text="What is asked now; null when nothing is")
    not_asked = serializers.SerializerMethodField(help_text="Why nothing can be written or sent now")
    agreed_format = serializers.SerializerMethodField(help_text="What a statement is checked against")
    versions = serializers.SerializerMethodField()
    thread = serializers.SerializerMethodField()

    class Meta(AskedLineSerializer.Meta):
        fields = (
            *AskedLineSerializer.Meta.fields,
            "not_asked",
            "agreed_format",
            "versions",
            "thread",
        )

    def get_asked(self, material: Any) -> OwnAskSerializer(allow_null=True):  # type: ignore[valid-type]
        return OwnAskSerializer(material.open_asks[0]).data if material.open_asks else None

    def get_not_asked(self, material: Material) -> list[str]:
        return reasons_not_asked(material)

    def get_agreed_format(self, material: Material) -> list[str]:
        return [point.instruction for point in rules.CHECKLIST.values()]

    def get_versions(self, material: Material) -> SentVersionSerializer(many=True):  # type: ignore[valid-type]
        return SentVersionSerializer(material.versions.select_related("ask"), many=True).data

    def get_thread(self, material: Material) -> MessageSerializer(many=True):  # type: ignore[valid-type]
        return MessageSerializer(material.messages.select_related("by"), many=True).data


class MaterialLineSerializer(Full, serializers.ModelSerializer):
    """Material in the Home Office's list: where it stands, what comes next and who must act."""

    reference = serializers.CharField(source="case.referral.reference")
    force = serializers.CharField(source="case.referral.force.code")
    case_owner = name_of("case.case_owner")
    due_on = serializers.DateField(allow_null=True, help_text="Of what the force is asked now")
    next = serializers.SerializerMethodField()
    who_must_act = serializers.SerializerMethodField()

    class Meta:
        model = Material
        fields: tuple[str, ...] = (
            "id",
            "reference",
            "force",
            "title",
            "state",
            "due_on",
            "changed_at",
            "case_owner",
            "next",
            "who_must_act",
        )

    def get_next(self, material: Material) -> str:
        return material.state_record.next_action.words

    def get_who_must_act(self, material: Material) -> str:
        return material.state_record.next_action.owner


class ApprovalSerializer(serializers.ModelSerializer):
    """A Senior Caseworker's approval of one version, locked by its hash."""

    approved_by = name_of("approved_by")
    version = serializers.IntegerField(source="version_id")

    class Meta:
        model = Approval
        fields = ("version", "sha256", "reasons", "approved_by", "approved_at")


class AppealsReviewSerializer(serializers.ModelSerializer):
    """What Specialist Appeals were asked about one version, and what they advise."""

    asked_by = name_of("asked_by")
    advised_by = name_of("advised_by")
    version = serializers.IntegerField(source="version_id")

    class Meta:
        model = AppealsReview
        fields = (
            "id",
            "version",
            "question",
            "asked_by",
            "asked_at",
            "issues",
            "advice",
            "advised_by",
            "advised_at",
        )


class MaterialSerializer(MaterialLineSerializer):
    """Material as casework reads it. The text of each version has an address of its own."""

    reviewed_by = name_of("reviewed_by")
    approval = ApprovalSerializer(allow_null=True)
    asks = serializers.SerializerMethodField()
    versions = serializers.SerializerMethodField()
    appeals_reviews = serializers.SerializerMethodField()
    thread = serializers.SerializerMethodField()

    class Meta(MaterialLineSerializer.Meta):
        fields = (
            *MaterialLineSerializer.Meta.fields,
            "relevant",
            "applicable",
            "review_reasons",
            "reviewed_by",
            "reviewed_at",
            "not_needed_because",
            "commissioned_at",
            "override_reason",
            "approval",
            "served_on",
            "served_how",
            "asks",
            "versions",
            "appeals_reviews",
            "thread",
        )

    def get_asks(self, material: Material) -> AskSerializer(many=True):  # type: ignore[valid-type]
        return AskSerializer(material.asks.select_related("asked_by"), many=True).data

    def get_versions(self, material: Material) -> VersionLineSerializer(many=True):  # type: ignore[valid-type]
        return VersionLineSerializer(material.versions, many=True).data

    def get_appeals_reviews(self, material: Material) -> AppealsReviewSerializer(many=True):  # type: ignore[valid-type]
        reviews = material.appeals_reviews.select_related("asked_by", "advised_by")
        return AppealsReviewSerializer(reviews, many=True).data

    def get_thread(self, material: Material) -> MessageSerializer(many=True):  # type: ignore[valid-type]
        return MessageSerializer(material.messages.select_related("by"), many=True).data


class ParagraphCheckedSerializer(serializers.ModelSerializer):
    """Whether one paragraph may be disclosed."""

    disclosable = serializers.CharField(help_text="yes, no or redacted")

    class Meta:
        model = ParagraphChecked
        fields = ("number", "disclosable", "to_redact", "remark")


class RecordCheckedSerializer(serializers.ModelSerializer):
    """Whether one record may be disclosed."""

    record = serializers.IntegerField(source="record_id")

    class Meta:
        model = RecordChecked
        fields = ("record", "disclosable")


class CheckSerializer(serializers.ModelSerializer):
    """The check that stands: the agreed format point by point, each paragraph, each record."""

    points = serializers.SerializerMethodField()
    paragraphs = ParagraphCheckedSerializer(many=True)
    records = RecordCheckedSerializer(many=True)
    checked_by = name_of("checked_by")

    class Meta:
        model = Check
        fields = ("points", "paragraphs", "records", "remarks", "removes_because", "checked_by", "checked_at")

    def get_points(self, check: Check) -> dict[str, bool]:
        return {point.code: point.met for point in check.points.all()}


class VersionSerializer(SentVersionSerializer):
    """A version with its records, the check that stands, and whether its hash still holds."""

    records = RecordSerializer(source="ask.records", many=True)
    holds = serializers.SerializerMethodField(
        help_text="Whether it is unchanged since it was sent, checked at this moment"
    )
    check = serializers.SerializerMethodField()

    class Meta(SentVersionSerializer.Meta):
        fields = (*SentVersionSerializer.Meta.fields, "sha256", "holds", "records", "check")

    def get_holds(self, version: Version) -> bool:
        return version.digest() == version.sha256

    def get_check(self, version: Version) -> CheckSerializer(allow_null=True):  # type: ignore[valid-type]
        check = queries.standing_check(version)
        return CheckSerializer(check).data if check else None

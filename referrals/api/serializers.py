"""What the interface says of a referral: one answer for who raised it, another for the Home Office.

Serializers here only read. What the force never sees is not in its serializers at all.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from nexus.api.shapes import BlankChoices, Full, Shared
from referrals.api.assessment import AssessmentSerializer, FrozenAssessmentField
from referrals.following import shared_progress, state_words
from referrals.models import (
    Alias,
    Attachment,
    ConductEvent,
    Nationality,
    Question,
    Referral,
    TriageDecision,
)
from referrals.queries import alerts_of, assessment_of, standing_decision
from referrals.rules.sections import SECTIONS


class AliasSerializer(serializers.ModelSerializer):
    class Meta:
        model = Alias
        fields = ("id", "name")


class NationalitySerializer(serializers.ModelSerializer):
    class Meta:
        model = Nationality
        fields = ("id", "code", "source")


class ConductEventSerializer(serializers.ModelSerializer):
    class Meta:
        model = ConductEvent
        exclude = ("referral",)


class AttachmentSerializer(serializers.ModelSerializer):
    """What is known of a document; its bytes come from its page."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    scan = serializers.CharField(source="file.scan_result")

    class Meta:
        model = Attachment
        fields = ("id", "name", "size", "scan", "description", "marking", "disclosable")


def section_serializer(key: str, fields: tuple[str, ...]) -> type[serializers.ModelSerializer]:
    """One section's own answers."""
    meta = type("Meta", (), {"model": Referral, "fields": fields, "read_only_fields": fields})
    return type(
        f"Section{key.title()}Serializer",
        (BlankChoices, serializers.ModelSerializer),
        {"Meta": meta, "__doc__": f"The answers of the section {key}."},
    )


class SectionsSerializer(serializers.Serializer):
    """The answers, section by section."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            section.key: section_serializer(section.key, section.fields)(source="*") for section in SECTIONS
        }


class QuestionSerializer(serializers.ModelSerializer):
    """A question to the force; `open` while it is waited for."""

    request = serializers.IntegerField(source="request_id", help_text="Questions asked together share it")
    question = serializers.CharField(source="text")
    owner = serializers.CharField(source="owner.full_name", help_text="Who at the force is asked")
    asked_at = serializers.DateTimeField(source="request.asked_at")
    open = serializers.BooleanField(source="is_open")
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="The hour, where it was asked while a custody clock ran"
    )

    class Meta:
        model = Question
        fields = (
            "id",
            "request",
            "question",
            "due_on",
            "due_at",
            "owner",
            "asked_at",
            "open",
            "answer",
            "answered_at",
            "withdrawn_at",
            "withdrawn_reason",
        )


class OutcomeSerializer(serializers.ModelSerializer):
    """What the force is told of a decision."""

    class Meta:
        model = TriageDecision
        fields = ("outcome", "destination", "reasons", "decided_at")


class DecisionSerializer(serializers.ModelSerializer):
    """The whole decision, its inside included."""

    decided_by = serializers.CharField(source="decided_by.full_name")
    held_by = serializers.CharField(source="held_by.code", allow_null=True, default=None)
    assessment = FrozenAssessmentField(help_text="What the rules showed, frozen")

    class Meta:
        model = TriageDecision
        fields = (
            "outcome",
            "destination",
            "reasons",
            "significant_impact",
            "impact_reasons",
            "balance",
            "scope_confirmation",
            "route",
            "significant_conviction",
            "police_statement",
            "held_by",
            "policy_version",
            "assessment",
            "decided_by",
            "decided_at",
        )


class SharedProgressSerializer(serializers.Serializer):
    """Something that happened to the case and may be told."""

    on = serializers.DateField()
    title = serializers.CharField()
    text = serializers.CharField()
    asked_of_force = serializers.CharField()


class ReferralLineSerializer(serializers.ModelSerializer):
    """A referral in the force's own list."""

    force = serializers.CharField(source="force.code")

    class Meta:
        model = Referral
        fields: tuple[str, ...] = (
            "reference",
            "own_reference",
            "state",
            "force",
            "channel",
            "surname",
            "forenames",
            "created_at",
            "changed_at",
            "submitted_at",
        )


class QueueLineSerializer(ReferralLineSerializer):
    """A referral in the triage queue."""

    claimed_by = serializers.CharField(source="claimed_by.full_name", allow_null=True, default=None)
    custody_ends_at = serializers.DateTimeField(allow_null=True)
    old_clock = serializers.SerializerMethodField(
        help_text="What is asked of a detention clock older than the law allows; empty where it is not"
    )

    class Meta(ReferralLineSerializer.Meta):
        fields = (
            *ReferralLineSerializer.Meta.fields,
            "claimed_by",
            "claimed_at",
            "custody_ends_at",
            "old_clock",
        )

    def get_old_clock(self, referral: Referral) -> str:
        return referral.detention_question(timezone.now())


class ReferralSerializer(Shared, ReferralLineSerializer):
    """A referral as those who raised it read it."""

    stage = serializers.SerializerMethodField(help_text="Where it is, in words")
    sections = SectionsSerializer(source="*")
    aliases = AliasSerializer(many=True)
    nationalities = NationalitySerializer(many=True)
    conduct = ConductEventSerializer(many=True)
    attachments = AttachmentSerializer(many=True)
    questions = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    contradictions = serializers.SerializerMethodField(help_text="What the answers say against each other")

    class Meta(ReferralLineSerializer.Meta):
        fields = (
            *ReferralLineSerializer.Meta.fields,
            "stage",
            "sections",
            "aliases",
            "nationalities",
            "conduct",
            "attachments",
            "questions",
            "decision",
            "progress",
            "contradictions",
        )

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, referral: Referral) -> Any:
        asked = Question.objects.filter(request__referral=referral).select_related("request", "owner")
        return QuestionSerializer(asked.order_by("request", "number"), many=True).data

    def get_contradictions(self, referral: Referral) -> list[str]:
        return [each.sentence for each in alerts_of(referral)]

    def get_stage(self, referral: Referral) -> str:
        return state_words(referral)

    def get_decision(self, referral: Referral) -> OutcomeSerializer(allow_null=True):  # type: ignore[valid-type]
        decision = standing_decision(referral)
        return OutcomeSerializer(decision).data if decision else None

    def get_progress(self, referral: Referral) -> SharedProgressSerializer(many=True):  # type: ignore[valid-type]
        return SharedProgressSerializer(shared_progress(referral), many=True).data


class WorkedReferralSerializer(Full, ReferralSerializer):
    """A referral as the Home Office works on it: who holds it, what the rules show, the whole decision."""

    claimed_by = serializers.CharField(source="claimed_by.full_name", allow_null=True, default=None)
    created_by = serializers.CharField(source="created_by.full_name")
    flag = serializers.CharField(source="flag.text", allow_null=True, default=None)
    flag_removed_at = serializers.DateTimeField(source="flag.removed_at", allow_null=True, default=None)
    allocated_to = serializers.SerializerMethodField()
    assessment = serializers.SerializerMethodField(help_text="What the rules show now; they decide nothing")

    class Meta(ReferralSerializer.Meta):
        fields = (
            *ReferralSerializer.Meta.fields,
            "created_by",
            "claimed_by",
            "claimed_at",
            "custody_ends_at",
            "flag",
            "flag_removed_at",
            "allocated_to",
            "assessment",
        )

    custody_ends_at = serializers.DateTimeField(allow_null=True)

    def get_decision(self, referral: Referral) -> DecisionSerializer(allow_null=True):  # type: ignore[valid-type]
        decision = standing_decision(referral)
        return DecisionSerializer(decision).data if decision else None

    def get_allocated_to(self, referral: Referral) -> str | None:
        allocation = referral.allocations.filter(ended_at=None).select_related("team").first()
        return allocation.team.code if allocation else None

    @extend_schema_field(AssessmentSerializer)
    def get_assessment(self, referral: Referral) -> Any:
        return AssessmentSerializer(assessment_of(referral)).data

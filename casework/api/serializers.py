"""What the interface says of a case. Nobody outside the Home Office reads any of this."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import Barrier, Case, CaseNote, CaseTask, ProgressEvent
from casework.parts import unfinished
from casework.readiness import reasons_not_ready
from nexus.accounts.models import User
from referrals.risks import risk_flags


class CaseworkerSerializer(serializers.ModelSerializer):
    """Somebody at work on a case; the id is what forms take."""

    class Meta:
        model = User
        fields = ("id", "full_name", "role")


class CaseLineSerializer(serializers.ModelSerializer):
    """A case in a list."""

    reference = serializers.CharField(source="referral.reference")
    force = serializers.CharField(source="referral.force.code")
    surname = serializers.CharField(source="referral.surname")
    forenames = serializers.CharField(source="referral.forenames")
    flag = serializers.CharField(source="referral.flag.text")
    flag_removed_at = serializers.DateTimeField(source="referral.flag.removed_at", allow_null=True)
    case_owner = CaseworkerSerializer(allow_null=True)
    next_action_by = CaseworkerSerializer(allow_null=True)

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            "reference",
            "state",
            "route",
            "force",
            "surname",
            "forenames",
            "flag",
            "flag_removed_at",
            "case_owner",
            "next_action",
            "next_action_on",
            "next_action_by",
            "opened_at",
            "last_progress_at",
        )


class BarrierSerializer(serializers.ModelSerializer):
    class Meta:
        model = Barrier
        fields = (
            *("id", "kind", "since", "details", "recorded_at", "lifted_at", "lifted_because"),
            *("outcome", "ended_on", "ended_reference", "court"),
        )


class TaskSerializer(serializers.ModelSerializer):
    owner = CaseworkerSerializer()

    class Meta:
        model = CaseTask
        fields = ("id", "title", "owner", "due_on", "done_at")


class UnfinishedSerializer(serializers.Serializer):
    """Something of the case that still goes on."""

    key = serializers.CharField(help_text="An outcome says why it goes on in the field carry_<key>")
    words = serializers.CharField(help_text="What it is, and how it is ended")


class CaseSerializer(CaseLineSerializer):
    """A case with what stands in its way and what is to be done."""

    barriers = BarrierSerializer(many=True)
    tasks = TaskSerializer(many=True)
    risks = serializers.SerializerMethodField(help_text="As the head of the case's pages says them")
    not_ready_for_removal = serializers.SerializerMethodField(
        help_text="Why the subject may not be removed yet"
    )

    still_goes_on = serializers.SerializerMethodField(
        help_text="What stands against an outcome until it is ended or carried over"
    )

    class Meta(CaseLineSerializer.Meta):
        fields = (
            *CaseLineSerializer.Meta.fields,
            "outcome",
            "outcome_on",
            "outcome_reasons",
            "closed_at",
            "barriers",
            "tasks",
            "risks",
            "not_ready_for_removal",
            "still_goes_on",
        )

    def get_risks(self, case: Case) -> list[str]:
        return risk_flags(case.referral)

    @extend_schema_field(UnfinishedSerializer(many=True))
    def get_still_goes_on(self, case: Case) -> Any:
        return UnfinishedSerializer(unfinished(case), many=True).data

    def get_not_ready_for_removal(self, case: Case) -> list[str]:
        return reasons_not_ready(case, today=timezone.localdate())


class ProgressSerializer(serializers.ModelSerializer):
    recorded_by = CaseworkerSerializer()

    class Meta:
        model = ProgressEvent
        fields = (
            "id",
            "kind",
            "happened_on",
            "text",
            "shared_with_force",
            "asked_of_force",
            "recorded_by",
            "recorded_at",
        )


class NoteSerializer(serializers.ModelSerializer):
    written_by = CaseworkerSerializer()

    class Meta:
        model = CaseNote
        fields = ("id", "text", "written_by", "written_at")


class LoadSerializer(serializers.Serializer):
    """What one case-owner has."""

    person = CaseworkerSerializer()
    nsa_accredited = serializers.BooleanField(source="person.nsa_accredited")
    total = serializers.IntegerField()
    overdue = serializers.IntegerField()
    stalled = serializers.IntegerField()
    stages = serializers.DictField(child=serializers.IntegerField())

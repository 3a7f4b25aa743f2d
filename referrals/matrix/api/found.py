"""What is asked of the matrix and what it found, as the schema says them: a subject as `manage.py assess` reads it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from referrals.api.assessment import LimbSerializer, sentences
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.terms import Flag, Scope, StatementNeed, Suitability
from referrals.subjects_json import SUBJECT

NAME = "MatrixSubject"
REFERENCE = {"$ref": f"#/components/schemas/{NAME}"}
WORDS = "One subject, by what the rules ask. It must name nobody: `id` is the force's own reference."


class ThresholdSerializer(serializers.Serializer):
    """A number by which it was assessed, and who set it."""

    number = serializers.IntegerField()
    unit = serializers.CharField()
    authority = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the name of a field of ours


class PolicySerializer(serializers.Serializer):
    """The policy by which it was assessed."""

    version = serializers.CharField()
    title = serializers.CharField()
    in_force_from = serializers.DateField()
    thresholds = serializers.DictField(child=ThresholdSerializer(), help_text="By name")


class CountedSerializer(serializers.Serializer):
    """Convictions inside the period. A guide only, and no condition."""

    counted = serializers.IntegerField()
    uk = serializers.IntegerField()
    overseas = serializers.IntegerField()
    court_occasions = serializers.IntegerField()
    guide_met = serializers.BooleanField()
    left_for_a_person = sentences("Criminal activity that the guide does not count")


class FoundSerializer(serializers.Serializer):
    """What the rules said of a subject that day. They decide nothing."""

    id = serializers.JSONField(help_text="As it was sent: text or a whole number")
    policy_version = serializers.CharField()
    scope = serializers.ChoiceField(choices=Scope.choices())
    limbs = LimbSerializer(many=True)
    suitability = serializers.ChoiceField(choices=Suitability.choices())
    persistence = CountedSerializer()
    police_statement = serializers.ChoiceField(choices=StatementNeed.choices())
    flag = serializers.ChoiceField(choices=Flag.choices())
    allocation = serializers.CharField()
    alerts = sentences()
    readings = serializers.DictField(child=serializers.CharField(), help_text="By what is quoted")
    matrix = serializers.ChoiceField(choices=MatrixOutcome.choices())
    policy = PolicySerializer()


@extend_schema_field(REFERENCE)
class SubjectField(serializers.JSONField):
    """As it was asked."""


@extend_schema_field(FoundSerializer)
class FoundField(serializers.JSONField):
    """As it was kept."""


def with_subject(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: the subject has a name."""
    result["components"]["schemas"][NAME] = {**SUBJECT, "description": WORDS}
    return result

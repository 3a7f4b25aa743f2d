"""What the rules show of a referral, whole: each limb with its state, its evidence and what would change it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from referrals.rules.policy import Topic
from referrals.rules.terms import Flag, Result, Scope, StatementNeed, Suitability

LIMB_NAMES = [(limb.value, f"Limb {limb.value}") for limb in (Topic.LIMB_1A, Topic.LIMB_1B, Topic.LIMB_2)]


def sentences(words: str = "") -> serializers.ListField:
    """Any number of them."""
    return serializers.ListField(child=serializers.CharField(), help_text=words)


class LimbSerializer(serializers.Serializer):
    """One limb of the test, beside the guidance's own sentence."""

    limb = serializers.ChoiceField(choices=LIMB_NAMES)
    result = serializers.ChoiceField(choices=Result.choices())
    evidence = sentences("What it rests on")
    would_change = sentences("What would make it another result")
    quotation = serializers.CharField()
    source = serializers.CharField(help_text="Where the guidance says so")  # type: ignore[assignment]
    reading = serializers.CharField(
        allow_blank=True, help_text="How we read words that leave room; empty where none do"
    )


class PersistenceSerializer(serializers.Serializer):
    """Convictions inside the period, beside how many the guide speaks of. A guide only, and no condition."""

    guide = serializers.IntegerField()
    period = serializers.CharField(help_text="In words")
    counted = serializers.IntegerField()
    uk = serializers.IntegerField()
    overseas = serializers.IntegerField()
    court_occasions = serializers.IntegerField()
    undated = serializers.IntegerField(help_text="Standing convictions without a date, which are not counted")
    guide_met = serializers.BooleanField()
    more_needed = serializers.IntegerField()
    left_for_a_person = sentences("Criminal activity that the guide does not count")


class AssessmentSerializer(serializers.Serializer):
    """What the rules show under the policy of the referral's reference date. They decide nothing."""

    policy_version = serializers.CharField()
    scope = serializers.ChoiceField(choices=Scope.choices())
    scope_reasons = sentences()
    limbs = LimbSerializer(many=True)
    suitability = serializers.ChoiceField(choices=Suitability.choices())
    persistence = PersistenceSerializer()
    police_statement = serializers.ChoiceField(choices=StatementNeed.choices())
    flag = serializers.ChoiceField(choices=Flag.choices())
    allocation = serializers.CharField()
    alerts = sentences()
    readings = serializers.DictField(
        child=serializers.CharField(),
        help_text="How the guidance is read where it matters for this subject, by what it is quoted for",
    )


@extend_schema_field(AssessmentSerializer)
class FrozenAssessmentField(serializers.JSONField):
    """What the rules showed when it was decided or proposed, as it was kept."""

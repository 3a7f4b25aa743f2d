"""Pairs that may be one person: list, read, judge; take a judgement back, merge on it, undo a merge."""

from typing import Any

from rest_framework import serializers

from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource
from referrals.duplicates.lists import PAIRS
from referrals.duplicates.models import Judgement, Merge, Pair
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.queries import beside
from referrals.duplicates.verbs import PAIR_VERBS
from referrals.models import Referral


class JudgementSerializer(serializers.ModelSerializer):
    """What an officer said of a pair."""

    by = serializers.CharField(source="by.full_name")
    taken_back_by = serializers.CharField(source="taken_back_by.full_name", allow_null=True, default=None)

    class Meta:
        model = Judgement
        fields = (
            "id",
            "verdict",
            "reason",
            "by",
            "at",
            "taken_back_by",
            "taken_back_at",
            "taken_back_reason",
        )


class SideSerializer(serializers.ModelSerializer):
    """One referral of a pair."""

    force = serializers.CharField(source="force.code")

    class Meta:
        model = Referral
        fields = ("reference", "force", "state", "surname", "forenames", "date_of_birth")


class PairSerializer(serializers.ModelSerializer):
    """A referral and another, or a person of the register, with how likely they are one person."""

    referral = SideSerializer()
    other = SideSerializer(allow_null=True)
    person = serializers.CharField(source="person.person_id", allow_null=True, default=None)
    judgements = JudgementSerializer(many=True, help_text="The one that stands was not taken back")

    class Meta:
        model = Pair
        fields: tuple[str, ...] = (
            "id",
            "referral",
            "other",
            "person",
            "probability",
            "found_at",
            "judgements",
        )


class ExplainedPairSerializer(PairSerializer):
    """A pair with why it is one."""

    reasons = serializers.SerializerMethodField(help_text="A sentence for each field that speaks")

    class Meta(PairSerializer.Meta):
        fields = (*PairSerializer.Meta.fields, "reasons")

    def get_reasons(self, pair: Pair) -> list[str]:
        return beside([pair], pair.other or pair.referral)[0].reasons


class MergeSerializer(serializers.ModelSerializer):
    """One referral leads and the other follows."""

    leading = serializers.CharField(source="leading.reference")
    follower = serializers.CharField(source="follower.reference")
    by = serializers.CharField(source="by.full_name")

    class Meta:
        model = Merge
        fields = ("id", "leading", "follower", "reason", "by", "at", "undone_at", "undone_reason")


pairs = Resource(
    noun="pair",
    plural="pairs",
    address="duplicates/<int:pair_id>/",
    key="pair_id",
    who_may=WHO_MAY,
    view="view_pairs",
    rows=PAIRS.seen,
    line=PairSerializer,
    shape=ExplainedPairSerializer,
    order=("-found_at",),
    filters={"referral": Filter(("referral__reference", "other__reference"))},
    audit="duplicates",
    subject=lambda pair: pair.other or pair.referral,
    verbs=PAIR_VERBS,
)


def its_pair(request: Call, said: Judgement) -> dict[str, Any]:
    return pairs.shown(request, pairs.find(request, pair_id=said.pair_id))


def as_merge(request: Call, made: Merge) -> dict[str, Any]:
    return dict(MergeSerializer(made).data)

"""Pairs that may be one person: list, read, judge; take a judgement back, merge on it, undo a merge."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers

from nexus.accounts.models import User
from nexus.api.before import Verb
from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource
from referrals.duplicates import actions
from referrals.duplicates.forms import JudgeForm, MergeForm, TakeBackForm, UndoMergeForm
from referrals.duplicates.models import Judgement, Merge, Pair
from referrals.duplicates.permissions import WHO_MAY
from referrals.duplicates.queries import beside
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


def visible(user: User) -> QuerySet[Pair]:
    """The pairs that exist for this person."""
    said = Judgement.objects.select_related("by", "taken_back_by")
    sides = (f"{side}__{name}" for side in ("referral", "other") for name in ("force", "claimed_by"))
    found = Pair.objects.visible_to(user).select_related("person", *sides)
    return found.prefetch_related(Prefetch("judgements", said))


pairs = Resource(
    noun="pair",
    plural="pairs",
    address="duplicates/<int:pair_id>/",
    key="pair_id",
    who_may=WHO_MAY,
    view="view_pairs",
    rows=visible,
    line=PairSerializer,
    shape=ExplainedPairSerializer,
    order=("-found_at",),
    filters={"referral": Filter(("referral__reference", "other__reference"))},
    audit="duplicates",
    subject=lambda pair: pair.other or pair.referral,
    verbs={"judge": Verb(actions.judge, JudgeForm)},
)


def find_judgement(request: Call, judgement_id: int) -> Judgement:
    """The judgement, or Http404 outside what the person sees."""
    seen = Judgement.objects.visible_to(request.user).select_related(
        "pair__referral__force", "pair__other__force"
    )
    return get_object_or_404(seen, pk=judgement_id)


def its_pair(request: Call, said: Judgement) -> dict[str, Any]:
    return pairs.shown(request, pairs.find(request, pair_id=said.pair_id))


def both(said: Judgement, request: Call) -> dict[str, Any]:
    """Which of the two leads is chosen among these."""
    return {"referrals": [each for each in (said.pair.referral, said.pair.other) if each]}


JUDGEMENT_VERBS = {
    "take_back": Verb(actions.take_back, TakeBackForm),
    "merge": Verb(actions.merge, MergeForm, both),
}


def find_merge(request: Call, merge_id: int) -> Merge:
    """The merge, or Http404 outside what the person sees."""
    seen = Merge.objects.visible_to(request.user).select_related("leading", "follower", "by")
    return get_object_or_404(seen, pk=merge_id)


def as_merge(request: Call, made: Merge) -> dict[str, Any]:
    return dict(MergeSerializer(made).data)


MERGE_VERBS = {"undo_merge": Verb(actions.undo_merge, UndoMergeForm, at="undo/")}

"""A decision that a second officer reads first: propose, list, read, agree, return, take back (ADR 0018)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start
from referrals import actions
from referrals.actions.second_reading import reasons_not_to_agree
from referrals.api.assessment import FrozenAssessmentField
from referrals.api.referrals import referrals
from referrals.lists import PROPOSED
from referrals.models import Outcome, Proposal
from referrals.permissions import PROPOSALS
from referrals.states import ProposalState
from referrals.triage.earlier import earlier_proposals
from referrals.verbs import SECOND_READING, as_proposed


class ProposalLineSerializer(serializers.ModelSerializer):
    """A proposed decision in a list."""

    reference = serializers.CharField(source="referral.reference")
    force = serializers.CharField(source="referral.force.code")
    proposed_by = serializers.CharField(source="proposed_by.full_name")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = (
            "id",
            "reference",
            "force",
            "state",
            "outcome",
            "cause",
            "proposed_by",
            "proposed_at",
        )


class DifferenceSerializer(serializers.Serializer):
    """What one part of the text said, and what it says."""

    what = serializers.CharField(help_text="The part of the text")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class EarlierSerializer(serializers.Serializer):
    """A decision that was proposed before: by whom, why, and what has changed since."""

    title = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    reasons = serializers.CharField()
    since = serializers.ListField(child=serializers.CharField(), help_text="What else has happened, in words")
    changes = DifferenceSerializer(many=True)


class ProposalSerializer(ProposalLineSerializer):
    """A proposed decision in full, with what the rules showed when it was made."""

    held_by = serializers.CharField(source="held_by.code", allow_null=True, default=None)
    read_by = serializers.CharField(source="read_by.full_name", allow_null=True, default=None)
    assessment = FrozenAssessmentField(help_text="What the rules showed, frozen")
    changed = serializers.SerializerMethodField(
        help_text="What has changed beneath it, so that nobody may agree"
    )

    earlier = serializers.SerializerMethodField(
        help_text="What was proposed before, what became of it and why, the latest first"
    )

    class Meta(ProposalLineSerializer.Meta):
        fields = (
            *ProposalLineSerializer.Meta.fields,
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
            "changed",
            "read_by",
            "read_at",
            "because",
            "earlier",
        )

    @extend_schema_field(EarlierSerializer(many=True))
    def get_earlier(self, proposal: Proposal) -> list[dict[str, Any]]:
        return [each.as_told() for each in earlier_proposals(proposal)]

    def get_changed(self, proposal: Proposal) -> list[str]:
        return [] if proposal.reasons_not_to_move("agree") else reasons_not_to_agree(proposal)


def a_start(at: str, decision: str, outcome: Outcome, summary: str) -> Start:
    """The proposal of one outcome, with the form by which it would be decided."""
    return Start(
        permission="propose",
        verb=as_proposed(decision, outcome, actions.propose),
        address=f"referrals/<slug:reference>/{at}/",
        find=referrals.find,
        ids=lambda referral: {"referral_id": referral.pk},
        summary=summary,
    )


proposals = Resource(
    noun="proposal",
    plural="proposals",
    address="proposals/<int:proposal_id>/",
    key="proposal_id",
    who_may=PROPOSALS,
    view="view_proposals",
    rows=PROPOSED.seen,
    line=ProposalLineSerializer,
    shape=ProposalSerializer,
    order=("-proposed_at",),
    filters={"state": Filter("state", ProposalState.values)},
    starts={
        "referral_propose_acceptance": a_start(
            "propose-acceptance", "accept", Outcome.ACCEPTED, "Propose to accept the referral"
        ),
        "referral_propose_refusal": a_start(
            "propose-refusal", "not_accept", Outcome.NOT_ACCEPTED, "Propose not to accept the referral"
        ),
    },
    verbs=SECOND_READING,
)

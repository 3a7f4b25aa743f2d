"""A decision that a second officer reads first: propose, list, read, agree, return, take back (ADR 0018)."""

from collections.abc import Callable, Mapping
from functools import partial, update_wrapper
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from nexus.accounts.models import User
from nexus.api.before import Verb
from nexus.api.resources import Filter, Resource
from nexus.api.verbs import Start
from nexus.ui.forms import GovukForm, Look, TextField
from referrals import actions
from referrals.actions.second_reading import reasons_not_to_agree
from referrals.api.finding import find as find_referral
from referrals.forms.follow import LONG
from referrals.forms.triage import AcceptForm, NotAcceptForm, RecallForm, SecondReadingForm
from referrals.models import Outcome, Proposal
from referrals.permissions import PROPOSALS
from referrals.states import ProposalState


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


class ProposalSerializer(ProposalLineSerializer):
    """A proposed decision in full, with what the rules showed when it was made."""

    held_by = serializers.CharField(source="held_by.code", allow_null=True, default=None)
    read_by = serializers.CharField(source="read_by.full_name", allow_null=True, default=None)
    changed = serializers.SerializerMethodField(
        help_text="What has changed beneath it, so that nobody may agree"
    )

    class Meta(ProposalLineSerializer.Meta):
        fields = (
            *ProposalLineSerializer.Meta.fields,
            "reasons",
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
        )

    def get_changed(self, proposal: Proposal) -> list[str]:
        return [] if proposal.reasons_not_to_move("agree") else reasons_not_to_agree(proposal)


class AgreeForm(GovukForm):
    """Agree to exactly what is proposed."""

    remarks = SecondReadingForm.base_fields["remarks"]


class SendBackForm(GovukForm):
    """Why it is returned to its proposer."""

    reasons = TextField(label="Your reasons", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {"reasons": Look(missing="Enter why you return the proposed decision")}


def visible(user: User) -> QuerySet[Proposal]:
    """The proposals that exist for this person."""
    people = ("proposed_by", "read_by", "held_by", "referral__claimed_by", "referral__created_by")
    return Proposal.objects.visible_to(user).select_related("referral__force", *people)


def proposing(outcome: Outcome) -> Callable[..., Proposal]:
    act = partial(actions.propose, outcome=outcome)
    return update_wrapper(act, actions.propose)


def a_start(at: str, outcome: Outcome, form: type[Any]) -> Start:
    """The proposal of one outcome, with the form by which it would be decided."""
    return Start(
        permission="propose",
        verb=Verb(proposing(outcome), form),
        address=f"referrals/<slug:reference>/{at}/",
        find=find_referral,
        ids=lambda referral: {"referral_id": referral.pk},
    )


proposals = Resource(
    noun="proposal",
    plural="proposals",
    address="proposals/<int:proposal_id>/",
    key="proposal_id",
    who_may=PROPOSALS,
    view="view_proposals",
    rows=visible,
    line=ProposalLineSerializer,
    shape=ProposalSerializer,
    order=("-proposed_at",),
    filters={"state": Filter("state", ProposalState.values)},
    starts={
        "referral_propose_acceptance": a_start("propose-acceptance", Outcome.ACCEPTED, AcceptForm),
        "referral_propose_refusal": a_start("propose-refusal", Outcome.NOT_ACCEPTED, NotAcceptForm),
    },
    verbs={
        "agree": Verb(actions.agree, AgreeForm),
        "send_back": Verb(actions.send_back, SendBackForm),
        "recall": Verb(actions.recall, RecallForm),
    },
)

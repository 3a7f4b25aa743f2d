"""A decision put to a second reader before it is made."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from nexus.accounts.models import User
from nexus.fsm import StateChange, StateModel, state_check, state_field, state_guards
from nexus.row_security import with_its
from referrals.models.decisions import (
    DecisionContent,
    Outcome,
    TriageDecision,
    a_complete_acceptance,
    not_read_by_who_raised_it,
)
from referrals.models.referral import Referral
from referrals.permissions import ProposalQuerySet
from referrals.rules.second_reading import Cause
from referrals.states import PROPOSAL_MOVES, PROPOSAL_STATES, ProposalState

# Everything else is written once: another text is another proposal.
CHANGES = ("state", "read_by", "read_at", "because", "decision")


class Proposal(StateModel, DecisionContent):
    """What the officer who holds the referral would decide. It decides nothing until another agrees.

    `bound_to` is the hash of what it says and of what it rests on: the referral as it stood, who held it,
    what the rules showed. `because` is what the second reader wrote, or why it is void.
    """

    STATES = PROPOSAL_STATES
    MOVES = PROPOSAL_MOVES
    NOUN = "proposal"

    state = state_field(ProposalState, ProposalState.PROPOSED)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="proposals")
    cause = models.CharField("why it is read twice", max_length=15, choices=Cause.choices())
    bound_to = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals_made")
    proposed_at = models.DateTimeField()
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="proposals_read")
    read_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    decision = models.OneToOneField(
        TriageDecision, on_delete=models.PROTECT, null=True, related_name="proposal"
    )

    objects = ProposalQuerySet.as_manager()

    SEEN_BY = with_its("referral")

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            state_check(ProposalState, name="proposal_state_is_known"),
            a_complete_acceptance("a_proposed_acceptance_is_complete"),
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.ACCEPTED, Outcome.NOT_ACCEPTED]),
                name="a_redirection_is_not_proposed",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="no_proposal_without_reasons"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state=ProposalState.PROPOSED), name="one_standing_proposal"
            ),
            models.CheckConstraint(
                condition=~Q(read_by=F("proposed_by")), name="nobody_reads_their_own_proposal"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ProposalState.AGREED, ProposalState.RETURNED],
                    read_by__isnull=False,
                    read_at__isnull=False,
                )
                | Q(
                    state__in=[ProposalState.PROPOSED, ProposalState.VOID],
                    read_by__isnull=True,
                    read_at__isnull=True,
                ),
                name="a_read_proposal_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.AGREED, decision__isnull=False)
                | (~Q(state=ProposalState.AGREED) & Q(decision__isnull=True)),
                name="only_an_agreed_proposal_is_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.RETURNED, ProposalState.VOID]) | ~Q(because=""),
                name="what_ends_a_proposal_is_said",
            ),
        ]
        triggers = [
            *state_guards(PROPOSAL_MOVES.values(), initial=ProposalState.PROPOSED),
            pgtrigger.ReadOnly(name="a_proposal_is_written_once", exclude=[*CHANGES]),
            pgtrigger.Protect(name="proposals_stay", operation=pgtrigger.Delete),
            not_read_by_who_raised_it("read_by_id"),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"

    def agree(self, *, by: User, now: datetime, decision: TriageDecision, because: str) -> None:
        self.read_by, self.read_at, self.decision, self.because = by, now, decision, because

    def send_back(self, *, by: User, now: datetime, because: str) -> None:
        self.read_by, self.read_at, self.because = by, now, because

    def recall(self, *, by: User, now: datetime, because: str) -> None:
        self.because = because

    def lapse(self, *, by: User | None, now: datetime, because: str) -> None:
        self.because = because


class ProposalChange(StateChange):
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = with_its("proposal")

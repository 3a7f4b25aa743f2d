"""Who may see a referral, and who may do what to it."""

from django.db import models
from django.db.models import Q

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import CASEWORK_ROLES, Role
from referrals.states import ProposalState, State

RAISES = frozenset({Role.POLICE_OFFICER, Role.FORCE_LEAD, Role.IMMIGRATION_OFFICER})
TRIAGES = frozenset({Role.REFERRALS_OFFICER})

WHO_MAY = WhoMay(
    {
        "start": RAISES,
        "edit": RAISES,
        "submit": RAISES,
        "withdraw": RAISES,
        "add_information": RAISES,
        "answer_information": RAISES,
        "reassign_question": RAISES,
        "claim": TRIAGES,
        "release": TRIAGES | {Role.MANAGER},
        "take_next": TRIAGES,
        "hand_over": TRIAGES | {Role.MANAGER},
        "request_information": TRIAGES,
        "withdraw_question": TRIAGES,
        "take_back": TRIAGES,
        "accept": TRIAGES,
        "not_accept": TRIAGES,
        "redirect": TRIAGES,
        "reopen": TRIAGES,
        "remove_flag": TRIAGES,
        "set_flag_again": TRIAGES,
        "add_note": TRIAGES | CASEWORK_ROLES,
        # A recorded fact that was wrong, and what follows.
        "correct": TRIAGES | {Role.CASE_OWNER, Role.SENIOR_CASEWORKER},
        # Who sees any at all; which, says `referrals_seen_by`.
        "view": RAISES | TRIAGES | CASEWORK_ROLES,
        # Home Office working views: the queue, the rules beside the referral, the decision's inside.
        "view_queue": TRIAGES | {Role.MANAGER},
        "view_assessment": TRIAGES | CASEWORK_ROLES,
        "view_flags": TRIAGES | CASEWORK_ROLES | {Role.CRIMINAL_CASEWORK},
    }
)

# A decision put to a second reader. That the two are two people is a rule of the actions.
PROPOSALS = WhoMay(
    {
        "view_proposals": TRIAGES | {Role.MANAGER},
        "propose": TRIAGES,
        "agree": TRIAGES,
        "send_back": TRIAGES,
        "recall": TRIAGES,
    }
)


def referrals_seen_by(user: User, path: str = "") -> Q:
    """Which referrals exist for this person. Everything else is 404. `path` leads to the referral.

    Police: their own force's. Immigration officers: those they raised. The Referrals Office and
    managers: every one the force has sent. Liverpool's roles: those accepted, and what follows them as of the
    same person. Others: none.
    """
    match user.role:
        case Role.POLICE_OFFICER | Role.FORCE_LEAD:
            return Q((f"{path}force_id", user.force_id))
        case Role.IMMIGRATION_OFFICER:
            return Q((f"{path}created_by_id", user.pk))
        case Role.REFERRALS_OFFICER | Role.MANAGER:
            return Q((f"{path}submitted_at__isnull", False))
        case Role.CASE_OWNER | Role.SENIOR_CASEWORKER | Role.CIO_HMI | Role.SPECIALIST_APPEALS:
            return Q((f"{path}state", State.ACCEPTED)) | Q((f"{path}follows__state", State.ACCEPTED))
        case _:
            return Q(pk__in=())


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ReferralQuerySet":
        return self.filter(referrals_seen_by(user))


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "QuestionQuerySet":
        """The questions of the referrals this person sees."""
        return self.filter(referrals_seen_by(user, "request__referral__"))

    def open(self) -> "QuestionQuerySet":
        """Those the Referrals Office still waits for."""
        return self.filter(answered_at=None, withdrawn_at=None, request__closed_at=None)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ProposalQuerySet":
        """The Referrals Office and managers see all, others none: a proposal is not a decision yet."""
        return self.filter(Q() if user.role in PROPOSALS["view_proposals"] else Q(pk__in=()))

    def standing(self) -> "ProposalQuerySet":
        """Those that wait for a second reader."""
        return self.filter(state=ProposalState.PROPOSED)


class FlagQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "FlagQuerySet":
        """Who may look a flag up sees every flag, and of its referral only what the flag page shows:
        "CC case-owners should be aware of the flag and what it signifies" (p. 12)."""
        return self.filter(Q() if user.role in WHO_MAY["view_flags"] else Q(pk__in=()))

    def standing(self) -> "FlagQuerySet":
        """Those that have not been removed: at most one a referral."""
        return self.filter(removed_at=None)

    def latest_of_each(self) -> "FlagQuerySet":
        """Of each referral the flag that stands, or the one removed last."""
        later = self.model._default_manager.filter(
            referral=models.OuterRef("referral"), pk__gt=models.OuterRef("pk")
        )
        return self.exclude(models.Exists(later))

"""Which changes of a referral a program may follow, and which of them its force is told of."""

from django.db.models import QuerySet

from nexus.accounts.models import User
from nexus.parts import Follow, happened
from referrals.actions.draft import ROWS
from referrals.models import Proposal, Referral, SpecialConditionsFlag
from referrals.permissions import PROPOSALS, WHO_MAY
from referrals.states import MOVES

# What the force itself does to its draft; what it reads of the work on it (referrals/following.py) is in MOVES.
OF_A_DRAFT = (
    "referral.started",
    "referral.changed",
    "referral.answered",
    "referral.added_to",
    "referral.question_reassigned",
)
OF_ROWS = tuple(
    f"referral.{kind}_{done}" for kind in ROWS for done in ("added", "changed", "removed", "restored")
)
OF_MOVES = tuple(f"referral.{move.done}" for move in MOVES.values() if move.force_title)
TOLD = (
    "referral.asked_about",
    "referral.question_withdrawn",
    "referral.correction_told",
    "referral.progress_shared",
)
FLAG = ("flag.removed", "flag.set_again")


def flags_seen_by(by: User) -> "QuerySet[SpecialConditionsFlag]":
    """Those of the referrals a person sees: what happens to its flag changes a referral."""
    return SpecialConditionsFlag.objects.filter(referral__in=Referral.objects.visible_to(by))


FOLLOWS = (
    Follow(
        kind="referral",
        model="referrals.referral",
        rows=lambda by: Referral.objects.visible_to(by),
        roles=WHO_MAY["view"],
        name="reference",
        told_to_force=happened(*OF_A_DRAFT, *OF_ROWS, *OF_MOVES, *TOLD),
    ),
    Follow(
        kind="referral",
        model="referrals.specialconditionsflag",
        rows=flags_seen_by,
        roles=WHO_MAY["view"],
        name="referral__reference",
        told_to_force=happened(*FLAG),
    ),
    Follow(
        kind="proposal",
        model="referrals.proposal",
        rows=lambda by: Proposal.objects.visible_to(by),
        roles=PROPOSALS["view_proposals"],
    ),
)

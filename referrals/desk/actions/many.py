"""One verb on many referrals: each with its own permission and entry, and none that changed meanwhile.

Nobody accepts or refuses many at once: a decision is about one person, with reasons of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.refusals import Refused
from referrals import actions
from referrals.actions.triage import reasons_not_to_hand_over, reasons_not_to_release
from referrals.desk.permissions import WHO_MAY
from referrals.models import Proposal, Referral
from referrals.queue import stamp
from referrals.states import ProposalState

MOST = 100  # referrals at once
REASONS: dict[str, Callable[[Referral, User], list[str]]] = {
    "release": reasons_not_to_release,
    "hand_over": reasons_not_to_hand_over,
}


@dataclass(frozen=True)
class Chosen:
    """A referral as it was shown: `queue.stamp` of that moment."""

    referral_id: int
    stamp: str


@dataclass(frozen=True)
class Outcome:
    """What will become, or became, of one of them; `why_not` is empty when it goes through."""

    referral: Referral
    stamp: str
    why_not: list[str] = field(default_factory=list)


def preview(chosen: Iterable[Chosen], verb: str, by: User) -> list[Outcome]:
    """What would and would not change, and why. What `by` may not see is left out."""
    stamps = {each.referral_id: each.stamp for each in chosen}
    referrals = Referral.objects.visible_to(by).select_related("force", "claimed_by").filter(pk__in=stamps)
    return [
        Outcome(
            each,
            stamps[each.pk],
            reasons_changed(each, stamps[each.pk]) or REASONS[verb](each, by),
        )
        for each in referrals.order_by("pk")
    ]


def proposals_ended(outcomes: Iterable[Outcome]) -> int:
    """How many decisions proposed to a second reader become void with it: `lapse` ends them, whatever the verb."""
    going = [each.referral.pk for each in outcomes if not each.why_not]
    return Proposal.objects.filter(referral__in=going, state=ProposalState.PROPOSED).count()


def reasons_changed(referral: Referral, seen_stamp: str) -> list[str]:
    if stamp(referral) == seen_stamp:
        return []
    held = f", held by {referral.claimed_by}" if referral.claimed_by else ""
    return [f"It has changed since you saw it: now “{referral.get_state_display()}”{held}."]


def release_many(*, chosen: Iterable[Chosen], by: User, now: datetime, reason: str = "") -> list[Outcome]:
    """Give each back to the queue that is still as it was shown."""
    WHO_MAY.permit("release_many", by)
    return one_by_one(chosen, by, lambda pk: actions.release(referral_id=pk, by=by, now=now, reason=reason))


def hand_over_many(
    *, chosen: Iterable[Chosen], by: User, now: datetime, to: User, reason: str = ""
) -> list[Outcome]:
    """Give each to a named officer that is still as it was shown."""
    WHO_MAY.permit("hand_over_many", by)
    return one_by_one(
        chosen, by, lambda pk: actions.hand_over(referral_id=pk, by=by, now=now, to=to, reason=reason)
    )


def one_by_one(chosen: Iterable[Chosen], by: User, act: Callable[[int], Referral]) -> list[Outcome]:
    """Each in a savepoint of its own, always in the same order, so that two at once never block each other."""
    found = []
    for each in sorted(chosen, key=lambda each: each.referral_id)[:MOST]:
        outcome = one(each, by, act)
        if outcome:
            found.append(outcome)
    return found


def one(chosen: Chosen, by: User, act: Callable[[int], Referral]) -> Outcome | None:
    seen = Referral.objects.visible_to(by).select_for_update(of=("self",)).select_related("force")
    with transaction.atomic():
        referral = seen.filter(pk=chosen.referral_id).first()
        if referral is None:
            return None
        changed = reasons_changed(referral, chosen.stamp)
        if changed:
            return Outcome(referral, chosen.stamp, changed)
        try:
            with transaction.atomic():
                return Outcome(act(referral.pk), chosen.stamp)
        except Refused as refused:
            return Outcome(referral, chosen.stamp, refused.reasons)

"""Two referrals of one person: one leads, the other follows, until it is undone. See ADR 0020.

"Nothing merges by itself" (domain brief): a named officer does it with a reason, after somebody has said that it is
one person. Both references go on working, and each force sees its own referral and nothing of the other.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from nexus.scope import SYSTEM, scope
from referrals import telling
from referrals.duplicates.actions.judge import lock_judgement
from referrals.duplicates.models import Judgement, Merge, Verdict
from referrals.duplicates.permissions import WHO_MAY
from referrals.models import Referral
from referrals.queries import standing_proposal
from referrals.states import UNDECIDED, State

LEADS = (*UNDECIDED, State.ACCEPTED)  # an accepted referral has a case, where what follows it belongs


def reasons_not_linked(judgement: Judgement) -> list[str]:
    """Only two referrals of which it stands that they are one person are merged."""
    if judgement.taken_back_at:
        return [f"{judgement.taken_back_by} has taken back that this is the same person."]
    if judgement.verdict != Verdict.SAME or judgement.pair.other is None:
        return ["Only two referrals that are linked as the same person can be merged."]
    return []


def reasons_not_to_merge(leading: Referral, follower: Referral, by: User) -> list[str]:
    """Why the one cannot lead the other now."""
    reasons = []
    if leading.state not in LEADS:
        reasons.append(f"{leading} is now “{leading.get_state_display()}”, so nothing can follow it.")
    if follower.state not in UNDECIDED:
        reasons.append(f"{follower} is now “{follower.get_state_display()}”, so it cannot follow another.")
    for each in (leading, follower):
        if each.follows:
            reasons.append(f"{each} already follows {each.follows}. Undo that merge first.")
    if follower.followers.exists():
        reasons.append(f"{follower} leads others. Undo those merges first, or let it lead.")
    return reasons or [
        *reasons_in_other_hands(leading, by),
        *reasons_in_other_hands(follower, by),
    ]


def reasons_in_other_hands(referral: Referral, by: User) -> list[str]:
    """What is in triage is its officer's, and a decision that waits for its second reader is about what it said."""
    if referral.state not in UNDECIDED:
        return []
    if referral.claimed_by_id not in (None, by.pk):
        return [f"{referral.claimed_by} holds {referral}. Ask them to merge, or to hand it over to you."]
    if standing_proposal(referral):
        return [f"A decision has been proposed on {referral}. Take it back first."]
    return []


@transaction.atomic
def merge(*, judgement_id: int, by: User, now: datetime, leading: str, reason: str) -> Merge:
    """Let the referral of the reference `leading` lead, and the other of the pair follow it.

    Neither changes its state: the follower waits as it is. Raises Judgement.DoesNotExist, PermissionDenied, Refused.
    """
    judgement = lock_judgement(judgement_id, by=by, verb="merge")
    refuse_if(reasons_not_linked(judgement))
    leader, follower = sides(judgement, leading)
    refuse_if(reasons_not_to_merge(leader, follower, by) or wordless(reason, "Enter why you merge them."))
    made = Merge.objects.create(
        judgement=judgement, leading=leader, follower=follower, reason=reason.strip(), by=by, at=now
    )
    follower.follows = leader
    follower.save(update_fields=["follows"])
    _record("duplicates.merged", made, by, now)
    if leader.state == State.ACCEPTED:
        telling.carried_on(follower, now=now, key=f"merge:{made.pk}")
    return made


def sides(judgement: Judgement, leading: str) -> tuple[Referral, Referral]:
    """The leading and the following referral of a pair, both locked, always in one order."""
    pks = [judgement.pair.referral_id, judgement.pair.other_id]
    both = Referral.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    one, other = both.select_related("follows", "claimed_by")
    refuse_if([] if leading in (str(one), str(other)) else ["Select which of the two referrals leads."])
    return (one, other) if leading == str(one) else (other, one)


def reasons_not_to_undo(made: Merge) -> list[str]:
    if made.undone_at is None:
        return []
    return [f"{made.undone_by or 'The service'} has already undone this merge: {made.undone_reason}"]


@transaction.atomic
def undo_merge(*, merge_id: int, by: User, now: datetime, reason: str) -> Merge:
    """The follower is triaged on its own again, in the state it has been in all along. Raises as `merge`.

    Also after the leading referral was accepted: were it not one person, nobody else would ever triage it.
    """
    made = Merge.objects.visible_to(by).get(pk=merge_id)
    WHO_MAY.permit("undo_merge", by)
    locked(Referral.objects.filter(pk=made.follower_id))
    made = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    refuse_if(reasons_not_to_undo(made) or wordless(reason, "Enter why you undo the merge."))
    return _undo(made, by=by, now=now, reason=reason.strip())


def let_go(*, referral: Referral, by: User, now: datetime) -> None:
    """What NEXUS_ON_WITHDRAWAL names: a force may withdraw its referral at any time, merged or not."""
    with scope(SYSTEM):  # a merge crosses forces
        locked(referral.followers.all())
        standing = Merge.objects.standing().select_for_update(of=("self",))
        for made in standing.filter(Q(leading=referral) | Q(follower=referral)).order_by("pk"):
            _undo(made, by=None, now=now, reason=f"The force withdrew {referral}.")
    referral.follows = None


def locked(referrals: QuerySet[Referral]) -> list[Referral]:
    """Always before the merges themselves, so that a withdrawal and an undoing never wait for each other."""
    return list(referrals.select_for_update(of=("self",)).order_by("pk"))


def _undo(made: Merge, *, by: User | None, now: datetime, reason: str) -> Merge:
    follower = Referral.objects.get(pk=made.follower_id)
    follower.follows = None
    follower.save(update_fields=["follows"])
    made.undone_by, made.undone_at, made.undone_reason = by, now, reason
    made.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    _record("duplicates.merge_undone", made, by, now)
    return made


def _record(kind: str, made: Merge, by: User | None, now: datetime) -> None:
    """A combination of personal data, in the history of both. The reason tells of a person: it stays with the row."""
    detail = {"merge": made.pk, "leading": made.leading_id, "follower": made.follower_id}
    for referral in (made.leading, made.follower):
        record(kind=kind, by=by, subject=referral, now=now, detail=detail)

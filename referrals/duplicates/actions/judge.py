"""A named officer says whether a pair is one person, and may take it back.

It changes neither referral: both references keep working and no state moves. "A rule never
decides: a named person does, with reasons" (domain brief).
"""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from nexus.steps import Lock
from referrals.duplicates.models import Judgement, Pair, Verdict
from referrals.duplicates.permissions import WHO_MAY

AUDIT_KINDS = {Verdict.SAME: "duplicates.linked", Verdict.NOT_SAME: "duplicates.told_apart"}
AUDIT_KINDS_TAKEN_BACK = {
    Verdict.SAME: "duplicates.unlinked",
    Verdict.NOT_SAME: "duplicates.told_apart_taken_back",
}

lock_pair = Lock(Pair, WHO_MAY)
lock_judgement = Lock(Judgement, WHO_MAY)


@transaction.atomic
def judge(*, pair_id: int, by: User, now: datetime, verdict: str, reason: str) -> Judgement:
    """Say of a pair that it is one person, or that it is not. Not the same is not asked again.

    Raises Pair.DoesNotExist outside what `by` may see, PermissionDenied where the role may not, Refused when
    somebody has said it already or no reason is given.
    """
    pair = lock_pair(pair_id, by=by, verb="judge")
    refuse_if(reasons_not_to_judge(pair) or wordless(reason, "Enter the reasons for your answer."))
    judgement = Judgement.objects.create(
        pair=pair, verdict=Verdict(verdict), reason=reason.strip(), by=by, at=now
    )
    _record(AUDIT_KINDS[Verdict(verdict)], judgement, by, now)
    return judgement


def reasons_not_to_judge(pair: Pair) -> list[str]:
    """Who has said it already, if anybody."""
    judgement = pair.judgements.filter(taken_back_at=None).select_related("by").first()
    if judgement is None:
        return []
    words = judgement.get_verdict_display().lower()
    return [f"{judgement.by} has already recorded that this is {words}. Take that back first if it is wrong."]


@transaction.atomic
def take_back(*, judgement_id: int, by: User, now: datetime, reason: str) -> Judgement:
    """Undo what was said of a pair; it is asked again. Raises as `judge`."""
    judgement = lock_judgement(judgement_id, by=by, verb="take_back")
    refuse_if(reasons_not_to_take_back(judgement) or wordless(reason, "Enter why it is taken back."))
    judgement.taken_back_by, judgement.taken_back_at, judgement.taken_back_reason = by, now, reason.strip()
    judgement.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_reason"])
    _record(AUDIT_KINDS_TAKEN_BACK[Verdict(judgement.verdict)], judgement, by, now)
    return judgement


def reasons_not_to_take_back(judgement: Judgement) -> list[str]:
    if judgement.taken_back_at:
        return [f"{judgement.taken_back_by} has already taken this back."]
    merged = judgement.merges.filter(undone_at=None).select_related("leading", "follower").first()
    return [f"{merged.follower} follows {merged.leading}. Undo that merge first."] if merged else []


def _record(kind: str, judgement: Judgement, by: User, now: datetime) -> None:
    """In the history of each referral of the pair. The reason tells of a person, so it stays with the judgement."""
    pair = judgement.pair
    for referral in filter(None, (pair.referral, pair.other)):
        detail = {"pair": pair.pk, "judgement": judgement.pk, "person": pair.person_id}
        record(kind=kind, by=by, subject=referral, now=now, detail=detail)

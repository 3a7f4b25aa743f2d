"""Claims the subject makes: recorded on the case, and how one ends that no decision here refuses."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casework.actions.steps import save
from casework.decisions.actions.steps import lock_case, lock_claim, reasons_it_is_closed, reasons_not_at_work
from casework.decisions.models import CLAIM_KINDS, Claim, ClaimEnd, ClaimMade
from casework.decisions.queries import is_refused
from casework.models import Case
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless

GROUNDS = "Enter on what grounds the claim is made."


def reasons_not_to_record_claim(case: Case, by: User) -> list[str]:
    return reasons_it_is_closed(case, by)


@transaction.atomic
def record_claim(
    *, case_id: int, by: User, now: datetime, kind: str, made_on: date, how: str, grounds: str
) -> Claim:
    """Record a claim as it was made. It is open until a decision refuses it or somebody records how it ended.
    Raises Refused."""
    case = lock_case(case_id, by=by, verb="record_claim")
    refuse_if(
        reasons_not_to_record_claim(case, by)
        or ([] if kind in dict(CLAIM_KINDS) else ["Select what is claimed."])
        + ([] if how in ClaimMade.values else ["Select how the claim was made."])
        + (
            []
            if made_on <= timezone.localdate(now)
            else ["The date of the claim must be today or in the past."]
        )
        + wordless(grounds, GROUNDS)
    )
    claim = Claim.objects.create(
        case=case, kind=kind, made_on=made_on, how=how, grounds=grounds, recorded_by=by, recorded_at=now
    )
    save(case, done="claim_recorded", by=by, now=now, is_progress=True, detail={"claim": claim.pk})
    return claim


def reasons_not_to_end_claim(claim: Claim, by: User) -> list[str]:
    reasons = reasons_not_at_work(claim.case, by)
    if not reasons and claim.end:
        reasons = [f"It is recorded already how this claim ended: {claim.get_end_display().lower()}."]
    if not reasons and is_refused(claim):
        reasons = ["A decision on this case refuses this claim. Reconsider that decision first."]
    return reasons


@transaction.atomic
def end_claim(*, claim_id: int, by: User, now: datetime, end: str, ended_on: date, words: str) -> Claim:
    """Record how a claim ended that no decision here refuses. Raises Refused."""
    claim = lock_claim(claim_id, by=by, verb="end_claim")
    refuse_if(
        reasons_not_to_end_claim(claim, by)
        or ([] if end in ClaimEnd.values else ["Select how the claim ended."])
        + reasons_not_this_end(claim, ended_on, timezone.localdate(now))
        + wordless(words, "Enter what shows that the claim ended.")
    )
    claim.end, claim.ended_on, claim.end_words = end, ended_on, words
    claim.ended_by, claim.ended_at = by, now
    claim.save(update_fields=["end", "ended_on", "end_words", "ended_by", "ended_at"])
    save(claim.case, done="claim_ended", by=by, now=now, is_progress=True, detail={"claim": claim.pk})
    return claim


def reasons_not_this_end(claim: Claim, ended_on: date, today: date) -> list[str]:
    if ended_on > today:
        return ["The date it ended must be today or in the past."]
    return ["The claim cannot have ended before it was made."] if ended_on < claim.made_on else []

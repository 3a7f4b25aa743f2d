"""A refused referral comes back to triage on new information or a logged discussion.

"where the matrix rejects a subject of real concern the onus is on law-enforcement to discuss the case
directly with Nexus High Harm Referrals in Croydon" (p. 11): a refusal is not the end of the talk.
"""

from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from referrals.actions.steps import lock
from referrals.models import Referral


@transaction.atomic
def reopen(*, referral_id: int, by: User, now: datetime, reason: str) -> Referral:
    """Take a referral that was not accepted back into triage, held by `by`. Raises Refused."""
    referral = lock(referral_id, by=by, verb="reopen")
    refuse_if(
        referral.reasons_not_to_move("reopen")
        or wordless(reason, "Enter the new information or the discussion that reopens the referral.")
    )
    decision = referral.decisions.get(superseded_at=None)
    decision.superseded_by, decision.superseded_at = by, now
    decision.save(update_fields=["superseded_by", "superseded_at"])
    referral.move("reopen", by=by, now=now, reason=reason)
    record(
        kind="referral.reopened",
        by=by,
        subject=referral,
        now=now,
        reason=reason,
        detail={"decision": decision.pk},
    )
    return referral

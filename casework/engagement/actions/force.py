"""The force's part: accept or decline, say when it was done, and what came of it."""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import lock, reasons_not_to, recorded
from casework.engagement.models import DeclineKind, Engagement
from casework.engagement.queries import irregularities, reasons_not_authorised, reasons_trafficking_blocks
from casework.engagement.states import State
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if, wordless

LOOKED_AT_AGAIN = "Stop: do not carry this out. The Home Office must look at it first. Telephone the Chief Immigration Officer on call."


def reasons_not_to_accept(engagement: Engagement, by: User, *, now: datetime) -> list[str]:
    """Its authorisation is live, and nothing has come to light that stops it: the force is not told what."""
    stopped = [LOOKED_AT_AGAIN] if engagement.state == State.STOPPED else []
    return (
        stopped
        or reasons_not_to("accept", engagement, by)
        or reasons_not_authorised(engagement, at=now)
        or ([LOOKED_AT_AGAIN] if reasons_trafficking_blocks(engagement) else [])
    )


@transaction.atomic
def accept(*, engagement_id: int, by: User, now: datetime, words: str = "") -> Engagement:
    """The force will do it; `words` may say who and when. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="accept")
    refuse_if(reasons_not_to_accept(engagement, by, now=now))
    engagement.move("accept", by=by, now=now, reason=words, words=words)
    recorded(engagement, done="accepted", by=by, now=now)
    telling.answered(engagement, now=now)
    return engagement


@transaction.atomic
def decline(*, engagement_id: int, by: User, now: datetime, kind: str, words: str) -> Engagement:
    """The force will not, with a reason; resource is one. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="decline")
    known = [] if kind in DeclineKind.values else ["Select why the force declines."]
    refuse_if(
        reasons_not_to("decline", engagement, by) or known + wordless(words, "Enter why the force declines.")
    )
    engagement.move("decline", by=by, now=now, reason=words, kind=kind, words=words)
    recorded(engagement, done="declined", by=by, now=now, detail={"kind": kind})
    telling.answered(engagement, now=now)
    return engagement


def reasons_not_to_end(verb: str, engagement: Engagement, by: User) -> list[str]:
    """Late entry is welcome, of what the force had accepted."""
    reasons = reasons_not_to(verb, engagement, by)
    if not reasons and (engagement.answered_at is None or engagement.decline_kind):
        return ["The force did not accept it before it expired, so there is nothing to record."]
    return reasons


def reasons_not_then(engagement: Engagement, happened_at: datetime, *, now: datetime) -> list[str]:
    """Not before anybody had said yes; on the telephone that was before it was logged and tasked here.
    A call that was reopened since counts no longer."""
    if happened_at > now:
        return ["The time it happened must be in the past."]
    calls = engagement.authorisations.filter(verbal=True, voided_at=None)  # also one that was written up
    asked_at = calls.values_list("asked_at", flat=True).first()
    if asked_at and happened_at < asked_at:
        return ["The time it happened must be after it was asked for on the telephone."]
    if not asked_at and engagement.tasked_at and happened_at < engagement.tasked_at:
        return ["The time it happened must be after the force was tasked."]
    return []


@transaction.atomic
def execute(
    *, engagement_id: int, by: User, now: datetime, happened_at: datetime, officers: str
) -> Engagement:
    """It was carried out: when, by whom. Also what happened too late is recorded, and shown so. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="execute")
    refuse_if(
        reasons_not_to_end("execute", engagement, by)
        or reasons_not_then(engagement, happened_at, now=now) + blank(officers, "Enter who was there.")
    )
    irregular = "\n".join(irregularities(engagement, happened_at))
    told = {"happened_at": happened_at, "officers": officers, "irregular": irregular}
    engagement.move("execute", by=by, now=now, reason=irregular, **told)
    recorded(engagement, done="executed", by=by, now=now, detail={"irregular": bool(irregular)})
    telling.ended(engagement, now=now)
    if irregular:
        telling.irregular(engagement, now=now)
    return engagement


@transaction.atomic
def abort(
    *, engagement_id: int, by: User, now: datetime, happened_at: datetime, officers: str, reason: str
) -> Engagement:
    """It was aborted: when, by whom, why. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="abort")
    refuse_if(
        reasons_not_to_end("abort", engagement, by)
        or reasons_not_then(engagement, happened_at, now=now)
        + blank(officers, "Enter who was there.")
        + wordless(reason, "Enter why it was aborted.")
    )
    engagement.move("abort", by=by, now=now, reason=reason, happened_at=happened_at, officers=officers)
    recorded(engagement, done="aborted", by=by, now=now)
    telling.ended(engagement, now=now)
    return engagement


@transaction.atomic
def record_outcome(
    *, engagement_id: int, by: User, now: datetime, what_happened: str, custody_reference: str
) -> Engagement:
    """What came of it, in the force's words. Raises Refused."""
    engagement = lock(engagement_id, by=by, verb="record_outcome")
    refuse_if(
        reasons_not_to("record_outcome", engagement, by) or blank(what_happened, "Enter what happened.")
    )
    values = {"what_happened": what_happened, "custody_reference": custody_reference}
    engagement.move("record_outcome", by=by, now=now, reason=what_happened, **values)
    recorded(engagement, done="concluded", by=by, now=now)
    telling.ended(engagement, now=now)
    return engagement

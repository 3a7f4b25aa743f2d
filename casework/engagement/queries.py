"""What is asked of the database about one engagement: its exact text, its authorisation, its indicators."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from casework.engagement.models import Authorisation, Engagement, EngagementChange
from casework.engagement.rules.authorising import Standing, reasons_blocked, reasons_not_live
from casework.engagement.rules.powers import BY_CODE
from casework.engagement.rules.risks import TOLD, YES, Answered, Question, Risks, gaps, not_known
from casework.models import Barrier, BarrierKind
from casework.rules.removal import OpenBarrier, reasons_barred
from nexus.ui.formatting import date_and_time

# A trafficking indicator that the request or the referral shows, or a barrier recorded on the case.
ON_REQUEST = "the risk assessment says so."
ON_REFERRAL = "the referral says so."
ON_CASE = "the case has an open barrier for it."


def risks_of(engagement: Engagement) -> Risks:
    return {Question(row.question): Answered(row.answer, row.words) for row in engagement.risks.all()}


def exact_text(engagement: Engagement) -> str:
    """The request and its risk assessment, every word: what an authorisation is bound to.

    JSON, because it says unmistakably where each answer begins and ends.
    """
    risks = risks_of(engagement)
    told = {
        "case": engagement.case.referral.reference,
        "requested_by": engagement.requested_by_id,
        "kind": engagement.kind,
        "force": engagement.force.code,
        "legal_power": engagement.legal_power,
        "address": engagement.address,
        "from": _iso(engagement.window_starts_at),
        "until": _iso(engagement.window_ends_at),
        "asked": engagement.asked,
        "why": engagement.why,
        "safety_note": engagement.safety_note,
        "risks": {str(question): [given.answer, given.words] for question, given in risks.items()},
        "at_risk_level": engagement.at_risk_level,
        "risk_level": engagement.risk_level,
        "risk_controls": engagement.risk_controls,
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)


def _iso(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def standing_authorisation(engagement: Engagement) -> Authorisation | None:
    """The one that is neither void nor replaced by its writing; it may have expired."""
    rows: Iterable[Authorisation] = engagement.authorisations.all()
    return next((row for row in rows if row.voided_at is None and row.replaced_at is None), None)


def reasons_not_authorised(engagement: Engagement, *, at: datetime) -> list[str]:
    """Why nothing may be done on its authorisation at this moment; nothing where it is live."""
    row = standing_authorisation(engagement)
    if row is None:
        return reasons_not_live(None, at=at)
    standing = Standing(
        until=row.expires_at,
        is_void=row.voided_at is not None,
        verbal=row.verbal,
        written_up=engagement.written_up_at is not None,
        write_up_by=engagement.write_up_due_at,
        fits_the_text=row.sha256 == sha256_of(exact_text(engagement)),
    )
    return reasons_not_live(standing, at=at)


def indicators(engagement: Engagement) -> list[tuple[str, datetime]]:
    """Where a trafficking indicator shows itself, and since when it is known."""
    answers = engagement.risks.filter(question=Question.TRAFFICKING, answer=YES)
    barriers = engagement.case.barriers.filter(kind=BarrierKind.TRAFFICKING, lifted_at=None)
    found = [(ON_REQUEST, answer.answered_at) for answer in answers]
    if engagement.case.referral.trafficking_indicator == YES:
        found.append((ON_REFERRAL, engagement.case.opened_at))
    return found + [(ON_CASE, barrier.recorded_at) for barrier in barriers]


def reasons_trafficking_blocks(engagement: Engagement) -> list[str]:
    """A review counts for what was known when it was made; what came later needs another."""
    found = indicators(engagement)
    review = engagement.trafficking_reviews.last()
    newer = [words for words, known_at in found if review is None or known_at > review.at]
    if review is None or newer:
        return reasons_blocked(newer, "")
    return reasons_blocked([words for words, _ in found], review.outcome)


def gaps_of(engagement: Engagement, *, now: datetime) -> list[str]:
    """What a request still lacks before it can be sent."""
    risks = gaps(risks_of(engagement), at_risk_level=engagement.at_risk_level)
    missing = [
        sentence
        for given, sentence in (
            (engagement.legal_power, "Select the legal power."),
            (engagement.address, "Enter the address."),
            (engagement.asked, "Enter what is asked of the force."),
            (engagement.why, "Enter why it is necessary."),
        )
        if not given.strip()
    ]
    return risks + missing + unsettled(engagement)


def unsettled(engagement: Engagement) -> list[str]:
    return [
        f"Say how this issue was settled: {issue.text}" for issue in engagement.issues.filter(settled_at=None)
    ]


def barriers_of(engagement: Engagement) -> list[str]:
    """The open barriers of the case, as sentences: shown wherever somebody decides."""
    return reasons_barred(
        [
            OpenBarrier(barrier.get_kind_display(), barrier.since)
            for barrier in Barrier.objects.filter(case=engagement.case_id, lifted_at=None)
        ]
    )


def points_to_look_at(engagement: Engagement) -> list[str]:
    """What a CIO or HMI should not miss: found by rule, decided by nobody yet."""
    points = reasons_trafficking_blocks(engagement) + barriers_of(engagement)
    unknown = not_known(risks_of(engagement))
    if unknown:
        points.append(f"Not known: {', '.join(unknown)}.")
    power = BY_CODE.get(engagement.legal_power)
    if power and not power.verified:
        points.append("Nobody has verified the legal power against the statute as it now stands.")
    if not engagement.safety_note.strip():
        points.append("Nothing is said to officers about health or safety beyond the answers they read.")
    return points


def when(engagement: Engagement) -> str:
    """14 November 2026 at 6am to 14 November 2026 at 9am"""
    if engagement.window_starts_at is None:
        return "Not said yet"
    return f"{date_and_time(engagement.window_starts_at)} to {date_and_time(engagement.window_ends_at)}"


def changes_of(engagement: Engagement) -> Iterable[EngagementChange]:
    return engagement.changes.select_related("by").order_by("-at", "-pk")


def told(engagement: Engagement) -> dict[str, Any]:
    """What officers need for safety: the told answers, the conditions and what was chosen for them. Never the
    reasons, why it is necessary, or what is known of health, vulnerability and trafficking."""
    risks = risks_of(engagement)
    return {
        "engagement": engagement,
        "referral": engagement.case.referral,
        "when": when(engagement),
        "questions": [(question, risks.get(question)) for question in Question if question in TOLD],
        "standing": standing_authorisation(engagement),
    }

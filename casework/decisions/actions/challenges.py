"""Representations, appeals and judicial reviews: lodged, and ended one way or another."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.decisions.actions.decide import set_aside, supersede
from casework.decisions.actions.hearings import (
    end_hearings,
    lock_challenge,
    reasons_hearings_unrecorded,
    reasons_it_is_over,
    watched,
)
from casework.decisions.actions.steps import (
    lock,
    reasons_it_is_closed,
    reasons_no_shared_text,
    reasons_not_on,
    tell_force,
)
from casework.decisions.models import LITIGATION, Challenge, ChallengeKind, Decision
from casework.decisions.queries import open_challenges
from casework.decisions.states import SETS_ASIDE, STANDING, VERB_OF, ChallengeState, State
from casework.models import ProgressKind
from casework.states import State as CaseState
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from referrals.duty_desk.actions import add_litigation, conclude_matter
from referrals.duty_desk.rules.pending import Ending


def reasons_not_to_lodge(decision: Decision, by: User) -> list[str]:
    """Only what was served is challenged."""
    reasons = reasons_it_is_closed(decision.case, by)
    if reasons or decision.state == State.SERVED:
        return reasons
    return [
        f"This decision is now “{decision.get_state_display()}”, and only a served decision can be challenged."
    ]


@transaction.atomic
def lodge(
    *,
    decision_id: int,
    by: User,
    now: datetime,
    kind: str,
    lodged_on: date,
    shared_text: str,
    court: str = "",
    court_reference: str = "",
    suspends_removal: bool | None = None,
    suspends_reason: str = "",
    asked_of_force: str = "",
) -> Challenge:
    """Record a challenge; the first open one moves the case to “Under challenge”. Raises Refused.

    The Duty Desk watches an appeal or a judicial review. Until somebody says whether it suspends removal
    (`suspends_removal` None), it stands against removal.
    """
    decision = lock(decision_id, by=by, verb="lodge")
    case = decision.case
    refuse_if(
        reasons_not_to_lodge(decision, by)
        or ([] if kind in ChallengeKind.values else ["Select what kind of challenge it is."])
        + reasons_not_on(lodged_on, case, timezone.localdate(now))
        + reasons_not_suspending(kind, suspends_removal)
        + reasons_no_shared_text(shared_text)
    )
    matter = None
    if kind in LITIGATION:
        matter = add_litigation(
            referral_id=case.referral_id,
            by=by,
            now=now,
            kind=kind,
            what=f"{ChallengeKind(kind).label} against {str(decision).lower()} of the case",
            court=court,
            their_reference=court_reference,
            known_since=lodged_on,
            suspends_removal=suspends_removal,
            suspends_reason=suspends_reason,
        )
    challenge = Challenge.objects.create(
        matter=matter,
        decision=decision,
        kind=kind,
        lodged_on=lodged_on,
        court=court,
        court_reference=court_reference,
        lodged_by=by,
        lodged_at=now,
    )
    record(kind="challenge.lodged", by=by, subject=case, now=now, detail={"challenge": challenge.pk})
    first = case.state == CaseState.SERVED
    tell_force(
        case,
        by=by,
        now=now,
        done="challenged",
        kind=ProgressKind.CHALLENGE if first else ProgressKind.OTHER,
        on=lodged_on,
        shared_text=shared_text,
        asked_of_force=asked_of_force,
        detail={"challenge": challenge.pk},
    )
    return challenge


def reasons_not_suspending(kind: str, suspends_removal: bool | None) -> list[str]:
    """Only litigation suspends by itself; a claim made in representations is a barrier of its own."""
    if kind in LITIGATION or not suspends_removal:
        return []
    return [
        "Representations are not litigation. If a claim was made in them, record it as a barrier on the case."
    ]


# How the Duty Desk says that it ended.
ENDINGS: dict[str, Ending] = {
    ChallengeState.DISMISSED: Ending.DISMISSED,
    ChallengeState.ALLOWED: Ending.ALLOWED,
    ChallengeState.WITHDRAWN: Ending.WITHDRAWN,
    ChallengeState.REMITTED: Ending.OTHER,
}


@transaction.atomic
def conclude(
    *,
    challenge_id: int,
    by: User,
    now: datetime,
    outcome: str,
    outcome_on: date,
    reasons: str,
    shared_text: str,
    asked_of_force: str = "",
) -> Challenge:
    """How the challenge ended: the decision stands, or is set aside for a new decision. Raises Refused."""
    challenge = lock_challenge(challenge_id, by=by, verb="conclude")
    decision = challenge.decision
    refuse_if(
        reasons_it_is_over(challenge, by)
        or reasons_hearings_unrecorded(challenge, timezone.localdate(now))
        + ([] if outcome in VERB_OF else ["Select how the challenge ended."])
        + reasons_not_ended_on(challenge, outcome_on, timezone.localdate(now))
        + wordless(reasons, "Enter what the tribunal or court found.")
        + reasons_no_shared_text(shared_text)
    )
    challenge.move(VERB_OF[outcome], by=by, now=now, reason=reasons, outcome_on=outcome_on, reasons=reasons)
    record(
        kind="challenge.concluded", by=by, subject=decision.case, now=now, detail={"challenge": challenge.pk}
    )
    matter = watched(challenge)
    if matter:
        conclude_matter(
            matter_id=matter.pk, by=by, now=now, ending=ENDINGS[outcome], result=reasons, changes=""
        )
    end_hearings(challenge, by=by, now=now)
    words: dict[str, Any] = {"on": outcome_on, "shared_text": shared_text, "asked_of_force": asked_of_force}
    if outcome in SETS_ASIDE and decision.state in STANDING and not decision.case.outcome:
        set_aside(decision, by=by, now=now, reasons=reasons, **words)
        return challenge
    if outcome in SETS_ASIDE and decision.state in STANDING:  # the case has ended: no new decision is drafted
        supersede(decision, by=by, now=now, reasons=reasons)
    stands = decision.case.state == CaseState.CHALLENGED and not open_challenges(decision.case).exists()
    tell_force(
        decision.case,
        by=by,
        now=now,
        done="upheld",
        kind=ProgressKind.DISMISSAL if stands else ProgressKind.OTHER,
        detail={"challenge": challenge.pk},
        **words,
    )
    return challenge


def reasons_not_ended_on(challenge: Challenge, day: date, today: date) -> list[str]:
    if day > today:
        return ["The date it ended must be today or in the past."]
    return ["The challenge cannot have ended before it was lodged."] if day < challenge.lodged_on else []

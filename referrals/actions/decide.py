"""The decision: a named officer accepts, does not accept or redirects, with reasons.

"All High Harm referrals will be triaged to identify whether they are appropriate for enforcement
action. Where accepted, the case will be identified as 'Nexus High Harm' on immigration systems." (p. 9)
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from nexus.accounts.models import Team, User
from nexus.audit.recording import has_viewed, record
from nexus.refusals import refuse_if
from referrals import telling
from referrals.actions.steps import blank, lock
from referrals.actions.triage import reasons_not_held_by
from referrals.models import Allocation, Outcome, Referral, SpecialConditionsFlag, TriageDecision
from referrals.queries import assessment_of
from referrals.rules.assessment import Assessment, flag_for

# The team code in the reference data for "Nexus High Harm in Liverpool".
LIVERPOOL_TEAM = "nexus_high_harm"
# The pages on which an answer from the force is read, by their audit kinds.
SHOWS_ANSWERS = ("referral.viewed", "referral.timeline_viewed")


def reasons_not_to_decide(referral: Referral, verb: str, by: User) -> list[str]:
    """Why `by` may not decide now, before anything is written."""
    reasons = referral.reasons_not_to_move(verb) or reasons_not_held_by(referral, by)
    if referral.created_by_id == by.pk:
        reasons.append("You raised this referral, so somebody else must decide it.")
    return reasons + reasons_not_read(referral, by)


def reasons_not_read(referral: Referral, by: User) -> list[str]:
    """A decision rests on what the officer has read: the referral, and what the force has added since."""
    if not has_viewed(by=by, subject=referral, kind="referral.viewed"):
        return ["Open and read the referral before you decide."]
    if not any(
        has_viewed(by=by, subject=referral, kind=kind, since=referral.changed_at) for kind in SHOWS_ANSWERS
    ):
        return ["The force has added to the referral since you read it. Read what is new before you decide."]
    return []


def reasons_not_to_accept(
    *, reasons: str, balance: str, scope_confirmation: str, route: str, police_statement: str
) -> list[str]:
    """What an acceptance must say. "Referrals will proceed where the evidence collated or presented can be
    reasonably deemed to support removal or deportation when balanced against immigration status and length
    of residence within the UK" (p. 9)."""
    return (
        blank(scope_confirmation, "Enter what you checked to confirm that the subject is in scope.")
        + blank(
            balance, "Enter how you balanced the evidence against status, residence, family and children."
        )
        + blank(route, "Select the route.")
        + blank(police_statement, "Select whether a police statement is needed.")
        + blank(reasons, "Enter the reasons for the decision.")
    )


@transaction.atomic
def accept(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    reasons: str,
    balance: str,
    scope_confirmation: str,
    route: str,
    police_statement: str,
    significant_conviction: bool | None = None,
    held_by: Team | None = None,
) -> TriageDecision:
    """Accept: decision, flag, allocation where no team holds the case, and the case, all or nothing.

    `held_by` is the team that already has the case; the flag never changes an allocation. Raises Refused.
    """
    referral = lock(referral_id, by=by, verb="accept")
    refuse_if(
        reasons_not_to_decide(referral, "accept", by)
        or reasons_not_to_accept(
            reasons=reasons,
            balance=balance,
            scope_confirmation=scope_confirmation,
            route=route,
            police_statement=police_statement,
        )
    )
    referral.move("accept", by=by, now=now, reason=reasons)
    decision = _write_decision(
        referral,
        outcome=Outcome.ACCEPTED,
        by=by,
        now=now,
        reasons=reasons,
        balance=balance,
        scope_confirmation=scope_confirmation,
        route=route,
        police_statement=police_statement,
        significant_conviction=significant_conviction,
        held_by=held_by,
    )
    flag = SpecialConditionsFlag.objects.create(
        referral=referral,
        decision=decision,
        text=flag_for(referral.force.metropolitan),
        set_by=by,
        set_at=now,
    )
    record(kind="flag.set", by=by, subject=flag, now=now, detail={"referral": referral.pk})
    if held_by is None:
        allocation = Allocation.objects.create(
            referral=referral, team=Team.objects.get(code=LIVERPOOL_TEAM), allocated_by=by, allocated_at=now
        )
        record(kind="allocation.made", by=by, subject=allocation, now=now, detail={"referral": referral.pk})
    import_string(settings.NEXUS_ON_ACCEPTANCE)(referral=referral, decision=decision, by=by, now=now)
    record(kind="referral.accepted", by=by, subject=referral, now=now, detail={"decision": decision.pk})
    telling.decided(decision, now=now)
    return decision


@transaction.atomic
def not_accept(*, referral_id: int, by: User, now: datetime, reasons: str, balance: str) -> TriageDecision:
    """Decide not to accept, with reasons the force will read. Raises Refused."""
    referral = lock(referral_id, by=by, verb="not_accept")
    refuse_if(
        reasons_not_to_decide(referral, "not_accept", by)
        or blank(
            balance, "Enter how you balanced the evidence against status, residence, family and children."
        )
        + blank(reasons, "Enter the reasons for the decision.")
    )
    referral.move("not_accept", by=by, now=now, reason=reasons)
    decision = _write_decision(
        referral, outcome=Outcome.NOT_ACCEPTED, by=by, now=now, reasons=reasons, balance=balance
    )
    record(kind="referral.not_accepted", by=by, subject=referral, now=now, detail={"decision": decision.pk})
    telling.decided(decision, now=now)
    return decision


@transaction.atomic
def redirect(
    *, referral_id: int, by: User, now: datetime, destination: str, reasons: str, balance: str = ""
) -> TriageDecision:
    """Pass the referral to another Home Office command, with reasons. Raises Refused."""
    referral = lock(referral_id, by=by, verb="redirect")
    refuse_if(
        reasons_not_to_decide(referral, "redirect", by)
        or blank(destination, "Select where the referral goes.")
        + blank(reasons, "Enter the reasons for the decision.")
    )
    referral.move("redirect", by=by, now=now, reason=reasons)
    decision = _write_decision(
        referral,
        outcome=Outcome.REDIRECTED,
        destination=destination,
        by=by,
        now=now,
        reasons=reasons,
        balance=balance,
    )
    record(kind="referral.redirected", by=by, subject=referral, now=now, detail={"decision": decision.pk})
    telling.decided(decision, now=now)
    return decision


def _write_decision(
    referral: Referral, *, outcome: Outcome, by: User, now: datetime, **values: Any
) -> TriageDecision:
    held_by = values.get("held_by")
    assessment = assessment_of(
        referral,
        held_by=held_by.code if held_by else None,
        significant_conviction=values.get("significant_conviction"),
    )
    return TriageDecision.objects.create(
        referral=referral,
        outcome=outcome,
        policy_version=assessment.policy_version,
        assessment=frozen(assessment),
        decided_by=by,
        decided_at=now,
        **values,
    )


def frozen(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON, the guidance's words included."""
    plain = asdict(assessment)
    for limb, row in zip(assessment.limbs, plain["limbs"], strict=True):
        row["quotation"] = limb.quotation
    return plain

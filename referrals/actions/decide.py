"""The decision: a named officer accepts, does not accept or redirects, with reasons.

"All High Harm referrals will be triaged to identify whether they are appropriate for enforcement
action. Where accepted, the case will be identified as 'Nexus High Harm' on immigration systems." (p. 9)
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from nexus.accounts.models import Team, User
from nexus.audit.recording import has_viewed, record
from nexus.refusals import refuse_if, wordless
from referrals import telling
from referrals.actions.steps import blank, lock
from referrals.actions.triage import reasons_not_held_by
from referrals.models import Allocation, Outcome, Referral, SpecialConditionsFlag, TriageDecision
from referrals.queries import assessment_of, outcome_for, standing_proposal, why_read_twice
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
    if standing_proposal(referral):
        reasons.append("A decision has been proposed and is waiting for a second reader.")
    return reasons + reasons_of_followers(referral, verb, by) + reasons_not_read(referral, by)


def reasons_of_followers(referral: Referral, verb: str, by: User) -> list[str]:
    """An acceptance rests on what every merged referral says; a refusal is each force's own, with its reasons."""
    followers = list(referral.followers.order_by("reference"))
    if verb != "accept":
        return [
            f"{each} follows this referral. Undo the merge first: its force must get its own reasons."
            for each in followers
        ]
    return [
        f"Open and read {each}, which follows this referral, before you decide."
        for each in followers
        if not has_viewed(by=by, subject=each, kind="referral.viewed", since=each.changed_at)
    ]


def reasons_not_read(referral: Referral, by: User) -> list[str]:
    """A decision rests on what the officer has read: the referral, and what the force has added since."""
    if not has_viewed(by=by, subject=referral, kind="referral.viewed"):
        return ["Open and read the referral before you decide."]
    if not any(
        has_viewed(by=by, subject=referral, kind=kind, since=referral.changed_at) for kind in SHOWS_ANSWERS
    ):
        return ["The force has added to the referral since you read it. Read what is new before you decide."]
    return []


@dataclass(frozen=True, kw_only=True)
class Text:
    """What an acceptance or a refusal says, as the officer wrote it. `held_by`: the team that has the case."""

    reasons: str
    balance: str
    significant_impact: str = ""
    impact_reasons: str = ""
    scope_confirmation: str = ""
    route: str = ""
    police_statement: str = ""
    significant_conviction: bool | None = None
    held_by: Team | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def judged(self) -> dict[str, Any]:
        """What of it the rules take into account."""
        held_by = self.held_by.code if self.held_by else None
        return {"held_by": held_by, "significant_conviction": self.significant_conviction}


def reasons_not_to_say(outcome: str, text: Text) -> list[str]:
    """What a decision must say. "Referrals will proceed where the evidence collated or presented can be
    reasonably deemed to support removal or deportation when balanced against immigration status and length
    of residence within the UK" (p. 9)."""
    balance = wordless(
        text.balance, "Enter how you balanced the evidence against status, residence, family and children."
    )
    reasons = wordless(text.reasons, "Enter the reasons for the decision.")
    impact = reasons_not_to_judge_impact(outcome, text)
    if outcome == Outcome.NOT_ACCEPTED:
        return impact + balance + reasons
    return (
        wordless(text.scope_confirmation, "Enter what you checked to confirm that the subject is in scope.")
        + impact
        + balance
        + blank(text.route, "Select the route.")
        + blank(text.police_statement, "Select whether a police statement is needed.")
        + reasons
    )


def reasons_not_to_judge_impact(outcome: str, text: Text) -> list[str]:
    """An acceptance always says whether the impact is significant: "there is evidence that their conduct meets the
    definition" (p. 9) is a condition. A refusal that says so gives its reasons as well."""
    needed = outcome == Outcome.ACCEPTED
    return (
        blank(text.significant_impact, "Select whether the impact is significant.") if needed else []
    ) + wordless(
        text.impact_reasons,
        "Enter what shows that the impact is, or is not, significant.",
        optional=not (needed or text.significant_impact),
    )


def reasons_not_alone(referral: Referral, outcome: str, text: Text) -> list[str]:
    """Why this decision may not be made by one officer."""
    cause = why_read_twice(referral, accepted=outcome == Outcome.ACCEPTED, **text.judged)
    return [f"{cause.label} A second officer reads it before it is made: propose it."] if cause else []


@transaction.atomic
def accept(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    reasons: str,
    balance: str,
    significant_impact: str,
    impact_reasons: str,
    scope_confirmation: str,
    route: str,
    police_statement: str,
    significant_conviction: bool | None = None,
    held_by: Team | None = None,
) -> TriageDecision:
    """Accept: decision, flag, allocation where no team holds the case, and the case, all or nothing.

    `held_by` is the team that already has the case; the flag never changes an allocation. Raises Refused.
    """
    text = Text(
        reasons=reasons,
        balance=balance,
        significant_impact=significant_impact,
        impact_reasons=impact_reasons,
        scope_confirmation=scope_confirmation,
        route=route,
        police_statement=police_statement,
        significant_conviction=significant_conviction,
        held_by=held_by,
    )
    referral = lock(referral_id, by=by, verb="accept")
    refuse_if(
        reasons_not_to_decide(referral, "accept", by)
        or reasons_not_to_say(Outcome.ACCEPTED, text)
        or reasons_not_alone(referral, Outcome.ACCEPTED, text)
    )
    return make(referral, outcome=Outcome.ACCEPTED, text=text, by=by, now=now)


@transaction.atomic
def not_accept(
    *,
    referral_id: int,
    by: User,
    now: datetime,
    reasons: str,
    balance: str,
    significant_impact: str = "",
    impact_reasons: str = "",
) -> TriageDecision:
    """Decide not to accept, with reasons the force will read. Raises Refused."""
    text = Text(
        reasons=reasons,
        balance=balance,
        significant_impact=significant_impact,
        impact_reasons=impact_reasons,
    )
    referral = lock(referral_id, by=by, verb="not_accept")
    refuse_if(
        reasons_not_to_decide(referral, "not_accept", by)
        or reasons_not_to_say(Outcome.NOT_ACCEPTED, text)
        or reasons_not_alone(referral, Outcome.NOT_ACCEPTED, text)
    )
    return make(referral, outcome=Outcome.NOT_ACCEPTED, text=text, by=by, now=now)


def make(
    referral: Referral,
    *,
    outcome: str,
    text: Text,
    by: User,
    now: datetime,
    second_reader: User | None = None,
) -> TriageDecision:
    """The decision itself, in the name of `by`, and all that follows from it. The referral is locked.

    The caller has settled that it may be made. `second_reader` has read it and agrees now.
    """
    accepted = outcome == Outcome.ACCEPTED
    referral.move("accept" if accepted else "not_accept", by=by, now=now, reason=text.reasons)
    decision = _write_decision(
        referral,
        outcome=outcome,
        by=by,
        now=now,
        second_reader=second_reader,
        second_read_at=now if second_reader else None,
        **text.columns,
    )
    detail = {"decision": decision.pk} | ({"second_reader": second_reader.pk} if second_reader else {})
    if accepted:
        flag_and_allocate(decision, by=by, now=now)
        import_string(settings.NEXUS_ON_ACCEPTANCE)(referral=referral, decision=decision, by=by, now=now)
        record(kind="referral.accepted", by=by, subject=referral, now=now, detail=detail)
    else:
        record(kind="referral.not_accepted", by=by, subject=referral, now=now, detail=detail)
    telling.decided(decision, now=now)
    return decision


def flag_and_allocate(decision: TriageDecision, *, by: User, now: datetime) -> None:
    """The flag always, the allocation only where no team has the case."""
    referral = decision.referral
    detail = {"referral": referral.pk}
    text = flag_for(referral.force.metropolitan)
    flag = SpecialConditionsFlag.objects.create(
        referral=referral, decision=decision, text=text, set_by=by, set_at=now
    )
    record(kind="flag.set", by=by, subject=flag, now=now, detail=detail)
    if decision.held_by is None:
        liverpool = Team.objects.get(code=LIVERPOOL_TEAM)
        allocation = Allocation.objects.create(
            referral=referral, team=liverpool, allocated_by=by, allocated_at=now
        )
        record(kind="allocation.made", by=by, subject=allocation, now=now, detail=detail)


@transaction.atomic
def redirect(
    *, referral_id: int, by: User, now: datetime, destination: str, reasons: str, balance: str = ""
) -> TriageDecision:
    """Pass the referral to another Home Office command, with reasons. Raises Refused."""
    referral = lock(referral_id, by=by, verb="redirect")
    refuse_if(
        reasons_not_to_decide(referral, "redirect", by)
        or blank(destination, "Select where the referral goes.")
        + wordless(reasons, "Enter the reasons for the decision.")
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
    referral: Referral, *, outcome: str, by: User, now: datetime, **values: Any
) -> TriageDecision:
    held_by = values.get("held_by")
    judged: dict[str, Any] = {
        "held_by": held_by.code if held_by else None,
        "significant_conviction": values.get("significant_conviction"),
    }
    assessment = assessment_of(referral, **judged)
    return TriageDecision.objects.create(
        referral=referral,
        outcome=outcome,
        policy_version=assessment.policy_version,
        assessment=frozen(assessment),
        matrix_outcome=outcome_for(referral, **judged),
        decided_by=by,
        decided_at=now,
        **values,
    )


def frozen(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON, the guidance's words included."""
    return asdict(assessment)

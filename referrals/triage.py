"""What the Home Office's pages of one referral say besides its answers: risk, next action, the rules."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.ui.formatting import date_and_time, duration, working_days
from nexus.working_days import working_days_between
from referrals.models import (
    Allocation,
    Channel,
    ConductEvent,
    InformationRequest,
    Proposal,
    Question,
    Referral,
    ReferralChange,
    TriageDecision,
)
from referrals.permissions import PROPOSALS
from referrals.queries import (
    conduct_of,
    facts_of,
    flag_changes,
    reference_date,
    standing_decision,
    standing_proposal,
)
from referrals.queue import Clock, Waiting, custody_clock, reopenings, standing_on, target_of, waiting_for
from referrals.rules.assessment import assess, is_child
from referrals.rules.counting import why_not_counted, window
from referrals.rules.matrix import MatrixOutcome, outcome_of
from referrals.rules.policy import policy
from referrals.rules.questions import Standing
from referrals.states import UNDECIDED, State


def allocation_of(referral: Referral) -> Allocation | None:
    """The open allocation: who has the case."""
    return referral.allocations.filter(ended_at=None).select_related("team").first()


def risks(referral: Referral, now: datetime) -> list[str]:
    """What a reader must know first, in words."""
    found = []
    clock = custody_clock(referral, now)
    if clock:
        found.append(f"In custody, {clock_words(clock)}")
    if referral.under_18 == "yes" or is_child(facts_of(referral)):
        found.append("Appears to be under 18")
    if referral.trafficking_indicator == "yes":
        found.append("Trafficking indicator")
    if referral.mental_health_order == "yes":
        found.append("Order under the Mental Health Act")
    if referral.health_condition == "yes":
        found.append("Health condition")
    if referral.active_claim == "yes":
        found.append("Active asylum or human-rights claim")
    return found


def clock_words(clock: Clock) -> str:
    """1 hour 54 minutes left (14 November 2026 at 9:30am)"""
    state = f"24 hours passed {duration(clock.time)} ago" if clock.passed else f"{duration(clock.time)} left"
    return f"{state} ({date_and_time(clock.ends_at)})"


def identity_details(referral: Referral, now: datetime) -> list[tuple[str, str]]:
    """For the identity bar: flag, allocation, who holds it, risk in words."""
    flag, allocation, decision = referral.flag, allocation_of(referral), standing_decision(referral)
    held_elsewhere = str(decision.held_by) if flag and decision and decision.held_by else ""
    return [
        ("Flag", flag.words if flag else "None"),
        ("Allocated to", str(allocation.team) if allocation else held_elsewhere or "Nobody"),
        ("State", referral.get_state_display()),
        ("Held by", str(referral.claimed_by or "Nobody")),
        *merged_details(referral),
        *target_details(referral, now),
        ("Risk", "; ".join(risks(referral, now)) or "None recorded"),
    ]


def merged_details(referral: Referral) -> list[tuple[str, str]]:
    """Which referral of the same person it follows, or which follow it."""
    if referral.follows:
        return [("Merged", f"Follows {referral.follows}")]
    followers = ", ".join(referral.followers.order_by("reference").values_list("reference", flat=True))
    return [("Merged", f"Leads {followers}")] if followers else []


def target_details(referral: Referral, now: datetime) -> list[tuple[str, str]]:
    """The local target and both ages, while the referral is undecided.

    A live-time custody clock that runs stands in the target's place: it is what counts.
    """
    if referral.state not in UNDECIDED:
        return []
    reopened = reopenings(referral).values_list("at", flat=True).first()
    target = target_of(referral, now, reopened)
    if target is None:
        return []
    left = (
        f"passed by {working_days(-target.left)}" if target.left < 0 else f"{working_days(target.left)} left"
    )
    paused = ", paused while the force is asked" if target.paused else ""
    counted = f", {target.counted} counted" if target.counted != target.elapsed else ""
    age = f"{working_days(target.elapsed)}{counted}"
    clock = custody_clock(referral, now) if referral.channel == Channel.LIVE_TIME else None
    if clock and not clock.passed:
        return [("Custody clock", clock_words(clock)), ("Age", age)]
    return [("Local target", f"{left}{paused}"), ("Age", age)]


@dataclass(frozen=True)
class NextAction:
    """What happens next, whose it is, and by when."""

    what: str
    owner: str = ""
    due: date | None = None
    overdue: bool = False


def proposal_for(referral: Referral, by: User) -> Proposal | None:
    """The proposed decision that this person may read a second time: not their own, nor on what they raised."""
    proposal = standing_proposal(referral)
    if proposal is None or not PROPOSALS.may("agree", by):
        return None
    return None if by.pk in (proposal.proposed_by_id, referral.created_by_id) else proposal


def next_action(referral: Referral, now: datetime, to_read: Proposal | None = None) -> NextAction:
    """`to_read` is the proposed decision where the person who looks may be its second reader."""
    if referral.follows:
        return NextAction(
            f"Go on with {referral.follows}, which it follows",
            str(referral.follows.claimed_by or "Referrals Office"),
        )
    match referral.state:
        case State.SUBMITTED:
            return NextAction("Claim it and assess it", "Referrals Office")
        case State.IN_TRIAGE if standing_proposal(referral):
            reader = "You, or another referrals officer" if to_read else "Another referrals officer"
            return NextAction("Read the proposed decision a second time", reader)
        case State.IN_TRIAGE:
            return NextAction("Ask the force, or decide", str(referral.claimed_by))
        case State.INFORMATION_REQUESTED:
            waiting = waiting_for(referral, timezone.localdate(now))
            due = waiting.due_on if waiting else None
            overdue = waiting is not None and waiting.standing is Standing.OVERDUE
            return NextAction(waiting_words(waiting), referral.force.name, due, overdue)
        case State.ACCEPTED:
            allocation = allocation_of(referral)
            owner = str(allocation.team) if allocation else "The team that already has the case"
            return NextAction("Decided: the case goes on", owner)
        case State.NOT_ACCEPTED:
            return NextAction(
                "Decided: the force may discuss it with the Referrals Office", referral.force.name
            )
        case State.REDIRECTED:
            decision = standing_decision(referral)
            return NextAction("Decided: passed on", decision.get_destination_display() if decision else "")
    return NextAction("None: the force has withdrawn it", referral.force.name)


def waiting_words(waiting: Waiting | None) -> str:
    """Waiting for the force’s answer · Waiting for the force’s answers: 1 of 3 answered"""
    if waiting is None or waiting.asked == 1:
        return "Waiting for the force’s answer"
    return f"Waiting for the force’s answers: {waiting.answered} of {waiting.asked} answered"


@dataclass(frozen=True)
class RulesShown:
    """What the rules show, for the page: `found` as `actions.decide.frozen` gives it."""

    found: dict[str, Any]
    policy_of: date
    matrix: str
    since: date
    until: date
    decided_at: datetime | None = None


def rules_shown(referral: Referral, found: dict[str, Any], decided_at: datetime | None = None) -> RulesShown:
    """`found` is today's assessment, or the one frozen with a decision."""
    facts, terms = facts_of(referral), policy(found["policy_version"])
    since, until = window(reference_date(referral), terms)
    outcome: MatrixOutcome = outcome_of(facts, assess(facts, terms))
    return RulesShown(
        found, terms.in_force_from, f"{outcome.value} {outcome.label}", since, until, decided_at
    )


@dataclass(frozen=True)
class Counted:
    """An event beside what the persistence guide makes of it."""

    event: ConductEvent
    why_not: str


def events_counted(referral: Referral) -> list[Counted]:
    day = reference_date(referral)
    return [Counted(event, why_not_counted(conduct_of(event), day)) for event in referral.conduct.all()]


# What each verb of the referral's life is called in its timeline.
HAPPENED = {
    "submit": "Submitted",
    "claim": "Claimed",
    "release": "Released",
    "hand_over": "Handed over",
    "hand_over_asked": "Handed over",
    "request_information": "Information requested",
    "answer_information": "The force answered",
    "take_back": "Taken back to triage without further answers",
    "accept": "Accepted",
    "not_accept": "Not accepted",
    "redirect": "Redirected",
    "withdraw": "Withdrawn",
    "reopen": "Reopened",
}


def happenings(referral: Referral) -> list[dict[str, Any]]:
    """Entries for the timeline, newest first, and where the local target waited."""
    changes = ReferralChange.objects.filter(referral=referral).select_related("by").order_by("-at", "-pk")
    waits = pauses(referral)
    told: list[dict[str, Any]] = [
        {
            "title": HAPPENED[change.verb],
            "by": str(change.by or "the service"),
            "at": change.at,
            "text": change.reason,
            "tag": waits.get(change.at, ""),
        }
        for change in changes
    ]
    told = sorted([*proposed(referral), *told], key=itemgetter("at"), reverse=True)
    return [*told_of_flag(referral), *told]  # only what is decided has a flag: nothing else comes after


# What each end of a proposed decision is called in the timeline.
ENDED = {
    "agree": "Second reader agreed",
    "send_back": "Second reader returned the proposed decision",
    "recall": "Proposed decision taken back",
    "lapse": "Proposed decision void",
}


def proposed(referral: Referral) -> list[dict[str, Any]]:
    """The decisions proposed on it and what became of them, newest first."""
    entries: list[dict[str, Any]] = []
    for proposal in referral.proposals.select_related("proposed_by").prefetch_related("changes__by"):
        title = f"Proposed: {proposal.get_outcome_display().lower()}"
        by, at = str(proposal.proposed_by), proposal.proposed_at
        entries.append({"title": title, "by": by, "at": at, "text": "", "tag": "Second reading"})
        entries += [
            {
                "title": ENDED[change.verb],
                "by": str(change.by),
                "at": change.at,
                "text": change.reason,
                "tag": "",
            }
            for change in proposal.changes.all()
        ]
    return entries[::-1]


def told_of_flag(referral: Referral) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {"title": f"Flag {done}", "by": str(by), "at": at, "text": why, "tag": ""}
        for done, by, at, why in flag_changes(referral)[::-1]
    ]


def pauses(referral: Referral) -> dict[datetime, str]:
    """What the timeline says of the local target at the moments it stopped and went on."""
    said = {}
    for asked in referral.information_requests.all():
        said[asked.asked_at] = "Local target paused"
        if asked.closed_at:
            paused = working_days(working_days_between(asked.asked_at, asked.closed_at))
            said[asked.closed_at] = f"Local target paused for {paused}"
    return said


def requests(referral: Referral) -> QuerySet[InformationRequest]:
    """Everything the force was asked, newest first."""
    questions = Question.objects.select_related("request", "owner", "answered_by", "withdrawn_by")
    asked = referral.information_requests.select_related("asked_by").order_by("-asked_at", "-pk")
    return asked.prefetch_related(Prefetch("questions", questions), "questions__attachments__file")


def asked(request: InformationRequest, today: date) -> list[tuple[Question, Standing]]:
    """The questions of one request, each with how it stands to its day."""
    return [(question, standing_on(question.due_on, today)) for question in request.questions.all()]


def latest_proposal(referral: Referral) -> Proposal | None:
    """The last decision proposed, while the referral is in triage: it waits, or says why it did not come to be."""
    if referral.state != State.IN_TRIAGE:
        return None
    return referral.proposals.select_related("proposed_by", "read_by").last()


def decisions(referral: Referral) -> list[TriageDecision]:
    """The standing decision first, then those superseded."""
    made = referral.decisions.select_related("decided_by", "superseded_by", "held_by", "second_reader")
    return sorted(made, key=lambda each: each.decided_at, reverse=True)


def holds(referral: Referral, by: User) -> bool:
    """Whether triage is this person's own."""
    return referral.claimed_by_id == by.pk

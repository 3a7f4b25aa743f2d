"""Who it is about, the risks, and how the clocks stand: the head of every page."""

from datetime import datetime

from nexus.ui.formatting import date_and_time, duration, working_days
from referrals.models import Channel, Referral, TriageDecision
from referrals.queue import Clock, custody_clock, target_of
from referrals.risks import in_words, risk_flags
from referrals.states import UNDECIDED
from referrals.triage.standing import allocation_of


def risks(referral: Referral, now: datetime) -> list[str]:
    """What a reader must know first, in words."""
    found = []
    clock = custody_clock(referral, now)
    if clock:
        found.append(f"In custody, {clock_words(clock)}")
        found += filter(None, [referral.detention_question(now)])
    found += risk_flags(referral)
    return found


def clock_words(clock: Clock) -> str:
    """1 hour 54 minutes left (14 November 2026 at 9:30am)"""
    time = duration(clock.time)
    state = f"detention limit passed {time} ago" if clock.passed else f"{time} left"
    return f"{state} ({date_and_time(clock.ends_at)})"


def identity_details(
    referral: Referral, now: datetime, decision: TriageDecision | None
) -> list[tuple[str, str]]:
    """For the identity bar: flag, allocation, who holds it, risk in words. `decision` is the one that stands."""
    flag, allocation = referral.flag, allocation_of(referral)
    held_elsewhere = str(decision.held_by) if flag and decision and decision.held_by else ""
    return [
        ("Flag", flag.words if flag else "None"),
        ("Allocated to", str(allocation.team) if allocation else held_elsewhere or "Nobody"),
        ("State", referral.get_state_display()),
        ("Held by", str(referral.claimed_by or "Nobody")),
        *merged_details(referral),
        *target_details(referral, now),
        ("Risk", in_words(risks(referral, now))),
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
    target = target_of(referral, now)
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

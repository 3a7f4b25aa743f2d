"""What the Duty Desk's pages ask of the database."""

from referrals.duty_desk.queries.enquiries import ONLY_DESK, filtered, happenings, linked_referral
from referrals.duty_desk.queries.pending import (
    WATCHED,
    asked_for,
    matters,
    not_tasked,
    prosecutions_pending,
    standing_against_removal,
)
from referrals.duty_desk.queries.requests_to_force import requests_to_force
from referrals.duty_desk.queries.rota import (
    Gap,
    OnNow,
    RotaDay,
    gaps_ahead,
    gaps_between,
    latest_handover,
    on_now,
    shifts_between,
    week_of,
)
from referrals.duty_desk.queries.telephone import ORDER, being_completed, calls, custody_of
from referrals.duty_desk.queries.told_by_forces import told_by_forces
from referrals.duty_desk.queries.waiting import waiting_items, work_waiting

__all__ = [
    "ONLY_DESK",
    "ORDER",
    "WATCHED",
    "Gap",
    "OnNow",
    "RotaDay",
    "requests_to_force",
    "asked_for",
    "being_completed",
    "calls",
    "custody_of",
    "filtered",
    "gaps_ahead",
    "gaps_between",
    "happenings",
    "latest_handover",
    "linked_referral",
    "matters",
    "not_tasked",
    "on_now",
    "shifts_between",
    "prosecutions_pending",
    "standing_against_removal",
    "told_by_forces",
    "waiting_items",
    "work_waiting",
    "week_of",
]

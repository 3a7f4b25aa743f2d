"""What has happened: moves, proposals, the flag, newest first."""

from datetime import datetime
from operator import itemgetter
from typing import Any

from nexus.ui.formatting import working_days
from nexus.working_days import working_days_between
from referrals.models import Referral, ReferralChange
from referrals.queries import flag_changes
from referrals.states import MOVES

# What each end of a proposed decision is called in the timeline.
ENDED = {
    "agree": "Second reader agreed",
    "send_back": "Second reader returned the proposed decision",
    "recall": "Proposed decision taken back",
    "lapse": "Proposed decision void",
}


def happenings(referral: Referral) -> list[dict[str, Any]]:
    """Entries for the timeline, newest first, and where the local target waited."""
    changes = ReferralChange.objects.filter(referral=referral).select_related("by").order_by("-at", "-pk")
    waits = pauses(referral)
    entries: list[dict[str, Any]] = [
        {
            "title": MOVES[change.verb].title,
            "by": str(change.by or "the service"),
            "at": change.at,
            "text": change.reason,
            "tag": waits.get(change.at, ""),
        }
        for change in changes
    ]
    found = [*told_of_flag(referral), *noted(referral), *proposed(referral), *entries]
    return sorted(
        found, key=itemgetter("at"), reverse=True
    )  # of one moment, the flag stands above the decision


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


def noted(referral: Referral) -> list[dict[str, Any]]:
    """Notes, and dissents from what stood already, newest first."""
    return [
        {"title": note.title, "by": str(note.by), "at": note.at, "text": note.text, "tag": "Internal"}
        for note in referral.notes.select_related("by")
    ]


def told_of_flag(referral: Referral) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {"title": f"Flag {done}", "by": str(by), "at": at, "text": why, "tag": ""}
        for done, by, at, why in flag_changes(referral)[::-1]
    ]


def pauses(referral: Referral) -> dict[datetime, str]:
    """What the timeline says of the local target at the moments it stopped and went on."""
    tags = {}
    for request in referral.information_requests.all():
        tags[request.asked_at] = "Local target paused"
        if request.closed_at:
            paused = working_days(working_days_between(request.asked_at, request.closed_at))
            tags[request.closed_at] = f"Local target paused for {paused}"
    return tags

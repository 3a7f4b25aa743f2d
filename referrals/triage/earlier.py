"""The decisions proposed on a referral before the one that is read now, and what changed since each."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from nexus.earlier import EarlierReading, differences
from nexus.ui.formatting import date_and_time, yesno
from referrals.instead import notes_about
from referrals.models import Proposal, ReferralChange
from referrals.states import MOVES

SAID = (
    "outcome",
    "reasons",
    "significant_impact",
    "impact_reasons",
    "balance",
    "scope_confirmation",
    "route",
    "significant_conviction",
    "police_statement",
    "held_by",
)
CALLED = {
    "outcome": "Proposed decision",
    "reasons": "Reasons, to be shared with the force",
    "significant_impact": "Significant impact",
    "impact_reasons": "What shows the impact",
    "balance": "Balance",
    "scope_confirmation": "Scope",
    "route": "Route",
    "significant_conviction": "Significant conviction",
    "police_statement": "Police statement",
    "held_by": "Team that has the case",
}


def earlier_proposals(proposal: Proposal) -> list[EarlierReading]:
    """Every earlier proposal with what became of it and why, the latest first."""
    before = proposal.referral.proposals.filter(pk__lt=proposal.pk).select_related(
        "proposed_by", "read_by", "held_by"
    )
    now = list(words_of(proposal))
    return [_earlier(each, proposal, now) for each in before.order_by("-pk")]


def _earlier(earlier: Proposal, proposal: Proposal, now: list[tuple[str, str]]) -> EarlierReading:
    ended = earlier.changes.select_related("by").last()
    outcome = earlier.get_outcome_display().lower()
    return EarlierReading(
        title=f"{earlier.get_state_display()}: {outcome}, proposed by {earlier.proposed_by}",
        by=str((ended.by if ended else None) or "the service"),
        at=ended.at if ended else earlier.proposed_at,
        reasons=earlier.because,
        changes=differences(words_of(earlier), now),
        since=list(_happened(earlier, proposal)),
        notes=notes_about(earlier),
        href=reverse("referrals:proposal", args=[proposal.referral.reference, earlier.pk]),
    )


def _happened(earlier: Proposal, proposal: Proposal) -> Iterator[str]:
    """What was done to the referral between the two."""
    between = ReferralChange.objects.filter(
        referral=proposal.referral_id, at__gt=earlier.proposed_at, at__lte=proposal.proposed_at
    )
    for change in between.order_by("at"):
        yield f"{MOVES[change.verb].title}, {date_and_time(change.at)}"


def words_of(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """What a proposal says, and what the rules showed when it was made, part by part."""
    for name in SAID:
        display = getattr(proposal, f"get_{name}_display", None)
        value = display() if display else getattr(proposal, name)
        yield CALLED[name], yesno(value) if isinstance(value, bool) else str(value or "")
    yield from rules_shown(proposal.assessment)


def rules_shown(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The frozen assessment, part by part."""
    yield "Rules: suitability", _plain(found.get("suitability"))
    yield "Rules: scope", "\n".join([_plain(found.get("scope")), *found.get("scope_reasons", ())])
    for limb in found.get("limbs", ()):
        lines = [_plain(limb.get("result")), *limb.get("evidence", ())]
        yield f"Rules: limb {limb.get('limb')}", "\n".join(lines)
    counted = found.get("persistence") or {}
    lines = [f"{_plain(name).capitalize()}: {_plain(value)}" for name, value in sorted(counted.items())]
    yield "Rules: persistence", "\n".join(lines)
    yield "Rules: police statement", _plain(found.get("police_statement"))
    yield "Rules: alerts", "\n".join(found.get("alerts", ()))


def _plain(value: Any) -> str:
    """not_met as "not met"; a list as its lines."""
    if isinstance(value, list | tuple):
        return "; ".join(str(each) for each in value)
    return (
        yesno(value) if isinstance(value, bool) else str(value if value is not None else "").replace("_", " ")
    )

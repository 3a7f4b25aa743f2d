"""The conduct of a subject as lines of a table, each with whether the guide to persistence counts it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nexus.ui.formatting import count
from nexus.ui.formatting import short_date as date_in_brief
from referrals.models import ConductEvent, Referral
from referrals.queries import conduct_of, facts_of, policy_for
from referrals.rules.counting import why_not_counted


@dataclass(frozen=True)
class ConductLine:
    """One event, and why the guide does not count it; nothing where it does."""

    event: ConductEvent
    why_not: str

    @property
    def day(self) -> str:
        """When, in brief."""
        return date_in_brief(self.event.convicted_on or self.event.offence_on) or "No date"

    @property
    def sentence(self) -> str:
        """Custodial, immediate, 9 months; and what became of it where it does not stand."""
        event = self.event
        months = count(event.sentence_months, "month") if event.sentence_months else ""
        kind = event.get_sentence_type_display() if event.sentence_type else ""
        standing = event.get_standing_display() if event.standing != "stands" else ""
        return ", ".join(filter(None, [kind, months, standing]))


def conduct_lines(referral: Referral) -> list[ConductLine]:
    """Every event of the referral in the order of the referral."""
    facts, policy = facts_of(referral), policy_for(referral)
    return [
        ConductLine(event, why_not_counted(conduct_of(event), facts, policy))
        for event in referral.conduct.all()
    ]


def count_in_words(lines: Sequence[ConductLine], referral: Referral) -> str:
    """5 of 6 events count as convictions in the last 3 years"""
    if not lines:
        return ""
    counted = sum(not line.why_not for line in lines)
    verb = "counts as a conviction" if counted == 1 else "count as convictions"
    period = policy_for(referral).persistence_period.words
    return f"{counted} of {count(len(lines), 'event')} {verb} in the last {period}"

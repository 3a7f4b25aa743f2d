"""What is counted of the desk: clocks that have run out, and who holds how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import the_one
from nexus.ui import formatting
from nexus.working_days import local_day
from referrals.models import Proposal, Referral
from referrals.parts import referral_parts
from referrals.queue import Due
from referrals.rules.policies import shortest_detention
from referrals.states import CLAIM, DECIDE, HELD, STATES, UNDECIDED, ProposalState, State


def clocks_run_out(*, now: datetime) -> Mapping[str, float]:
    """Of undecided referrals that lead: custody clocks, and the local target of each kind."""
    undecided = Referral.objects.filter(state__in=UNDECIDED, follows=None)
    custody = undecided.filter(in_custody=True, custody_clock_started_at__lte=now - shortest_detention())
    found = {"custody": float(custody.count())}
    for name, target in (("claim", CLAIM), ("decide", DECIDE)):
        states = [state for state, record in STATES.items() if record.target is target]
        found[name] = float(undecided.filter(Due.PASSED.rows(now), state__in=states).count())
    return found


@dataclass(frozen=True)
class OfficerLoad:
    """What one officer has: counts of what they hold, the oldest of it, and their proposed decisions."""

    person: User
    held: int = 0
    asked: int = 0
    passed: int = 0
    custody: int = 0
    oldest_at: datetime | None = None
    proposed: int = 0
    returned: int = 0
    away_until: date | None = None

    @property
    def words(self) -> str:
        """For who hands over: Piers Okonjo: 4 held, 1 past its target; away until 3 December 2026"""
        passed = f", {self.passed} past the local target" if self.passed else ""
        away = f"; away until {formatting.date(self.away_until)}" if self.away_until else ""
        return f"{self.person.full_name}: {self.held} held{passed}{away}"


def officer_loads(now: datetime) -> list[OfficerLoad]:
    """Every referrals officer who is there or still holds something, the most held first. Four statements."""
    held, proposals, away = _held_by_officer(now), _proposals_by_officer(), away_on(local_day(now))
    officers = User.objects.filter(role=Role.REFERRALS_OFFICER)
    there = officers.filter(Q(is_active=True) | Q(pk__in=[*held, *proposals])).order_by("full_name")
    found = [
        OfficerLoad(
            person, **held.get(person.pk, {}), **proposals.get(person.pk, {}), away_until=away.get(person.pk)
        )
        for person in there
    ]
    return sorted(found, key=lambda load: -load.held)


def _held_by_officer(now: datetime) -> dict[int, dict[str, Any]]:
    held = Referral.objects.filter(state__in=HELD, claimed_by__isnull=False).order_by()
    counts: Any = held.values("claimed_by").annotate(
        held=Count("pk"),
        asked=Count("pk", filter=Q(state=State.INFORMATION_REQUESTED)),
        passed=Count("pk", filter=Due.PASSED.rows(now)),
        custody=Count("pk", filter=Due.CUSTODY.rows(now)),
        oldest_at=Min("submitted_at"),
    )
    return {row.pop("claimed_by"): row for row in counts}


def _proposals_by_officer() -> dict[int, dict[str, Any]]:
    """Those that wait for a second reader, and those that came back and were not proposed again."""
    counts: Any = (
        _open_proposals()
        .values("proposed_by")
        .annotate(
            proposed=Count("pk", filter=Q(state=ProposalState.PROPOSED)),
            returned=Count("pk", filter=Q(state=ProposalState.RETURNED)),
        )
    )
    return {row.pop("proposed_by"): row for row in counts}


def _open_proposals() -> QuerySet[Proposal]:
    """The last proposal of each referral that is still in triage."""
    later = Proposal.objects.filter(referral=OuterRef("referral"), pk__gt=OuterRef("pk"))
    return Proposal.objects.filter(~Exists(later), referral__state=State.IN_TRIAGE).order_by()


def returned_proposals() -> QuerySet[Proposal]:
    """Decisions that came back, with by whom, the latest first."""
    found = _open_proposals().filter(state=ProposalState.RETURNED)
    return found.select_related("referral__force", "proposed_by", "read_by").order_by("-read_at")


def unclaimed(now: datetime) -> dict[str, Any]:
    """How many wait to be claimed, how many of them past the local target, and since when the oldest. One statement."""
    waiting = Referral.objects.filter(state=State.SUBMITTED, follows=None)
    return waiting.aggregate(
        count=Count("pk"), passed=Count("pk", filter=Due.PASSED.rows(now)), oldest_at=Min("submitted_at")
    )


def away_on(day: date) -> Mapping[int, date]:
    """Who is away and until when, as the part that keeps absences says."""
    return the_one(part.away for part in referral_parts())(day=day)

"""What those who run the service count of the desk: clocks that have run out."""

from collections.abc import Mapping
from datetime import datetime

from referrals.models import Referral
from referrals.queue import Due
from referrals.rules.policies import shortest_detention
from referrals.states import CLAIM, DECIDE, STATES, UNDECIDED


def clocks_run_out(*, now: datetime) -> Mapping[str, float]:
    """Of undecided referrals that lead: custody clocks, and the local target of each kind."""
    undecided = Referral.objects.filter(state__in=UNDECIDED, follows=None)
    custody = undecided.filter(in_custody=True, custody_clock_started_at__lte=now - shortest_detention())
    found = {"custody": float(custody.count())}
    for name, target in (("claim", CLAIM), ("decide", DECIDE)):
        states = [state for state, record in STATES.items() if record.target is target]
        found[name] = float(undecided.filter(Due.PASSED.rows(now), state__in=states).count())
    return found

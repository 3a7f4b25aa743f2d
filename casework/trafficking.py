"""The one answer to whether somebody may be a victim of trafficking, where that shows itself, and what became of it.

Everything that touches the person asks here: drafting, reviewing, deciding, serving, asking police support,
authorising, tasking, carrying out. tests/casework/test_trafficking_stops.py walks them all.
"""

from collections.abc import Iterator

from casework.models import Barrier, BarrierKind, Case
from casework.parts import case_parts
from casework.rules.trafficking import (
    ENDING,
    ON_CASE,
    ON_REFERRAL,
    Ended,
    Indicator,
    Trafficking,
    known_after,
    reasons_stopped,
)
from nexus.once import once_a_reading
from referrals.models import Referral

YES = "yes"


@once_a_reading
def trafficking_of(case: Case) -> Trafficking:
    """What stands and what ended: of the case's barriers, the referral's answer and the answers of its parts."""
    barriers = case.barriers.filter(kind=BarrierKind.TRAFFICKING).select_related("carries_on")
    rows = list(barriers.order_by("-lifted_at", "-pk"))
    ended = [end for row in rows if row.outcome in ENDING and (end := _end_of(row))]
    decided_at = max((row.lifted_at for row in rows if row.lifted_at), default=None)
    barriers_now = [
        Indicator(ON_CASE, row.recorded_at, row.positive) for row in rows if row.lifted_at is None
    ]
    return Trafficking([*known_after(list(_answers(case)), decided_at), *barriers_now], ended)


def _answers(case: Case) -> Iterator[Indicator]:
    """What the parts and the referral answered; also a referral of the same person that follows this one."""
    for part in case_parts():
        if part.trafficking_indicators:
            yield from part.trafficking_indicators(case=case)
    answers = [case.referral.trafficking_indicator]
    answers += Referral.objects.filter(follows=case.referral_id).values_list(
        "trafficking_indicator", flat=True
    )
    if YES in answers:
        yield Indicator(ON_REFERRAL, case.opened_at)


def _end_of(barrier: Barrier) -> Ended | None:
    if barrier.ended_on is None or barrier.lifted_at is None:
        return None
    return Ended(barrier.outcome, barrier.ended_on, barrier.ended_reference, barrier.lifted_at)


def reasons_trafficking_stops(case: Case | None) -> list[str]:
    """Why nothing may be done to this person, in the same words wherever somebody tries; nothing where no indicator
    stands, or where there is no case of ours."""
    return reasons_stopped(trafficking_of(case)) if case else []

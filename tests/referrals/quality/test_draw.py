"""Some of last month's standing decisions are drawn, once, and anybody can draw the same again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nexus.audit.models import AuditEvent
from referrals import actions as referral_actions
from referrals.quality import actions
from referrals.quality.models import Draw, Reading
from referrals.quality.queries import repeated, standing_at
from referrals.quality.rules import drawn, month_after, month_before
from referrals.quality.tasks import draw_due
from tests.builders import NOON, REFUSAL, an_acceptance, in_triage

DECEMBER = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)
REFERENCES = [f"NHH-2026-{number:06}" for number in range(1, 38)]


@pytest.mark.parametrize(
    ("percentage", "number"), [(1, 1), (5, 2), (10, 4), (27, 10), (50, 19), (99, 37), (100, 37)]
)
def test_so_many_of_a_hundred_rounded_up_and_always_the_same(percentage: int, number: int) -> None:
    first = drawn(REFERENCES, seed="a seed", percentage=percentage)
    assert len(first) == number
    assert first == drawn(reversed(REFERENCES), seed="a seed", percentage=percentage)
    assert drawn([], seed="a seed", percentage=percentage) == []


def test_another_seed_draws_others() -> None:
    assert drawn(REFERENCES, seed="a", percentage=20) != drawn(REFERENCES, seed="b", percentage=20)


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [
        (date(2026, 1, 1), date(2025, 12, 1), date(2026, 2, 1)),
        (date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1)),
        (date(2028, 3, 1), date(2028, 2, 1), date(2028, 4, 1)),
    ],
)
def test_months(first: date, before: date, after: date) -> None:
    assert (month_before(first), month_after(first)) == (before, after)


@pytest.mark.django_db
def test_the_task_draws_last_month_and_does_nothing_the_second_time(settings: Any) -> None:
    settings.NEXUS_QUALITY_PERCENT = 40
    decisions = [an_acceptance() for _ in range(4)]
    an_acceptance(now=DECEMBER)  # this month's: not yet
    draw = actions.draw_due(now=DECEMBER)
    assert draw is not None and (draw.month, draw.decisions, draw.percentage) == (NOVEMBER, 4, 40)
    chosen = [each.decision.referral.reference for each in draw.readings.order_by("place")]
    assert len(chosen) == 2 and set(chosen) < {each.referral.reference for each in decisions}
    for later in (DECEMBER, DECEMBER + timedelta(days=20)):
        assert actions.draw_due(now=later) is None
    assert (Draw.objects.count(), Reading.objects.count()) == (1, 2)
    assert AuditEvent.objects.get(kind="quality.drawn").detail == {"drawn": 2}
    assert repeated(draw) == chosen


@pytest.mark.django_db
def test_repeating_gives_the_same_after_a_decision_was_reopened(settings: Any) -> None:
    settings.NEXUS_QUALITY_PERCENT = 100
    referral = in_triage()
    one = {"referral_id": referral.pk, "by": referral.claimed_by}
    referral_actions.not_accept(**one, now=NOON + timedelta(hours=1), **REFUSAL)
    an_acceptance()
    draw = actions.draw_due(now=DECEMBER)
    before = repeated(draw)
    referral_actions.reopen(**one, now=DECEMBER + timedelta(days=1), reason="A statement came.")
    assert len(before) == 2 and repeated(draw) == before
    assert standing_at(DECEMBER + timedelta(days=2), month=NOVEMBER).count() == 1


@pytest.mark.django_db
def test_a_month_without_decisions_is_drawn_and_nothing_drawn_when_switched_off(settings: Any) -> None:
    settings.NEXUS_QUALITY_PERCENT = 0
    assert actions.draw_due(now=DECEMBER) is None and not Draw.objects.exists()
    settings.NEXUS_QUALITY_PERCENT = 10
    draw_due.run()
    draw = Draw.objects.get()
    assert (draw.decisions, draw.readings.count(), len(draw.seed)) == (0, 0, 32)


@pytest.mark.django_db
def test_the_months_are_those_of_london(settings: Any) -> None:
    settings.NEXUS_QUALITY_PERCENT = 100
    late = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)  # 11:59pm in London
    for moment in (late, late + timedelta(minutes=1)):
        referral = in_triage(now=moment - timedelta(hours=1))
        referral_actions.not_accept(referral_id=referral.pk, by=referral.claimed_by, now=moment, **REFUSAL)
    assert standing_at(DECEMBER, month=date(2026, 6, 1)).get().decided_at == late
    assert standing_at(DECEMBER, month=date(2026, 7, 1)).count() == 1


@pytest.mark.django_db
def test_the_database_keeps_a_draw_as_it_was_made(settings: Any) -> None:
    settings.NEXUS_QUALITY_PERCENT = 100
    an_acceptance()
    draw = actions.draw_due(now=DECEMBER)
    for rows, changes in ((Draw, {"seed": "other"}), (Reading, {"place": 9})):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(**changes)
    for rows in (Reading, Draw):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.all().delete()
    assert Draw.objects.get() == draw

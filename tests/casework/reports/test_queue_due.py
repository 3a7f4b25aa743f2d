"""The schedule inserts last month's rows, once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.reports import actions
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from tests.builders import a_force

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def test_every_engaged_force_gets_last_months_report() -> None:
    a_force()
    made = actions.queue_due(now=datetime(2026, 11, 1, 3, tzinfo=UTC))
    assert len(made) == 43
    assert {report.period for report in ProgressReport.objects.all()} == {OCTOBER}
    assert {report.requested_by for report in made} == {None}


def test_asked_again_it_adds_only_what_is_missing() -> None:
    force = a_force()
    actions.queue_due(now=datetime(2026, 11, 1, 3, tzinfo=UTC))
    assert actions.queue_due(now=datetime(2026, 11, 1, 4, tzinfo=UTC)) == []
    a_force("97").__class__.objects.filter(code="97").update(engaged=True)
    (added,) = actions.queue_due(now=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert added.force.code == "97"
    assert ProgressReport.objects.filter(force=force).count() == 1


def test_months_turn_in_london() -> None:
    """At 23:30 UTC on 31 March it is 1 April in London."""
    a_force()
    made = actions.queue_due(now=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))
    assert {report.period for report in made} == {Period(date(2026, 3, 1), date(2026, 3, 31))}


def test_the_day_is_a_local_setting(settings: Any) -> None:
    a_force()
    settings.NEXUS_REPORTS_DUE_ON_DAY = 5
    assert actions.queue_due(now=datetime(2026, 11, 4, 12, tzinfo=UTC)) == []
    assert len(actions.queue_due(now=datetime(2026, 11, 5, 12, tzinfo=UTC))) == 43

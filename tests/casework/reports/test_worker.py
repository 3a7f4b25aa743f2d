"""Real workers: killed in the middle, robbed of their messages, racing for the same row."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from redis import Redis

from casework.reports import actions
from casework.reports.messages import BUILD, QUEUE_DUE, SWEEP
from casework.reports.models import ProgressReport, ReportChange, ReportLine
from casework.reports.periods import Period, previous_month
from casework.reports.states import State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.celery import app
from tests.builders import a_case, a_force, a_user
from tests.casework.reports.builders import SO_FAR, a_report
from tests.databases import superuser
from tests.workers import StartWorker

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 60.0  # seconds; on an idle machine each wait takes one or two


def wait_until(done: Callable[[], bool], meanwhile: Callable[[], Any] = lambda: None) -> float:
    """Seconds until `done()`, calling `meanwhile` every two seconds; fails after SOON.

    No oftener: each sweep tells of every waiting row again, and the worker has to hear it all.
    """
    began = time.monotonic()
    called = -2.0
    while not done():
        waited = time.monotonic() - began
        assert waited < SOON, f"still not done after {SOON} s: {states()}"
        if waited - called > 2:
            meanwhile()
            called = waited
        time.sleep(0.02)
    return time.monotonic() - began


def states() -> Counter[str]:
    return Counter(ProgressReport.objects.values_list("state", flat=True))


def beat() -> None:
    """What the schedule does every half minute."""
    app.send_task(SWEEP)


def every_force() -> list[ProgressReport]:
    a_force()
    return actions.request(
        by=a_user(Role.MANAGER), now=timezone.now(), period=previous_month(timezone.localdate())
    )


def assert_all_built_once() -> None:
    """43 reports, each finished exactly once, with the lines its totals count."""
    assert states() == {State.DRAFT: 43}
    finished = Counter(ReportChange.objects.filter(verb="finish").values_list("report", flat=True))
    assert len(finished) == 43
    assert set(finished.values()) == {1}
    assert AuditEvent.objects.filter(kind="report.finished").count() == 43
    lines = Counter(ReportLine.objects.values_list("report", flat=True))
    for report in ProgressReport.objects.all():
        assert report.totals["lines"] == lines[report.pk]


def test_a_worker_builds_what_a_manager_and_what_the_schedule_asks_for(start_worker: StartWorker) -> None:
    case = a_case()
    start_worker()
    report = a_report(period=SO_FAR, now=timezone.now())
    wait_until(lambda: states() == {State.DRAFT: 1})
    assert [line.referral_id for line in ReportLine.objects.filter(report=report)] == [case.referral_id]
    app.send_task(QUEUE_DUE)
    wait_until(lambda: states() == {State.DRAFT: 44})


def test_a_worker_killed_in_the_middle_loses_none_and_makes_none_twice(start_worker: StartWorker) -> None:
    first = start_worker(NEXUS_REPORT_LEASE_SECONDS=2)
    with closing(superuser(connection.settings_dict["NAME"])) as other, other.cursor() as ask:
        other.autocommit = False
        every_force()
        wait_until(lambda: states()[State.DRAFT] >= 10)
        # Whoever builds now waits at the lines, halfway through its transaction.
        ask.execute("LOCK TABLE reports_reportline IN EXCLUSIVE MODE")
        wait_until(lambda: states()[State.BUILDING] == 2)
        first.kill()
        other.rollback()
    left = states()
    assert left[State.BUILDING] == 2
    assert left[State.SCHEDULED] > 0
    start_worker(NEXUS_REPORT_LEASE_SECONDS=2)
    wait_until(lambda: states()[State.DRAFT] == 43, meanwhile=beat)
    assert_all_built_once()
    assert ReportChange.objects.filter(verb="requeue", reason="the worker stopped").count() == 2


def test_messages_lost_in_the_broker_lose_nothing(
    start_worker: StartWorker, _queue_and_cache: tuple[Redis, Redis]
) -> None:
    every_force()
    queue, _ = _queue_and_cache
    assert queue.llen("celery") == 43
    queue.flushdb()
    start_worker()
    time.sleep(1)
    assert states() == {State.SCHEDULED: 43}
    wait_until(lambda: states()[State.DRAFT] == 43, meanwhile=beat)
    assert_all_built_once()


def test_messages_carry_ids_only(_queue_and_cache: tuple[Redis, Redis]) -> None:
    case = a_case()
    a_report(period=SO_FAR, now=timezone.now())
    messages = _queue_and_cache[0].lrange("celery", 0, -1)
    assert sum(BUILD.encode() in message for message in messages) == 1
    for canary in (case.referral.reference, case.referral.surname, "West Midlands"):
        assert all(canary.encode() not in message for message in messages)


def test_workers_that_race_for_a_row_make_one_report() -> None:
    a_case()
    reports = [a_report(period=Period(SO_FAR.first, SO_FAR.last - timedelta(days=n))) for n in range(12)]
    for report in reports:
        start = threading.Barrier(4)

        def race(report_id: int = report.pk, start: threading.Barrier = start) -> bool:
            start.wait()
            try:
                return actions.build(report_id=report_id, clock=timezone.now)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            won = [pool.submit(race) for _ in range(4)]
        assert [each.result() for each in won].count(True) == 1
        assert ReportChange.objects.filter(report=report).count() == 2
        assert ReportLine.objects.filter(report=report).count() == report.lines.count()
    assert states() == {State.DRAFT: len(reports)}


def test_a_sweep_leaves_a_slow_worker_its_row() -> None:
    """The lease is over, but the worker lives: its transaction holds the row, so the sweep passes by."""
    a_case()
    report = a_report()
    token = actions.begin(report_id=report.pk, now=report.requested_at)
    assert token
    inside, swept = threading.Event(), threading.Event()

    def slow_clock() -> Any:
        inside.set()
        assert swept.wait(SOON)
        return timezone.now()

    def finish() -> bool:
        try:
            return actions.finish(report_id=report.pk, token=token, clock=slow_clock)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(finish)
        assert inside.wait(SOON)
        actions.sweep(now=report.requested_at + timedelta(days=1))
        swept.set()
        assert done.result()
    assert states() == {State.DRAFT: 1}

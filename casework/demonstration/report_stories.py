"""The story of the progress reports: queued on the first of the month, built, checked, released, read."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from django.conf import settings
from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, days_later, happens
from casework.reports import actions
from casework.reports.disclosure import CHECKLIST
from casework.reports.models import ProgressReport
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record

# How many of the latest month's reports are left in each early state: waiting, taken by a worker that
# died (the sweep takes them back), given up after the last attempt. They come from the last forces.
WAITING, DIED, PARKED = 2, 1, 2
RELEASED_OF_A_HUNDRED = 60  # of the latest month's; of earlier months' all
ACKNOWLEDGED_OF_A_HUNDRED = 85
# For the force a newcomer signs in from: one report to be released, the one before to be acknowledged.
SHOWN_FORCE = "20"
CHECKED = "Read line by line; nothing in it that the force may not have. (Invented.)"


def month_stories(people: People, *, seed: str, now: datetime, months: int) -> list[Story]:
    """One story for each of the past months, the latest last."""
    firsts = first_days(timezone.localdate(now), months)
    return [
        month_story(
            people,
            Random(f"{seed} month {number}"),
            first,
            latest=number == months,
            before_latest=number == months - 1,
        )
        for number, first in enumerate(firsts, start=1)
    ]


def first_days(today: date, months: int) -> list[date]:
    """The first days of this month and the ones before it, earliest first: when the schedule runs."""
    found = [today.replace(day=1)]
    while len(found) < months:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def month_story(people: People, rng: Random, first: date, *, latest: bool, before_latest: bool) -> Story:
    """The schedule runs on the first of the month, workers build, a manager releases, the forces read."""
    night = timezone.make_aware(datetime.combine(first, time(4, 0)))
    yield night
    reports = actions.queue_due(now=night)
    if latest:
        reports = leave_some_unbuilt(reports, night)
    for number, report in enumerate(reports):
        built = night + timedelta(seconds=2 * number)
        actions.build(report_id=report.pk, clock=partial(datetime.fromtimestamp, built.timestamp(), tz=UTC))
    manager = people.having(Role.MANAGER)[0]
    plans = []
    for report in reports:
        shown = report.force.code == SHOWN_FORCE
        if latest and (shown or not happens(rng, RELEASED_OF_A_HUNDRED)):
            continue
        released = days_later(night, rng, 1, 4)
        plans.append((released, report.pk, release, manager))
        if happens(rng, ACKNOWLEDGED_OF_A_HUNDRED) and not (shown and before_latest):
            lead = people.having(Role.FORCE_LEAD, force=report.force.code)[0]
            plans.append((days_later(released, rng, 1, 12), report.pk, acknowledge, lead))
    for moment, report_id, act, by in sorted(plans, key=lambda plan: plan[:2]):
        yield moment
        act(report_id, by, moment)


def leave_some_unbuilt(reports: list[ProgressReport], night: datetime) -> list[ProgressReport]:
    """Put the last reports into the states before the draft, and give back those still to be built."""
    left = reports[-(WAITING + DIED + PARKED) :]
    for report in left[WAITING : WAITING + DIED]:
        actions.begin(report_id=report.pk, now=night)
    for report in left[WAITING + DIED :]:
        for _ in range(settings.NEXUS_REPORT_ATTEMPTS):
            token = actions.begin(report_id=report.pk, now=night)
            if token:
                actions.fail(report_id=report.pk, token=token, now=night, what="OSError")
    return reports[: len(reports) - len(left)]


def release(report_id: int, by: User, now: datetime) -> None:
    """Opened and read, then released."""
    record(kind="report.viewed", by=by, subject=ProgressReport.objects.get(pk=report_id), now=now)
    actions.release(report_id=report_id, by=by, now=now, checked=list(CHECKLIST), disclosure_check=CHECKED)


def acknowledge(report_id: int, by: User, now: datetime) -> None:
    """Opened by the force lead, then acknowledged."""
    record(kind="report.viewed", by=by, subject=ProgressReport.objects.get(pk=report_id), now=now)
    actions.acknowledge(report_id=report_id, by=by, now=now)

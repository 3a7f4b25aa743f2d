"""Gaps in the rota are told of ahead: "custody clocks missed for want of a named officer" shall not happen again."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction

from nexus.working_days import add_working_days, local_day
from referrals.duty_desk import telling
from referrals.duty_desk.actions.rota import lock_rota
from referrals.duty_desk.models import RotaAlert
from referrals.duty_desk.queries import Gap, gaps_between, shifts_between
from referrals.duty_desk.rules.rota import Duty, Span, london, touches

AROUND = timedelta(days=10)  # further than any night, weekend or Christmas: a gap is seen whole


@transaction.atomic
def tell_of_gaps(*, now: datetime) -> list[RotaAlert]:
    """Tell managers and the desk of each gap that begins within NEXUS_ROTA_ALERT_WORKING_DAYS, once.

    Of what begins on one day they hear in one message. What is left of a gap that is filled in part was told of
    already. A gap that was filled and opens again is told of again. What was new now.
    """
    for duty in Duty:
        lock_rota(duty)
    gaps = begun_by(now, settings.NEXUS_ROTA_ALERT_WORKING_DAYS)
    known = still_open(gaps, now)
    new = [gap for gap in gaps if not any(covers(alert, gap) for alert in known)]
    alerts = [
        RotaAlert.objects.create(
            duty=gap.duty, starts_at=gap.span.starts_at, ends_at=gap.span.ends_at, told_at=now
        )
        for gap in new
    ]
    for _, of_day in groupby(alerts, key=lambda alert: local_day(alert.starts_at)):
        telling.gap_ahead(next(of_day), now=now)
    return alerts


def begun_by(now: datetime, working_days: int) -> list[Gap]:
    """The gaps that go on now or begin in the coming working days, each whole, earliest first."""
    today = local_day(now)
    first, last = today - AROUND, add_working_days(today, working_days)
    held = shifts_between(london(first, time(0)), london(last + AROUND + timedelta(days=1), time(0)))
    found = gaps_between(held, first, last + AROUND, since=london(first, time(0)))
    return [gap for gap in found if gap.span.ends_at > now and gap.day <= last]


def still_open(gaps: Iterable[Gap], now: datetime) -> list[RotaAlert]:
    """The alerts whose gap is not filled; those that are filled or past are over from now on."""
    found = list(gaps)
    alerts = list(RotaAlert.objects.filter(over_at=None))
    open_still = [
        alert
        for alert in alerts
        if any(gap.duty == alert.duty and touches(gap.span, alert.span) for gap in found)
    ]
    over = {alert.pk for alert in alerts} - {alert.pk for alert in open_still}
    RotaAlert.objects.filter(pk__in=over).update(over_at=now)
    return open_still


def covers(alert: RotaAlert, gap: Gap) -> bool:
    """Whether nothing of the gap is new to who was told."""
    span: Span = alert.span
    within = span.starts_at <= gap.span.starts_at and gap.span.ends_at <= span.ends_at
    return alert.duty == gap.duty and within

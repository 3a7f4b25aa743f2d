"""Who is on, who is on when, and what is left uncovered."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from nexus.ui import formatting
from nexus.working_days import is_working_day, local_day
from referrals.duty_desk.models import HandoverNote, Shift
from referrals.duty_desk.rules.rota import ALERT_DAYS, Duty, Span, gaps, london, touches, wanted_spans

DAY = timedelta(days=1)


def shifts_between(starts_at: datetime, ends_at: datetime) -> list[Shift]:
    """Shifts that touch this time, earliest first."""
    found = Shift.objects.filter(cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return list(found.select_related("person"))


@dataclass(frozen=True)
class OnNow:
    """Who holds the duty that is wanted at a moment, if anybody."""

    duty: Duty
    shift: Shift | None
    now: datetime

    def __str__(self) -> str:
        """Duty officer now: Rowan Ashdown, until 5pm."""
        if self.shift is None:
            return f"No {self.duty.noun} now."
        until = formatting.time(self.shift.ends_at)
        if local_day(self.shift.ends_at) != local_day(self.now):
            until = f"{until} on {formatting.weekday(self.shift.ends_at)}"
        return f"{self.duty.label} now: {self.shift.person}, until {until}."


def on_now(*, now: datetime) -> OnNow:
    """Who is on: the duty officer in the desk's hours, else the CIO or HMI on call. One query."""
    today = local_day(now)
    at_desk = any(span.starts_at <= now < span.ends_at for span in wanted_spans(Duty.DESK, today, today))
    duty = Duty.DESK if at_desk else Duty.ON_CALL
    held = Shift.objects.filter(duty=duty, cancelled_at=None, starts_at__lte=now, ends_at__gt=now)
    return OnNow(duty, held.select_related("person").first(), now)


@dataclass(frozen=True)
class Gap:
    """A time in which nobody holds a duty although somebody must."""

    duty: Duty
    span: Span

    def __str__(self) -> str:
        """No CIO or HMI on call on Saturday 28 November 2026 from 6pm to midnight"""
        return f"No {self.duty.noun} {span_said(self.span)}"

    @property
    def day(self) -> date:
        return local_day(self.span.starts_at)


def times_said(span: Span, day: date) -> str:
    """The times of a span as they read on that day: 6pm to midnight · 5pm to 9am on Monday 30 November 2026."""

    def in_words(moment: datetime) -> str:
        clock = formatting.time(moment)
        return clock if local_day(moment) == day else f"{clock} on {formatting.weekday(moment)}"

    same_night = span.ends_at == london(day + DAY, time(0))
    return f"{in_words(span.starts_at)} to {'midnight' if same_night else in_words(span.ends_at)}"


def span_said(span: Span) -> str:
    """on Monday 30 November 2026 from 9am to 5pm · from 5pm on Friday … to 9am on Monday …"""
    first, last = local_day(span.starts_at), local_day(span.ends_at - timedelta(microseconds=1))
    since, until = formatting.time(span.starts_at), formatting.time(span.ends_at)
    if first == last:
        return f"on {formatting.weekday(first)} from {since} to {until}"
    return f"from {since} on {formatting.weekday(first)} to {until} on {formatting.weekday(span.ends_at)}"


def gaps_between(held: list[Shift], first: date, last: date, *, since: datetime) -> list[Gap]:
    """What is left uncovered from `first` to `last`, as far as it lies after `since`; earliest first."""
    found = [
        Gap(duty, Span(max(gap.starts_at, since), gap.ends_at))
        for duty in Duty
        for gap in gaps(duty, [shift.span for shift in held if shift.duty == duty], first, last)
        if gap.ends_at > since
    ]
    return sorted(found, key=lambda gap: gap.span)


def gaps_ahead(now: datetime) -> list[Gap]:
    """What is uncovered in the coming days. One query."""
    first = local_day(now)
    last = first + timedelta(days=ALERT_DAYS)
    held = shifts_between(now, london(last + DAY, time(0)))
    return gaps_between(held, first, last, since=now)


@dataclass
class RotaDay:
    """One day of the week view: the shifts and gaps that touch it, and what was handed over."""

    day: date
    shifts: list[Shift] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    notes: list[HandoverNote] = field(default_factory=list)

    @property
    def bank_holiday(self) -> bool:
        return self.day.weekday() < 5 and not self.working

    @property
    def working(self) -> bool:
        return is_working_day(self.day)

    def times_of(self, each: Shift | Gap) -> str:
        return times_said(each.span, self.day)


def week_of(monday: date, *, now: datetime) -> list[RotaDay]:
    """Seven days of the rota. Two queries; gaps are looked for beyond both ends, so that they are shown whole."""
    last, around = monday + timedelta(days=6), timedelta(days=7)
    held = shifts_between(london(monday - around, time(0)), london(last + around + DAY, time(0)))
    missing = gaps_between(held, monday - around, last + around, since=now)
    notes = list(HandoverNote.objects.filter(day__range=(monday, last)).select_related("by"))
    days = [RotaDay(monday + timedelta(days=number)) for number in range(7)]
    for each in days:
        whole = Span(london(each.day, time(0)), london(each.day + DAY, time(0)))
        each.shifts = [shift for shift in held if touches(shift.span, whole)]
        each.gaps = [gap for gap in missing if touches(gap.span, whole)]
        each.notes = [note for note in notes if note.day == each.day]
    return days


def latest_handover(now: datetime) -> list[HandoverNote]:
    """What was handed over on the last day with a note, and since, no older than a week."""
    since = local_day(now) - timedelta(days=7)
    notes = list(HandoverNote.objects.filter(day__gte=since).select_related("by"))
    return [note for note in notes if note.day == notes[-1].day]

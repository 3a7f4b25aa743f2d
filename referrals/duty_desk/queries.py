"""What the Duty Desk's pages ask of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from nexus.accounts.models import User
from nexus.ui import formatting
from nexus.working_days import is_working_day, local_day
from referrals.duty_desk.models import Enquiry, HandoverNote, PendingMatter, Shift
from referrals.duty_desk.permissions import WHO_MAY
from referrals.duty_desk.rules import ALERT_DAYS, Duty, Span, gaps, london, touches, wanted_spans
from referrals.duty_desk.states import State
from referrals.models import Referral
from referrals.queue import ME, NOBODY
from referrals.states import UNDECIDED
from referrals.states import State as ReferralState

DAY = timedelta(days=1)
WATCHED = (*UNDECIDED, ReferralState.ACCEPTED)  # referrals whose pending matters the desk checks
ONLY_DESK = "Seen by the desk only"


def on_day(day: date, moment: str) -> Q:
    """Whether the field `moment` lies on this day in London."""
    return Q(**{f"{moment}__gte": london(day, time(0)), f"{moment}__lt": london(day + DAY, time(0))})


def filtered(
    enquiries: QuerySet[Enquiry], wanted: Mapping[str, Any], *, by: User, today: date
) -> QuerySet[Enquiry]:
    """The enquiries asked for; where neither state nor day is, all open ones and those answered today.

    `wanted` may hold state (a list), asker, force (a Force), owner (nobody, me or a person's number) and
    day (logged or answered on it).
    """
    if wanted.get("state"):
        enquiries = enquiries.filter(state__in=wanted["state"])
    elif not wanted.get("day"):
        enquiries = enquiries.filter(Q(state=State.OPEN) | on_day(today, "answered_at"))
    if wanted.get("day"):
        enquiries = enquiries.filter(
            on_day(wanted["day"], "logged_at") | on_day(wanted["day"], "answered_at")
        )
    if wanted.get("asker"):
        enquiries = enquiries.filter(asker=wanted["asker"])
    if wanted.get("force"):
        enquiries = enquiries.filter(force=wanted["force"])
    if wanted.get("owner"):
        enquiries = enquiries.filter(owned_by(wanted["owner"], by))
    return enquiries


def owned_by(owner: str, by: User) -> Q:
    if owner == NOBODY:
        return Q(owner=None)
    return Q(owner=by.pk if owner == ME else int(owner))


def linked_referral(enquiry: Enquiry, user: User) -> Referral | None:
    """The referral it is linked to, where this person may see it."""
    return Referral.objects.visible_to(user).filter(pk=enquiry.referral_id).first()


def happenings(enquiry: Enquiry, user: User) -> list[dict[str, Any]]:
    """What happened, newest first; the desk's own notes for the desk only."""
    entries = [
        {
            "title": "Logged",
            "at": enquiry.logged_at,
            "by": enquiry.logged_by,
            "text": "",
            "tag": "",
        }
    ]
    for change in enquiry.changes.select_related("by"):
        title = {"answer": "Answered", "reopen": "Reopened"}[change.verb]
        entries.append({"title": title, "at": change.at, "by": change.by, "text": change.reason, "tag": ""})
    if WHO_MAY.may("view_desk", user):
        entries += [_of_note(note) for note in enquiry.notes.select_related("by", "to", "referral")]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def _of_note(note: Any) -> dict[str, Any]:
    title = "Note"
    if note.to:
        title = "Taken" if note.to_id == note.by_id else f"Handed over to {note.to}"
    if note.referral:
        title = f"Linked to {note.referral.reference}"
    return {
        "title": title,
        "at": note.at,
        "by": note.by,
        "text": note.text,
        "tag": ONLY_DESK if note.text else "",
    }


# What is pending.


def matters(user: User) -> QuerySet[PendingMatter]:
    """What the desk watches: the matters of undecided and accepted referrals, with what a line shows."""
    found = PendingMatter.objects.visible_to(user).filter(referral__state__in=WATCHED)
    return found.select_related("referral__force", "checked_by")


def matters_asked_for(wanted: Mapping[str, Any], user: User, now: datetime) -> QuerySet[PendingMatter]:
    """Those asked for; where nothing is said, all that are not over. `wanted` may hold kind, unchecked (for
    how many days) and over."""
    found = matters(user).filter(ended_at__isnull=not wanted.get("over"))
    if wanted.get("kind"):
        found = found.filter(kind__in=wanted["kind"])
    if wanted.get("unchecked"):
        found = found.filter(looked_at__lte=now - int(wanted["unchecked"]) * DAY)
    return found


# The rota.


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


def on_now(now: datetime) -> OnNow:
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

    def said(moment: datetime) -> str:
        clock = formatting.time(moment)
        return clock if local_day(moment) == day else f"{clock} on {formatting.weekday(moment)}"

    same_night = span.ends_at == london(day + DAY, time(0))
    return f"{said(span.starts_at)} to {'midnight' if same_night else said(span.ends_at)}"


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
    """Seven days of the rota. Two queries; what is missing is reckoned beyond both ends, to show it whole."""
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

"""Digests: one e-mail a person and period, at the same hour by the clock on the wall, summer and winter."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nexus.notifications.actions.steps import locked
from nexus.notifications.kinds import DIGESTS, Delivery
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail, Notification

MONDAY = 0


def send_digests(*, now: datetime) -> int:
    """Make every digest that is due and not made yet; returns how many. Run it as often as you like.

    Each takes what its person has not read and was told of before the digest's hour; the rest waits for the next.
    """
    return sum(make(period, now=now) for period in DIGESTS)


def make(period: Delivery, *, now: datetime) -> int:
    """This period's digests, one transaction a person, so that one that fails holds up nobody else's."""
    day = latest_day(period, now)
    unsent = Notification.objects.filter(
        delivery=period, mail=None, read_at=None, made_at__lt=due_at(day)
    ).order_by()
    people = unsent.values_list("person_id", flat=True).distinct()
    key = f"{period}:{day.isoformat()}"
    return sum(make_for(person, unsent, key=key, now=now) for person in sorted(people))


@transaction.atomic
def make_for(person_id: int, unsent: QuerySet[Notification], *, key: str, now: datetime) -> bool:
    """One person's digest. The constraint lets one of two at once make it; False when it was there."""
    mail, is_new = Mail.objects.get_or_create(
        person_id=person_id, key=key, defaults={"made_at": now, "due_at": now}
    )
    if is_new:
        locked(unsent.filter(person_id=person_id)).update(mail=mail)
        ask_for_sending([mail.pk])
    return is_new


def latest_day(period: Delivery, now: datetime) -> date:
    """The day of the digest that fell due last: today's or yesterday's, or that of a Monday."""
    day = timezone.localdate(now)
    if now < due_at(day):
        day -= timedelta(days=1)
    return day - timedelta(days=day.weekday() - MONDAY) if period == Delivery.WEEKLY else day


def due_at(day: date) -> datetime:
    """The digest's hour on that day in the UK, whatever the clocks do."""
    return timezone.make_aware(datetime.combine(day, time(settings.NEXUS_DIGEST_HOUR)))

"""Telling people of events, in the transaction of the action that made them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from nexus.accounts.models import User
from nexus.notifications.kinds import KINDS, Delivery
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail, Notification
from nexus.notifications.queries import deliveries, reference_of

AT_ONCE = 1000  # rows in one statement


@dataclass(frozen=True, kw_only=True)
class Event:
    """What people are told of, and who they are.

    `event_key` says which event it is by its ids ("decision:12"): the constraint on it and the person makes
    one message of two calls, also of two at once. The link leads to the page `url_name` with `url_args`.
    `called` is said instead of the subject's reference, where one message is of several.
    """

    event_key: str
    kind: str
    to: Collection[User]
    subject: Model | None = None
    called: str = ""
    url_name: str
    url_args: Sequence[object] = ()

    @property
    def reference(self) -> str:
        return self.called or reference_of(self.subject)

    @property
    def group(self) -> str:
        return KINDS[self.kind].group

    def notification(self, person: User, delivery: Delivery, now: datetime) -> Notification:
        """The row for one of its people, not stored yet."""
        subject = self.subject
        return Notification(
            event_key=self.event_key,
            person=person,
            kind=self.kind,
            reference=self.reference,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            url_name=self.url_name,
            url_args=[str(arg) for arg in self.url_args],
            made_at=now,
            delivery=delivery,
        )


@transaction.atomic
def notify(
    *,
    event_key: str,
    kind: str,
    to: Iterable[User | None],
    now: datetime,
    subject: Model | None = None,
    called: str = "",
    url_name: str,
    url_args: Sequence[object] = (),
    delivery: Delivery | None = None,
    renewed: bool = False,
) -> None:
    """Tell each of these people of the event (see `Event`) once, as they chose; somebody told already is left alone.

    `delivery` is how, where people choose it elsewhere than for the kind's group. With `renewed` a message that
    no e-mail has taken yet names the subject as it is called now, and is unread again.
    """
    people = recipients(to)
    event = Event(
        event_key=event_key, kind=kind, to=people, subject=subject, called=called, url_name=url_name, url_args=url_args
    )  # fmt: skip
    wanted = dict.fromkeys((person.pk for person in people), delivery) if delivery else None
    wanted = wanted or deliveries(people, event.group)
    tell([event], {event.group: wanted}, now=now)
    if renewed:
        renew(event_key, event.reference, now=now)
    if Delivery.INSTANT in wanted.values():
        mail_at_once([event_key], now=now)


@transaction.atomic
def notify_all(*, events: Sequence[Event], now: datetime) -> None:
    """As `notify`, of many events in as many statements as of one; `to` of each are people who can sign in."""
    wanted = {}
    for group in sorted({event.group for event in events}):
        to = recipients(person for event in events if event.group == group for person in event.to)
        wanted[group] = deliveries(to, group)
    tell(events, wanted, now=now)
    instant = [
        event.event_key
        for event in events
        if any(wanted[event.group][person.pk] == Delivery.INSTANT for person in event.to)
    ]
    mail_at_once(instant, now=now)


def tell(events: Iterable[Event], wanted: dict[str, dict[int, Delivery]], *, now: datetime) -> None:
    """A row for each person of each event, as they want its group; who wants none has none."""
    rows = []
    for event in events:
        reverse(
            event.url_name, args=[str(arg) for arg in event.url_args]
        )  # a link that leads nowhere fails here
        for person in recipients(event.to):
            if wanted[event.group][person.pk] != Delivery.NONE:
                rows.append(event.notification(person, wanted[event.group][person.pk], now))
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def renew(event_key: str, reference: str, *, now: datetime) -> None:
    """The same message again, with what it counts by now. The rows are taken in one order, by two events at once."""
    unsent = Notification.objects.filter(event_key=event_key, mail=None).order_by("pk").select_for_update()
    keys = list(unsent.values_list("pk", flat=True))
    Notification.objects.filter(pk__in=keys).update(reference=reference, made_at=now, read_at=None)


def recipients(to: Iterable[User | None]) -> list[User]:
    """Those who can sign in, once each; in one order, so that two events at once never wait for each other."""
    found = {person.pk: person for person in to if person is not None and person.is_active}
    return [found[key] for key in sorted(found)]


def mail_at_once(event_keys: Collection[str], *, now: datetime) -> None:
    """An e-mail for each of the events' notifications that wants one and has none yet."""
    if not event_keys:
        return
    wants = Notification.objects.filter(event_key__in=event_keys, delivery=Delivery.INSTANT, mail=None)
    unsent = list(wants.order_by("pk"))
    for row in unsent:
        row.mail = Mail(person_id=row.person_id, key=f"event:{row.event_key}", made_at=now, due_at=now)
    Mail.objects.bulk_create([row.mail for row in unsent if row.mail], batch_size=AT_ONCE)
    Notification.objects.bulk_update(unsent, ["mail"], batch_size=AT_ONCE)
    ask_for_sending(row.mail_id for row in unsent if row.mail_id)

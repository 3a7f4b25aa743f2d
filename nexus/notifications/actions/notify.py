"""Telling people of an event, in the transaction of the action that made it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from nexus.accounts.models import User
from nexus.notifications.kinds import KINDS, Delivery
from nexus.notifications.messages import ask_for_sending
from nexus.notifications.models import Mail, Notification
from nexus.notifications.queries import deliveries, reference_of


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
    """Tell each of these people of the event once, as they chose; somebody told already is left alone.

    `event_key` says which event it is by its ids ("decision:12"): the constraint on it and the person makes
    one message of two calls, also of two at once. The link leads to the page `url_name` with `url_args`.
    `delivery` is how, where people choose it elsewhere than for the kind's group. With `renewed` a message that
    no e-mail has taken yet names the subject as it is called now, and is unread again. `called` is said instead of
    the subject's reference, where one message is of several.
    """
    args = [str(arg) for arg in url_args]
    reverse(url_name, args=args)  # a link that leads nowhere is a mistake of ours: here, not in the inbox
    people = recipients(to)
    wanted = dict.fromkeys((person.pk for person in people), delivery) if delivery else None
    wanted = wanted or deliveries(people, KINDS[kind].group)
    rows = [
        Notification(
            event_key=event_key,
            person=person,
            kind=kind,
            reference=called or reference_of(subject),
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            url_name=url_name,
            url_args=args,
            made_at=now,
            delivery=wanted[person.pk],
        )
        for person in people
        if wanted[person.pk] != Delivery.NONE
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if renewed:
        renew(event_key, called or reference_of(subject), now=now)
    if Delivery.INSTANT in wanted.values():
        mail_at_once(event_key, now=now)


def renew(event_key: str, reference: str, *, now: datetime) -> None:
    """The same message again, with what it counts by now. The rows are taken in one order, by two events at once."""
    unsent = Notification.objects.filter(event_key=event_key, mail=None).order_by("pk").select_for_update()
    keys = list(unsent.values_list("pk", flat=True))
    Notification.objects.filter(pk__in=keys).update(reference=reference, made_at=now, read_at=None)


def recipients(to: Iterable[User | None]) -> list[User]:
    """Those who can sign in, once each; in one order, so that two events at once never wait for each other."""
    found = {person.pk: person for person in to if person is not None and person.is_active}
    return [found[key] for key in sorted(found)]


def mail_at_once(event_key: str, *, now: datetime) -> None:
    """An e-mail for each of the event's notifications that wants one and has none yet."""
    unsent = list(Notification.objects.filter(event_key=event_key, delivery=Delivery.INSTANT, mail=None))
    for row in unsent:
        row.mail = Mail(person_id=row.person_id, key=f"event:{event_key}", made_at=now, due_at=now)
    Mail.objects.bulk_create([row.mail for row in unsent if row.mail])
    Notification.objects.bulk_update(unsent, ["mail"])
    ask_for_sending(row.mail_id for row in unsent if row.mail_id)

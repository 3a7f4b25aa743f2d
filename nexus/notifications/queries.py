"""What the inbox, the header and the senders ask."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.urls import reverse

from nexus.accounts.models import User
from nexus.notifications.kinds import GROUPS, Delivery, groups_of
from nexus.notifications.models import Notification, Preference
from nexus.parts import Urgency, WaitingItem, audit_names
from nexus.waiting import MOST

NEWS_FOR = timedelta(hours=1)  # so long an unopened one stands in the list of the day
MOST_COUNTED = 100  # the header says "99+" from here on, so that counting never grows


def unread_of(user: User) -> QuerySet[Notification]:
    """The notifications that the person has not opened."""
    unread: QuerySet[Notification] = Notification.objects.visible_to(user).filter(read_at=None).order_by()
    return unread


def unread_count(user: User) -> int:
    """How many they are, at most MOST_COUNTED. One indexed query."""
    return unread_of(user)[:MOST_COUNTED].count()


def choices_of(user: User) -> dict[str, Delivery]:
    """How the person is told of each group that comes to their role."""
    chosen = dict(Preference.objects.filter(person=user).values_list("group", "delivery"))
    return {name: Delivery(chosen.get(name, group.default)) for name, group in groups_of(user.role).items()}


def deliveries(people: Iterable[User], group: str) -> dict[int, Delivery]:
    """How each of these people wants this group, by their keys."""
    chosen = dict(
        Preference.objects.filter(person__in=people, group=group).values_list("person_id", "delivery")
    )
    return {person.pk: Delivery(chosen.get(person.pk, GROUPS[group].default)) for person in people}


def reference_of(subject: Model | None) -> str:
    """What people call the row: by the audit log's table of names, which holds no subject's; else its number."""
    if subject is None:
        return ""
    path = audit_names().get(subject._meta.label_lower)
    if path is None:
        return f"{subject._meta.verbose_name} {subject.pk}".capitalize()
    found: object = subject
    for name in path.split("__"):
        found = getattr(found, name)
    return str(found)


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """For nexus/parts.py: what this person was told in the last hour and has not opened, one line for each thing
    that it is about, with the newest. One query."""
    recent = Notification.objects.visible_to(user).filter(read_at=None, made_at__gte=now - NEWS_FOR)
    newest: dict[tuple[str, str], list[Notification]] = {}
    for row in recent[:MOST]:
        newest.setdefault((row.subject_type, row.subject_id), []).append(row)
    for rows in newest.values():
        more = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
        path = reverse("notifications:open", args=[rows[0].pk])
        reference = rows[0].reference
        yield WaitingItem(rows[0].words + more, Urgency.UNREAD, rows[0].made_at, path, rows[0], reference)

"""Nobody in the demonstration gets e-mails, and what was told long ago has been read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from nexus.accounts.models import User
from nexus.notifications.kinds import Delivery, groups_of
from nexus.notifications.models import Notification, Preference

READ_AFTER = timedelta(days=2)


def keep_in_nexus(people: Iterable[User]) -> None:
    """Invented people have no mailboxes: they are told in Nexus only, until one chooses otherwise."""
    Preference.objects.bulk_create(
        Preference(person=person, group=group, delivery=Delivery.IN_APP)
        for person in people
        for group in {*groups_of(person.role), "stops"}
    )


def read_what_is_old(*, now: datetime) -> None:
    """Everybody has opened what came before the last days."""
    old = Notification.objects.filter(made_at__lt=now - READ_AFTER)
    old.update(read_at=now - READ_AFTER)

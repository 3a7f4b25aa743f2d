"""How a person wants to be told."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.notifications.actions.steps import locked
from nexus.notifications.kinds import DIGESTS, KINDS, Delivery, groups_of
from nexus.notifications.models import Notification, Preference
from nexus.notifications.permissions import WHO_MAY
from nexus.notifications.queries import choices_of
from nexus.refusals import refuse_if


def reasons_not_to_choose(choices: Mapping[str, str], by: User) -> list[str]:
    if not set(choices) <= set(groups_of(by.role)) or not set(choices.values()) <= set(Delivery.values):
        return ["Choose only from the notifications that your role gets."]
    return []


@transaction.atomic
def choose(*, by: User, now: datetime, choices: Mapping[str, str]) -> None:
    """Keep the choices by group; what already waits for a digest follows them. Raises Refused."""
    WHO_MAY.permit("choose", by)
    refuse_if(reasons_not_to_choose(choices, by))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    before = choices_of(by)
    changed = {group: choice for group, choice in choices.items() if before[group] != choice}
    for group, choice in changed.items():
        Preference.objects.update_or_create(person=by, group=group, defaults={"delivery": choice})
        turn_over(by, group, Delivery(choice))
    if changed:
        record(kind="user.notifications_chosen", by=by, subject=by, now=now, detail=changed)


def turn_over(person: User, group: str, choice: Delivery) -> None:
    """What waits for a digest goes into the new one, or into none; an e-mail each time is for what is new."""
    if choice == Delivery.INSTANT:
        return
    kinds = [name for name, kind in KINDS.items() if kind.group == group]
    unsent = Notification.objects.filter(person=person, kind__in=kinds, mail=None, delivery__in=DIGESTS)
    locked(unsent).update(delivery=choice if choice in DIGESTS else Delivery.IN_APP)

"""What several actions on notifications begin with."""

from django.db.models import QuerySet

from nexus.notifications.models import Notification


def locked(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """These rows, locked one after another by their keys, so that two at once never wait for each other."""
    keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    return Notification.objects.filter(pk__in=keys)

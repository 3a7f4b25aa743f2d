"""An authorisation that has ended ends what stood on it: by the schedule, in nobody's name."""

from datetime import datetime

from django.db import transaction

from casework.engagement import telling
from casework.engagement.actions.steps import recorded
from casework.engagement.models import Engagement
from casework.engagement.queries import standing_authorisation
from casework.engagement.states import LIVE


def expire(*, now: datetime) -> int:
    """Mark what is past its authorisation's end; how many. Running it twice changes nothing more."""
    over = Engagement.objects.filter(
        state__in=LIVE,
        authorisations__voided_at=None,
        authorisations__replaced_at=None,
        authorisations__expires_at__lte=now,
    )
    return sum(expire_one(pk, now) for pk in over.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def expire_one(engagement_id: int, now: datetime) -> bool:
    """One of them, unless somebody is at work on it at this moment or it has moved on."""
    locked = Engagement.objects.select_for_update(of=("self",), skip_locked=True)
    engagement = (
        locked.select_related("case__referral__force", "force")
        .filter(pk=engagement_id, state__in=LIVE)
        .first()
    )
    standing = standing_authorisation(engagement) if engagement else None
    if engagement is None or standing is None or standing.expires_at > now:
        return False
    engagement.move("expire", by=None, now=now)
    recorded(engagement, done="expired", by=None, now=now)
    telling.expired(engagement, now=now)
    return True

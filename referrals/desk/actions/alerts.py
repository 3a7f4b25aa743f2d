"""Alerts of saved views: a person hears what newly enters one, at once or as a number a day or a week.

What is in the view is kept in rows (`ViewEntry`), so that a referral is told of once for each time it enters.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.http import QueryDict

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.notifications.actions.digests import latest_day
from nexus.notifications.kinds import Delivery
from nexus.refusals import refuse_if
from nexus.ui.formatting import number
from referrals.desk import telling
from referrals.desk.lists import found_by
from referrals.desk.models import HowOften, SavedView, ViewAlert, ViewDigest, ViewEntry
from referrals.desk.permissions import DESK, WHO_MAY

MOST = 2000  # referrals in a view with an alert: each is a row


def reasons_not_to_alert(view: SavedView, by: User, now: datetime) -> list[str]:
    """An alert of everything ever decided would tell nobody anything."""
    if len(in_view(view, by, now)) > MOST:
        return [f"This view finds more than {number(MOST)} referrals. Filter more, and save that as a view."]
    return []


def in_view(view: SavedView, by: User, now: datetime) -> list[int]:
    """The referrals the view finds for this person, at most one more than MOST."""
    return list(found_by(QueryDict(view.query), by=by, now=now).values_list("pk", flat=True)[: MOST + 1])


@transaction.atomic
def set_alert(*, view_id: int, by: User, now: datetime, how_often: str) -> SavedView:
    """Hear of what enters the view from now on; "none" ends it. Raises Refused.

    What is in the view now is known and not told of.
    """
    view = SavedView.objects.visible_to(by).get(pk=view_id)
    WHO_MAY.permit("set_alert", by)
    if how_often == Delivery.NONE:
        ViewAlert.objects.filter(view=view, person=by).delete()
    else:
        refuse_if(reasons_not_to_alert(view, by, now))
        values = {"how_often": HowOften(how_often), "set_at": now}
        alert, is_new = ViewAlert.objects.update_or_create(view=view, person=by, defaults=values)
        if is_new:
            enter(alert, in_view(view, by, now), now)
    record(kind="view.alert_set", by=by, subject=view, now=now, detail={"how_often": how_often})
    return view


def tell_of_views(*, now: datetime) -> int:
    """Tell everybody of what has entered their views since the last look; how many entries were told of.

    Each alert in a transaction of its own, and one that another run looks after now is passed over.
    """
    wanted = ViewAlert.objects.filter(person__is_active=True, person__role__in=DESK)
    return sum(tell_of_one(pk, now) for pk in wanted.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def tell_of_one(alert_id: int, now: datetime) -> int:
    locked = ViewAlert.objects.select_for_update(of=("self",), skip_locked=True)
    alert = locked.select_related("view", "person").filter(pk=alert_id).first()
    if alert is None:
        return 0
    present = in_view(alert.view, alert.person, now)
    if len(present) > MOST:
        return 0
    known = set(alert.entries.values_list("referral_id", flat=True))
    alert.entries.filter(referral__in=known - set(present)).delete()
    entered = enter(alert, [pk for pk in present if pk not in known], now)
    if alert.how_often == HowOften.INSTANT:
        telling.of_entries(alert, entered, now=now)
    elif entered:
        count_in_digest(alert, len(entered), now)
    return len(entered)


def enter(alert: ViewAlert, referrals: Iterable[int], now: datetime) -> list[ViewEntry]:
    return ViewEntry.objects.bulk_create(
        ViewEntry(alert=alert, referral_id=pk, entered_at=now) for pk in referrals
    )


def count_in_digest(alert: ViewAlert, entered: int, now: datetime) -> None:
    """Add to the number that the next digest says."""
    digest, _ = ViewDigest.objects.get_or_create(
        alert=alert, how_often=alert.how_often, day=period_of(alert, now)
    )
    digest.entered += entered
    digest.save(update_fields=["entered"])
    telling.of_digest(digest, now=now)


def period_of(alert: ViewAlert, now: datetime) -> date:
    """The day on which the last digest went out: what happens after it is for the next."""
    return latest_day(Delivery(alert.how_often), now)

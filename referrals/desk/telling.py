"""Who hears of clocks and of what enters a view. Called inside the actions."""

from collections.abc import Iterable
from datetime import datetime

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify
from nexus.notifications.kinds import Delivery
from referrals.desk.models import Clock, ClockNotice, ViewAlert, ViewDigest, ViewEntry
from referrals.rules.clocks import Threshold


def of_clock(notice: ClockNotice, *, now: datetime) -> None:
    """Who holds the referral hears, else the Referrals Office; of a clock that has passed the managers too."""
    referral = notice.referral
    holder = referral.claimed_by
    people = [holder] if holder and holder.is_active else list(working(Role.REFERRALS_OFFICER))
    if notice.threshold == Threshold.PASSED:
        people += working(Role.MANAGER)
    clock = "custody" if notice.clock == Clock.CUSTODY else "target"
    notify(
        event_key=f"clock:{notice.pk}",
        kind=f"{clock}_{notice.threshold}",
        to=people,
        now=now,
        subject=referral,
        url_name="referrals:detail",
        url_args=[referral.reference],
    )


def working(role: Role) -> Iterable[User]:
    return User.objects.filter(role=role, is_active=True)


def of_entries(alert: ViewAlert, entered: Iterable[ViewEntry], *, now: datetime) -> None:
    """Each referral that newly is in the view, with a link to it. The view's name is not said: people type it."""
    for entry in entered:
        notify(
            event_key=f"view-entry:{entry.pk}",
            kind="view_entered",
            to=[alert.person],
            now=now,
            subject=entry.referral,
            url_name="referrals:detail",
            url_args=[entry.referral.reference],
            delivery=Delivery.INSTANT,
        )


def of_digest(digest: ViewDigest, *, now: datetime) -> None:
    """How many entered the view in this day or week, with a link to it: one message, the number kept up."""
    notify(
        event_key=f"view-digest:{digest.pk}",
        kind="view_counted",
        to=[digest.alert.person],
        now=now,
        subject=digest,
        url_name="desk:open_view",
        url_args=[digest.alert.view_id],
        delivery=Delivery(digest.how_often),
        renewed=True,
    )

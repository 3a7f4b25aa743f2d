"""Who hears of clocks and of what enters a view. Called inside the actions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import Event, notify, notify_all
from nexus.notifications.kinds import Delivery
from referrals.desk.models import Clock, ClockNotice, ViewAlert, ViewDigest, ViewEntry
from referrals.rules.clocks import Threshold


def of_clocks(notices: Sequence[ClockNotice], *, now: datetime) -> None:
    """Who holds a referral hears, else the Referrals Office; of a clock that has passed the managers too."""
    office, managers = working(Role.REFERRALS_OFFICER), working(Role.MANAGER)
    events = []
    for notice in notices:
        referral = notice.referral
        holder = referral.claimed_by
        people = [holder] if holder and holder.is_active else office
        clock = "custody" if notice.clock == Clock.CUSTODY else "target"
        events.append(
            Event(
                event_key=f"clock:{notice.pk}",
                kind=f"{clock}_{notice.threshold}",
                to=people + managers if notice.threshold == Threshold.PASSED else people,
                subject=referral,
                url_name="referrals:detail",
                url_args=[referral.reference],
            )
        )
    notify_all(events=events, now=now)


def working(role: Role) -> list[User]:
    return list(User.objects.filter(role=role, is_active=True))


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

"""Who is told of an engagement, both ways. Called inside the actions; references only."""

from collections.abc import Iterable
from datetime import datetime

from casework.engagement.models import Engagement, TraffickingReview
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify


def tell(
    engagement: Engagement, kind: str, to: Iterable[User | None], *, now: datetime, event: str = ""
) -> None:
    """One message of this kind for this moment of the engagement."""
    notify(
        event_key=f"{kind}:{event or f'{engagement.pk}:{engagement.changes.count()}'}",
        kind=kind,
        to=to,
        now=now,
        subject=engagement,
        url_name="engagement:detail",
        url_args=[engagement.pk],
    )


def everyone(role: Role) -> Iterable[User]:
    return User.objects.filter(role=role, is_active=True)


def asking(engagement: Engagement) -> list[User | None]:
    """Whoever waits for it at the Home Office: the requester, unless the police asked, and the case-owner."""
    requester = engagement.requested_by
    return [None if requester.is_police else requester, engagement.case.case_owner]


def force_people(engagement: Engagement) -> list[User | None]:
    """The force's lead, whoever accepted it, and the officer who raised the referral where it is their force."""
    officers = list(User.objects.filter(role=Role.FORCE_LEAD, force=engagement.force, is_active=True))
    raised_by = engagement.case.referral.created_by
    own = [raised_by] if raised_by.force_id == engagement.force_id else []
    return [*officers, engagement.answered_by, *own]


def authorisers(engagement: Engagement) -> list[User | None]:
    rows = engagement.authorisations.select_related("authorised_by")
    return [row.authorised_by for row in rows]


def requested(engagement: Engagement, *, now: datetime, blocked: bool) -> None:
    tell(engagement, "engagement_requested", everyone(Role.CIO_HMI), now=now)
    if blocked:
        tell(engagement, "engagement_blocked", everyone(Role.SENIOR_CASEWORKER), now=now)


def returned(engagement: Engagement, *, now: datetime) -> None:
    tell(engagement, "engagement_returned", asking(engagement), now=now)


def decided(engagement: Engagement, *, now: datetime, kind: str) -> None:
    tell(engagement, kind, asking(engagement), now=now)


def trafficking_recorded(engagement: Engagement, review: TraffickingReview, *, now: datetime) -> None:
    people = [*asking(engagement), *everyone(Role.CIO_HMI)]
    tell(engagement, "engagement_trafficking", people, now=now, event=f"review:{review.pk}")


def tasked(engagement: Engagement, *, now: datetime) -> None:
    tell(engagement, "engagement_tasked", force_people(engagement), now=now)


def called_back(engagement: Engagement, *, now: datetime, was_with_force: bool) -> None:
    """The force hears first that it must not act; then whoever authorised it, that this is void."""
    if was_with_force:
        tell(engagement, "engagement_called_back", force_people(engagement), now=now)
    tell(engagement, "engagement_void", [*asking(engagement), *authorisers(engagement)], now=now)


def stopped(engagement: Engagement, *, now: datetime) -> None:
    """The force's officers first, that they must not act; then whoever authorised it and the case-owner."""
    if engagement.is_with_force:
        tell(engagement, "engagement_stop_now", force_people(engagement), now=now)
    tell(engagement, "engagement_stopped", [*asking(engagement), *authorisers(engagement)], now=now)


def blocked(engagement: Engagement, *, now: datetime) -> None:
    """A trafficking indicator has become known while somebody was about to decide."""
    people = [*asking(engagement), *everyone(Role.SENIOR_CASEWORKER), *everyone(Role.CIO_HMI)]
    event = f"blocked:{engagement.pk}:{now.timestamp():.0f}"
    tell(engagement, "engagement_blocked", people, now=now, event=event)


def to_look_at_again(engagement: Engagement, *, now: datetime) -> None:
    tell(engagement, "engagement_look_again", everyone(Role.CIO_HMI), now=now)


def answered(engagement: Engagement, *, now: datetime) -> None:
    people = [*asking(engagement), *authorisers(engagement)]
    tell(engagement, "engagement_answered", people, now=now)


def ended(engagement: Engagement, *, now: datetime) -> None:
    people = [*asking(engagement), *authorisers(engagement)]
    tell(engagement, "engagement_ended", people, now=now)


def irregular(engagement: Engagement, *, now: datetime) -> None:
    """It was carried out outside its authorisation: whoever gave it, the case-owner and the auditors hear at once."""
    people = [*authorisers(engagement), engagement.case.case_owner, *everyone(Role.AUDITOR)]
    tell(engagement, "engagement_irregular", people, now=now, event=f"irregular:{engagement.pk}")


def expired(engagement: Engagement, *, now: datetime) -> None:
    people = [*asking(engagement), *authorisers(engagement)]
    to_force = force_people(engagement) if engagement.is_with_force else []
    tell(engagement, "engagement_expired", [*people, *to_force], now=now)


def overdue(engagement: Engagement, *, now: datetime) -> None:
    """Once: the row says that it has been told."""
    people = [*authorisers(engagement), *everyone(Role.CIO_HMI)]
    tell(engagement, "engagement_overdue", people, now=now, event=f"overdue:{engagement.pk}")

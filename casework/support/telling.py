"""Who is told of a support request. Called inside the actions; nobody is told of what they did themselves."""

from collections.abc import Iterable
from datetime import datetime

from casework.support.models import SupportChange, SupportMessage, SupportRequest
from casework.support.queries import contact_of, leads_of
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify

People = Iterable[User | None]


def submitted(change: SupportChange) -> None:
    """The Referrals Office hears that there is something to pass on."""
    office = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True)
    tell_of_change(change, "support_submitted", office)


def passed_on(change: SupportChange) -> None:
    """The force lead hears that support is asked for, and who asked that it is with the force."""
    request = change.support_request
    tell_of_change(change, "support_asked", leads_of(request.force))
    tell_of_change(change, "support_passed_on", [request.asked_by])


def sent_back(change: SupportChange) -> None:
    tell_of_change(change, "support_sent_back", [change.support_request.asked_by])


def answered(change: SupportChange, kind: str) -> None:
    """The case-owner hears that the force accepted, declined or did what was asked."""
    request = change.support_request
    tell_of_change(change, kind, [request.asked_by, contact_of(request)])


def cancelled(change: SupportChange) -> None:
    """Where the force had it, its lead hears that nothing is asked any more."""
    request = change.support_request
    if request.passed_on_at:
        tell_of_change(change, "support_cancelled", [*leads_of(request.force), request.answered_by])


def stopped(request: SupportRequest, *, now: datetime) -> None:
    """The force first, that it must not act; then who asked, and the case-owner."""
    people = [*leads_of(request.force), request.answered_by, request.asked_by, contact_of(request)]
    key = f"support:{request.pk}:stop:{now.timestamp():.0f}"
    tell(request, "support_stop_now", people, key=key, besides=None, now=now)


def message_sent(message: SupportMessage) -> None:
    """The other side hears of a message: the case-owner, or the lead and the officers who took part."""
    request, by = message.support_request, message.by
    if by.is_police:
        people: People = [contact_of(request)]
    else:
        officers = User.objects.filter(force=request.force)
        took_part = officers.filter(pk__in=request.messages.values("by"))
        people = [*leads_of(request.force), *took_part]
    tell(request, "support_message", people, key=f"support-message:{message.pk}", besides=by, now=message.at)


def chased(request: SupportRequest, kind: str, *, now: datetime) -> None:
    """Before the day the force is reminded; after it the case-owner hears too."""
    people: list[User | None] = [*leads_of(request.force)]
    if kind == "support_overdue":
        people.append(contact_of(request))
    tell(request, kind, people, key=f"support:{request.pk}:{kind}", besides=None, now=now)


def tell_of_change(change: SupportChange, kind: str, to: People) -> None:
    key = f"support-change:{change.pk}:{kind}"
    tell(change.support_request, kind, to, key=key, besides=change.by, now=change.at)


def tell(
    request: SupportRequest, kind: str, to: People, *, key: str, besides: User | None, now: datetime
) -> None:
    notify(
        event_key=key,
        kind=kind,
        to=[person for person in to if person != besides],
        now=now,
        subject=request,
        url_name="support:detail",
        url_args=[request.pk],
    )

"""Saved views: which a person sees, what each asks for, and how many referrals each finds. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from nexus.accounts.models import Force, User
from nexus.rows import Rows
from nexus.ui import formatting
from nexus.ui.paging import counted_together
from referrals.desk.models import DefaultView, EndedClaim, SavedView, ViewAlert
from referrals.desk.permissions import WHO_MAY
from referrals.models import Referral
from referrals.queue import SORTS, asked_for

SHOWN = 20  # views above the queue; each is one more count in the one query that counts them all
LISTS = ("state", "channel")

VIEWS = Rows(
    noun="view", seen=lambda by: SavedView.objects.visible_to(by).select_related("owner"), who_may=WHO_MAY
)


def find_view(by: User, *, view_id: int) -> SavedView:
    """One's own view, or one that is shared. Raises PermissionDenied for who is not at the desk, Http404."""
    WHO_MAY.permit("view_views", by)
    return VIEWS.find(by, view_id=view_id)


def to_save(filters: forms.BaseForm, address: QueryDict) -> str:
    """The filters in force and the sorting, as a view keeps them: always in one order, nothing else."""
    filters.is_valid()
    kept = QueryDict(mutable=True)
    for name in filters.fields:
        if filters.cleaned_data.get(name):
            kept.setlist(
                name, sorted(set(address.getlist(name))) if name in LISTS else address.getlist(name)[-1:]
            )
    if address.get("sort", "").removeprefix("-") in SORTS:
        kept.setlist("sort", address.getlist("sort")[-1:])
    return kept.urlencode()


def views_for(user: User) -> list[SavedView]:
    """One's own first, then what others share."""
    return all_views(user)[:SHOWN]


def all_views(user: User) -> list[SavedView]:
    """The same, however many; each says whether the person's queue opens with it (`is_default`)."""
    chosen = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
    views = VIEWS.seen(user).annotate(is_default=Exists(chosen))
    return sorted(views, key=lambda view: (view.owner_id != user.pk, view.name.casefold()))


def default_of(views: Iterable[SavedView]) -> SavedView | None:
    """The view of `all_views` that this person's queue opens with. One that is no longer shared is nobody's default."""
    return next((view for view in views if view.is_default), None)  # type: ignore[attr-defined]


def default_view(user: User) -> SavedView | None:
    """The view this person's queue opens with."""
    return default_of(all_views(user))


def alerts_of(user: User) -> dict[int, ViewAlert]:
    """This person's alerts, by the view's number."""
    return {alert.view_id: alert for alert in ViewAlert.objects.filter(person=user)}


@dataclass(frozen=True)
class Counted:
    """A view with how many referrals it finds now."""

    view: SavedView
    count: int


def counted(
    views: Iterable[SavedView], *, by: User, now: datetime, besides: Sequence[QuerySet[Any]] = ()
) -> tuple[list[Counted], list[formatting.Counted]]:
    """Every view with its count, and how many rows the lists `besides` have: all in one statement, none counted beyond
    a thousand."""
    views = list(views)
    found = [found_by(QueryDict(view.query), by=by, now=now) for view in views]
    numbers = counted_together([*besides, *found])
    of_views = zip(views, numbers[len(besides) :], strict=True)
    return [Counted(view, count) for view, count in of_views], numbers[: len(besides)]


def found_by(address: QueryDict, *, by: User, now: datetime) -> QuerySet[Referral]:
    """The referrals that a saved address finds for this person, newest first."""
    return Referral.objects.visible_to(by).filter(rows_of(address, by, now)).order_by("-pk")


def rows_of(address: QueryDict, by: User, now: datetime) -> Q:
    """What a saved address asks for. It was understood when it was saved."""
    wanted: dict[str, Any] = {
        name: address.getlist(name) if name in LISTS else address[name] for name in address
    }
    code = wanted.pop("force", "")
    found = asked_for(wanted, by=by, now=now)
    # By its number, looked up in the same statement: by the code PostgreSQL would not use the index of a force.
    return found & Q(force=Force.objects.filter(code=code).values("pk")[:1]) if code else found


def untold_claims(by: User) -> QuerySet[EndedClaim]:
    """The claims of this person that ended and that they have not been told of."""
    return EndedClaim.objects.filter(officer=by, told_at=None)

"""Views of the queue under a name: private or shared, and one of them a person's default."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.notifications.kinds import Delivery
from nexus.refusals import blank, refuse_if
from nexus.steps import Lock
from referrals.desk.actions.alerts import set_alert
from referrals.desk.models import DefaultView, SavedView, ViewAlert
from referrals.desk.permissions import WHO_MAY

MOST = 20  # views of one person's own


def reasons_not_to_name(name: str, by: User, but: SavedView | None = None) -> list[str]:
    """`but` is the view that is being renamed."""
    others = SavedView.objects.filter(owner=by, name__iexact=name.strip())
    taken = others.exclude(pk=but.pk) if but else others
    return blank(name, "Enter a name for the view.") or (
        ["You already have a view with this name. Enter another name."] if taken.exists() else []
    )


def reasons_not_to_save(by: User) -> list[str]:
    if SavedView.objects.filter(owner=by).count() >= MOST:
        return [f"You have {MOST} views. Delete one first."]
    return []


@transaction.atomic
def save_view(
    *,
    by: User,
    now: datetime,
    name: str,
    query: str,
    shared: bool = False,
    default: bool = False,
    how_often: str = "",
) -> SavedView:
    """Keep filters and sorting under a name; `how_often` sets an alert of it for who saves it. Raises Refused."""
    WHO_MAY.permit("save_view", by)
    User.objects.select_for_update().get(pk=by.pk)  # two windows at once may not pass the limit
    refuse_if(reasons_not_to_save(by) + reasons_not_to_name(name, by))
    view = SavedView.objects.create(owner=by, name=name.strip(), query=query, shared=shared, saved_at=now)
    record(kind="view.saved", by=by, subject=view, now=now, detail={"shared": shared})
    if default:
        make_default(view_id=view.pk, by=by, now=now)
    if how_often and how_often != Delivery.NONE:
        set_alert(view_id=view.pk, by=by, now=now, how_often=how_often)
    return view


lock = Lock(SavedView, WHO_MAY)


def own(view_id: int, by: User, verb: str) -> SavedView:
    """The view, locked. Raises DoesNotExist where it is not seen, PermissionDenied where it is another's."""
    view = lock(view_id, by=by, verb=verb)
    refuse_others(view, by)
    return view


def refuse_others(view: SavedView, by: User) -> None:
    """PermissionDenied (403) for a view that somebody else shares."""
    if view.owner_id != by.pk:
        raise PermissionDenied("Only the person who saved a view can change it.")


@transaction.atomic
def change_view(*, view_id: int, by: User, now: datetime, name: str, shared: bool = False) -> SavedView:
    """Rename it, share it or stop sharing it. With the sharing end other people's defaults and alerts of it."""
    view = own(view_id, by, "change_view")
    refuse_if(reasons_not_to_name(name, by, but=view))
    view.name, view.shared = name.strip(), shared
    view.save()
    if not shared:
        DefaultView.objects.filter(view=view).exclude(user=by).delete()
        ViewAlert.objects.filter(view=view).exclude(person=by).delete()
    record(kind="view.changed", by=by, subject=view, now=now, detail={"shared": shared})
    return view


@transaction.atomic
def delete_view(*, view_id: int, by: User, now: datetime) -> SavedView:
    """Remove it, for everybody it was shared with too; what it was."""
    view = own(view_id, by, "delete_view")
    record(kind="view.deleted", by=by, subject=view, now=now)
    view.delete()
    return view


@transaction.atomic
def make_default(*, view_id: int, by: User, now: datetime, on: bool = True) -> SavedView | None:
    """Open the queue with this view from now on, or (`on` False) no longer; the view it opens with."""
    view = SavedView.objects.visible_to(by).get(pk=view_id)
    WHO_MAY.permit("make_default", by)
    if on:
        DefaultView.objects.update_or_create(user=by, defaults={"view": view})
    else:
        DefaultView.objects.filter(user=by, view=view).delete()
    record(kind="view.made_default", by=by, subject=view, now=now, detail={"on": on})
    return view if on else None

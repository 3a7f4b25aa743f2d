"""What is done to a saved view of the queue, a row a verb (nexus/verbs.py).

By hand stay what begins with the filters of an address: saving a view (views/saved_views.py), and one verb done to
many referrals at once (views/many.py).
"""

from typing import Any

from django.urls import reverse

from nexus.accounts.models import User
from nexus.notifications.kinds import Delivery
from nexus.verbs import Verb, VerbPages
from referrals.desk import actions
from referrals.desk.actions.saved_views import refuse_others
from referrals.desk.forms import AlertForm, DefaultForm, ViewForm
from referrals.desk.lists import alerts_of, find_view
from referrals.desk.models import SavedView
from referrals.desk.permissions import WHO_MAY
from referrals.desk.views.saved_views import in_words


def context(view: SavedView, by: User) -> dict[str, Any]:
    """What every page about a view says of it."""
    return {"view": view, "filters": in_words(view.query)}


def alert(view: SavedView, by: User) -> dict[str, Any]:
    """The person's own alert of the view, as its form begins."""
    own = alerts_of(by).get(view.pk)
    return {"initial": {"how_often": own.how_often if own else Delivery.NONE.value}}


# To one's own view or a shared one
TO_ANY = {
    "set_alert": Verb(
        action=actions.set_alert,
        form=AlertForm,
        heading="How do you want alerts about this view?",
        button="Save",
        success=lambda view: f"Alerts for “{view.name}” are set",
        lead="You are told when a referral newly enters it. What is in it now is not told of. "
        "A message has a reference or a number and a link, nothing else.",
        form_kwargs=alert,
        page_context=context,
        template="referrals/desk/set_alert.html",
    ),
    "make_default": Verb(
        action=actions.make_default,
        form=DefaultForm,
        heading="Open the queue with this view",
        success=lambda view: (
            f"The queue now opens {f'with “{view.name}”' if view else 'with everything undecided'}"
        ),
        button_only=True,
    ),
}
TO_ONES_OWN = {
    "change_view": Verb(
        action=actions.change_view,
        form=ViewForm,
        heading="Change a view",
        button="Save changes",
        success="The view is changed",
        lead="When you stop sharing it, those whose queue opens with it see everything undecided again, "
        "and nobody else gets alerts of it.",
        form_kwargs=lambda view, by: {"initial": {"name": view.name, "shared": view.shared}},
    ),
    "delete_view": Verb(
        action=actions.delete_view,
        heading="Delete a view",
        button="Delete the view",
        success=lambda view: f"“{view.name}” is deleted",
        page_context=context,
        warns=True,
        template="referrals/desk/delete_view.html",
    ),
}


def find_own(by: User, *, view_id: int) -> SavedView:
    """The view, where it is the person's own. Raises PermissionDenied where another shares it, Http404 else."""
    view = find_view(by, view_id=view_id)
    refuse_others(view, by)
    return view


BOTH: dict[str, Any] = {
    "who_may": WHO_MAY,
    "ids": lambda view: {"view_id": view.pk},
    "back": lambda view, by: reverse("desk:views"),
}
pages = VerbPages(verbs=TO_ANY, find=find_view, **BOTH)
own_pages = VerbPages(verbs=TO_ONES_OWN, find=find_own, **BOTH)

"""The list of what has to be keyed, and the way from one confirmation to the next."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.keying.lists import ENTRIES
from casework.keying.models import Entry
from casework.keying.permissions import WHO_MAY
from casework.keying.queries import followed_by, is_late, theirs
from casework.keying.rules import KEY_WITHIN
from casework.keying.verbs import pages
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.paging import KeysetPage

confirm_one = pages.view("confirm")
# The tabs of the list by the word in the address: pending oldest first, keyed newest first.
SHOWN = {"": ["happened_at"], "all": ["happened_at"], "keyed": ["-keyed__keyed_at"]}


@require_GET
def list_(request: SignedInRequest) -> HttpResponse:
    """What this person keys and has not been keyed; or all that is pending; or what has been keyed."""
    WHO_MAY.permit("view", request.user)
    now, shown = timezone.now(), request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    everything = ENTRIES.seen(request.user)
    found = everything.filter(keyed__isnull=shown != "keyed")
    if not shown:
        found = found.filter(theirs(request.user))
    page = KeysetPage(found, request, order=SHOWN[shown], anchors=everything)
    ENTRIES.listed(request.user, page.rows)
    keys = [entry.pk for entry in page]
    context = {
        "page": page,
        "shown": shown,
        "late": set(Entry.objects.filter(is_late(now), pk__in=keys).values_list("pk", flat=True)),
        "may": {entry.pk for entry in page if WHO_MAY.may(entry.verb, request.user)},
        "later": followed_by(page),
        "within": KEY_WITHIN,
    }
    return render(request, "casework/keying/list.html", context)


def next_of(user: User) -> Entry | None:
    """What this person keys next: the oldest of theirs."""
    pending = Entry.objects.visible_to(user).pending().filter(theirs(user))
    return pending.order_by("happened_at", "pk").first()


def confirm(request: SignedInRequest, key: str) -> HttpResponse:
    """One confirmation; its second button leads on to what this person keys next."""
    answer = confirm_one(request, key=key)
    confirmed = answer.status_code == HTTPStatus.FOUND and request.POST.get("then") == "next"
    following = next_of(request.user) if confirmed else None
    return redirect("keying:confirm", following.pk) if following else answer

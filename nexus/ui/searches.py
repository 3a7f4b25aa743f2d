"""Searches whose words must not stand in a URL, because they may be a person's name or number.

    @searched(SearchForm, permit=partial(WHO_MAY.permit, "view"))
    def list_(request, search: Search): …

The words are posted, kept in the session, and the address carries only a short key to them.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nexus.audit.recording import record
from nexus.request_id import page_of
from nexus.requests import SignedInRequest
from nexus.ui.environment import query
from nexus.ui.forms import GovukForm

SESSION_KEY = "searches"
KEPT = 10  # searches remembered in one session, the newest


def remember(request: HttpRequest, words: str) -> str:
    """Keep the words for this session; the key for the address."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    key = next((key for key, known in kept.items() if known == words), None) or secrets.token_hex(4)
    kept.pop(key, None)
    request.session[SESSION_KEY] = dict([*kept.items(), (key, words)][-KEPT:])
    return key


def searched_for(request: SignedInRequest) -> None:
    """Write down who searched which list. What for is somebody's name or number, and stays out of the record."""
    record(kind="search.made", by=request.user, now=timezone.now(), detail={"page": page_of(request)})


def recall(request: HttpRequest, key: str) -> str | None:
    """The words of that key; None when there are none, or they belong to another session."""
    words = request.session.get(SESSION_KEY, {}).get(key)
    return words if isinstance(words, str) else None


@dataclass(frozen=True)
class Search:
    """What a list is searched for: the words in force, and whether those that the address names are gone."""

    form: GovukForm
    words: str
    ended: bool

    @property
    def context(self) -> dict[str, Any]:
        """As components/search.html shows it."""
        return {"form": self.form, "words": self.words, "search_ended": self.ended}


def searched(
    form_class: type[GovukForm], *, permit: Callable[..., Any]
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view of a list that is searched: it gets its `search`, and what is posted comes back as a key in the address.

    `form_class` has one field. `permit(by, **address)` raises where the person may not see the list.
    """
    (field,) = form_class.base_fields

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @require_http_methods(["GET", "POST"])
        def list_view(request: SignedInRequest, **address: Any) -> HttpResponse:
            permit(request.user, **address)
            # Not by `bind`: of a search no draft is kept, and nobody else's change is compared with it.
            form = form_class(request.POST) if request.method == "POST" else form_class()
            key = request.GET.get("find", "")
            if form.is_valid():
                remembered = remember(request, form.cleaned_data[field])
                searched_for(request)
                return redirect(request.path + query(request.GET, find=remembered))
            words = recall(request, key) or ""
            return view(request, search=Search(form, words, ended=bool(key and not words)), **address)

        return list_view

    return decorate

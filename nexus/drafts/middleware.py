"""What a page of a form was left with is offered to it again, and goes when the page is saved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.drafts.actions import page_saved, save_draft, typed_in
from nexus.drafts.models import Draft
from nexus.ui.stale import SHOWED
from nexus.verbs import attempt


class DraftMiddleware:
    """`request.find_draft()` gives the draft of this page and person, or None: nexus/ui/forms.py asks when it makes
    a form. A POST that leads on has saved the page, so its draft goes in the same request; one that comes back, with
    an error or one more question, has saved nothing, so what was typed is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        request.find_draft = lambda: Draft.objects.filter(person=user, page=request.path).first()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400:
            page_saved(by=user, page=request.path)
        elif came_back(request, response):
            keep_typed(request, user)
        return response


def came_back(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page that keeps drafts has answered its own POST with itself."""
    from_page = request.method == "POST" and SHOWED in request.POST and getattr(request, "keeps_draft", False)
    return from_page and response.status_code in {200, 409}


def keep_typed(request: HttpRequest, user: User) -> None:
    """As the page's script would; what is too much stands on the page alone."""
    answers = typed_in(dict(request.POST.lists()))
    attempt(None, save_draft, by=user, now=timezone.now(), page=request.path, answers=answers)

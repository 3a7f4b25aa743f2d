"""What a page of a form was left with is offered to it again, and goes when the page is saved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nexus.accounts.models import User
from nexus.drafts.actions import page_saved
from nexus.drafts.models import Draft


class DraftMiddleware:
    """`request.find_draft()` gives the draft of this page and person, or None: nexus/ui/forms.py asks when it makes
    a form. A POST that leads on has saved the page, so its draft goes in the same request."""

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
        return response

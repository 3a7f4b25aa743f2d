"""Every form carries a key, every call may: the first press has its effect, each after it the first one's answer.

`once_everywhere` (nexus/urls.py) puts `once` around every page and `once_for_calls` around the POST of every endpoint,
both inside the request's transaction. What was refused or only checked leaves nothing behind, and may be sent again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache, wraps
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from rest_framework.response import Response

from nexus.accounts.carrying import SHOWN_TO, shown_to
from nexus.accounts.models import User
from nexus.api.parsing import without_bytes
from nexus.api.rendering import JSONRenderer
from nexus.presses.models import Press
from nexus.refusals import Refused
from nexus.ui.typed import PRESS_KEY
from nexus.ui.views import conflict

HEADER = "Idempotency-Key"
LONGEST_KEY = 64
KEPT = timedelta(hours=24)
DONE_ALREADY = "This has been done already. What it showed is shown once: look at the page it belongs to."
OTHER_BODY = f"This {HEADER} was sent before with another body. Take a new key for another call."
TOO_LONG = f"The {HEADER} has at most {LONGEST_KEY} characters."


def press_key(request: HttpRequest) -> dict[str, Any]:
    """For the templates: `csrf_input` with a key of this very form beside the token, and whom the form is shown to."""

    person = getattr(request, "user", None)

    @cache
    def everywhere() -> tuple[str, str]:
        """What stands before and after the key, alike in every form of a page."""
        writer = hidden(SHOWN_TO, shown_to(person)) if isinstance(person, User) else ""
        return hidden("csrfmiddlewaretoken", get_token(request)), writer

    def inputs() -> str:
        token, writer = everywhere()
        return f'{token}<input type="hidden" name="{PRESS_KEY}" value="{uuid4().hex}">{writer}'

    return {"csrf_input": shown_anew(inputs)}


def hidden(name: str, value: str) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', name, value)


def shown_anew(make: Callable[[], str]) -> Any:
    """Made when it is shown, anew each time: each form of a page has a key of its own."""

    class Shown:
        def __html__(self) -> str:
            return make()

        __str__ = __html__

    return Shown()


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page, whose POST with a key has one effect."""
    if getattr(view, "has_one_effect", False):
        return view

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.POST.get(PRESS_KEY, "")[:LONGEST_KEY] if is_form(request) else ""
        if not key or not isinstance(request.user, User):
            return view(request, *args, **kwargs)
        sent = hashed(sorted(posted(request)))
        with transaction.atomic():
            press, is_first = claimed(
                request.user, key, place=hashed([request.get_full_path(), sent]), body=sent
            )
            if not is_first:
                return redirect(press.location) if press.location else conflict(request, [DONE_ALREADY])
            response = view(request, *args, **kwargs)
            had_effect = 300 <= response.status_code < 400 or getattr(response, "had_effect", False)
            settled(press, response.status_code if had_effect else 0, location=response.get("Location", ""))
        return response

    guarded.has_one_effect = True  # type: ignore[attr-defined]
    return guarded


def once_everywhere(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put `once` around every page below these addresses, and `once_for_calls` around each endpoint's POST."""
    for each in patterns:
        if isinstance(each, URLResolver):
            once_everywhere(each.url_patterns)
        elif called := getattr(
            each.callback, "cls", None
        ):  # made of a function or a class, DRF has a class for it
            if hasattr(called, "post"):
                called.post = once_for_calls(called.post)
        else:
            each.callback = once(each.callback)


def once_for_calls(post: Callable[..., Any]) -> Callable[..., Any]:
    """The POST of an endpoint: with an Idempotency-Key it has one effect and one answer. Raises Refused."""
    if getattr(post, "has_one_effect", False):
        return post

    @wraps(post)
    def guarded(view: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(request.user, User) or HEADER not in request.headers:
            return post(view, request, *args, **kwargs)  # which says itself whether it takes the body
        sent = without_bytes(request.data, hash_of)
        return answered_once(request, request.user, sent, make=lambda: post(view, request, *args, **kwargs))

    guarded.has_one_effect = True  # type: ignore[attr-defined]
    return guarded


def answered_once(
    request: Any, by: User, sent: Any, *, make: Callable[[], Response], shown_once: str = ""
) -> Response:
    """What `make` answers, or what it answered this person's call with the same key before. Raises Refused.

    `sent` tells calls apart: no secret belongs in it. An answer that is `shown_once` is not kept, and that sentence
    is what whoever asks again is refused with.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return make()
    if len(key) > LONGEST_KEY:
        raise Refused(TOO_LONG)
    body = hashed(sent)
    with transaction.atomic():
        press, is_first = claimed(by, key, place=hashed(request.path), body=body)
        if not is_first:
            return first_answer(press, body, shown_once)
        response = make()
        done = 200 <= response.status_code < 300
        answer = None if shown_once else as_sent(response.data)
        settled(press, response.status_code if done else 0, answer=answer)
    return response


def first_answer(press: Press, body: str, shown_once: str) -> Response:
    """The same again. Raises Refused for another body, and for what is shown once."""
    if press.body != body:
        raise Refused(OTHER_BODY)
    if shown_once:
        raise Refused(shown_once)
    return Response(press.answer, status=press.status)


def claimed(by: User, key: str, *, place: str, body: str) -> tuple[Press, bool]:
    """The row of this press, and whether it is the first. It waits for one that is under way at this moment.

    Somebody whose role, force or team has changed since is answered anew: the first answer may not be theirs now.
    """
    place = hashed([place, by.role, by.force_id, by.team_id])
    press = Press(by=by, key=key, place=place, body=body, at=timezone.now())
    Press.objects.bulk_create([press], ignore_conflicts=True)
    found = Press.objects.get(by=by, key=key, place=place)
    return found, not found.status  # one that is through has its status


def settled(press: Press, status: int, *, location: str = "", answer: Any = None) -> None:
    """Keep what it led to; where it had no effect, nothing is kept."""
    if not status:
        press.delete()
        return
    press.status, press.location, press.answer = status, location, answer
    press.save(update_fields=["status", "location", "answer"])


def forget_old() -> int:
    """Remove the keys of yesterday; how many."""
    return Press.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def is_form(request: HttpRequest) -> bool:
    """Whether it is a form of a page; the calls of the API have their own guard."""
    return request.method == "POST" and not request.path.startswith("/api/")


def posted(request: HttpRequest) -> Iterator[tuple[str, list[str]]]:
    """What was sent, without the token that is another in each page; of files their content."""
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield name, [str(each) for each in values]
    for name, files in request.FILES.lists():
        yield name, [hash_of(file) for file in files]


def hash_of(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def hashed(sent: Any) -> str:
    return hashlib.sha256(json.dumps(sent, sort_keys=True, default=str).encode()).hexdigest()


def as_sent(data: Any) -> Any:
    """An answer as its JSON reads."""
    return json.loads(JSONRenderer().render(data)) if data is not None else None

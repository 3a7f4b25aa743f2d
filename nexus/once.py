"""A page that only reads asks each question once: whoever asks again is given the first answer.

The head, the tab and the print of one page ask for the same person's risks; each of them stays a plain function that
knows no page. Only where nothing can have changed in between: in the answer to a GET, never in an action or a task.
What was answered is kept with the connection that was asked, as its scope is (nexus/scope.py), and goes with the page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nexus.scope import current_scope

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def one_reading() -> Iterator[None]:
    """In the block each question that is `once_a_reading` is asked once."""
    before = answers_so_far()
    connection.answers = {}  # type: ignore[attr-defined]  # our own backend's
    try:
        yield
    finally:
        connection.answers = before  # type: ignore[attr-defined]


def answers_so_far() -> dict[Any, Any] | None:
    """Of this thread's reading; None outside one."""
    found: dict[Any, Any] | None = connection.answers  # type: ignore[attr-defined]
    return found


def once_a_reading(question: Callable[P, R]) -> Callable[P, R]:
    """For a function of saved rows and plain values whose result nobody changes."""

    @wraps(question)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        answers = answers_so_far()
        if answers is None:
            return question(*args, **named)
        key = (question, current_scope(), args, *sorted(named.items()))
        if key not in answers:
            answers[key] = question(*args, **named)
        found: R = answers[key]
        return found

    return asked


class OneReadingMiddleware:
    """A request that may change nothing is one reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """What is streamed is read after this returns, and asks anew."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_reading():
            return self.get_response(request)

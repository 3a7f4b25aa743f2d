"""Questions that a saved page left open: named with links on the page that follows, and marked on their own.

    name_unanswered(request, "Identity", [Unanswered("surname", "Enter the family name", at(page, "id_surname"))])
    context["open_questions"] = mark_unanswered(form, request, […], begun=is_begun(form))

A draft may be blank anywhere, so a page that lacks answers is saved and left; what it lacks is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from nexus.ui import stale

# In the address of a page that is to mark what it lacks, also where nothing on it has been answered yet.
ASKED = "missing"
KEPT = "unanswered"  # in the session, until the next page has shown it


@dataclass(frozen=True)
class Unanswered:
    """One question: its field in the page's form ("" where it is none), what to do, and the way there."""

    field: str
    sentence: str
    href: str


def at(page: str, input_id: str) -> str:
    """The address of an input on its page, which then marks what it lacks."""
    asked = f"{page}{'&' if '?' in page else '?'}{ASKED}=1"
    return f"{asked}#{input_id}" if input_id else asked


def name_unanswered(request: HttpRequest, title: str, questions: Sequence[Unanswered]) -> None:
    """Keep for the page that follows what the page called `title` has been saved without."""
    if questions:
        links = [{"text": each.sentence.rstrip("."), "href": each.href} for each in questions]
        request.session[KEPT] = {"title": title, "links": links}


def left_open(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept, once: the title and the links."""
    session = getattr(request, "session", None)
    return session.pop(KEPT, None) if session is not None and KEPT in session else None


def is_begun(form: forms.BaseForm) -> bool:
    """Whether the form shows an answer to anything."""
    return any(stale.worded(values) for inputs in stale.showing(form).values() for values in inputs.values())


def mark_unanswered(
    form: forms.BaseForm | None, request: HttpRequest, questions: Sequence[Unanswered], *, begun: bool
) -> list[dict[str, str]]:
    """Mark on its field each question that a page lacks. Returns the same for the summary above the form.

    Nothing is marked where somebody comes for the first time, nor beside a draft, which is judged once it is saved.
    """
    if (
        request.method != "GET"
        or not (begun or ASKED in request.GET)
        or getattr(form, "draft_saved_at", None)
    ):
        return []
    if form is not None:
        first = reversed(questions)  # of several in one field
        form.open_questions = {each.field: each.sentence.rstrip(".") for each in first}  # type: ignore[attr-defined]
    return [
        {"text": each.sentence.rstrip("."), "href": f"#{each.href.partition('#')[2]}"} for each in questions
    ]

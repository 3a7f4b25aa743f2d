"""One endpoint for one verb: find the row, see that the role may, read the body, make the one call."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.permissions import WhoMay
from nexus.api.bodies import body_of, checked, object_of
from nexus.api.requests import Call, endpoint


class Reasons(serializers.Serializer):
    """Why the rules or the state do not allow it, in sentences."""

    reasons = serializers.ListField(child=serializers.CharField())


class Errors(serializers.Serializer):
    """What is wrong with the body: sentences by field."""

    errors = serializers.DictField(  # type: ignore[assignment]  # the field is called what it holds
        child=serializers.ListField(child=serializers.CharField())
    )


class Detail(serializers.Serializer):
    """Why it is not answered."""

    detail = serializers.CharField()


REFUSALS = {
    400: OpenApiResponse(Errors, "The body cannot be taken"),
    401: OpenApiResponse(Detail, "Not signed in"),
    403: OpenApiResponse(Detail, "The role may not"),
    404: OpenApiResponse(Detail, "Not visible to this person"),
    409: OpenApiResponse(Reasons, "Refused, with reasons"),
}
READING = {status: REFUSALS[status] for status in (401, 403, 404)}
GONE = OpenApiResponse(description="Done, and with that out of this person’s sight")
Wants = Callable[[Any, Call], dict[str, Any]]


def nothing(row: Any, request: Call) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Doing:
    """One action, and the form of the page with the same verb, which reads the body.

    The action is given `by`, `now` and the form's answers (its `answers()`, where it has them). `wants(row,
    request)` is what the form needs besides the body. `partly` keeps what the form begins with for what the body
    does not name. `adds` describes the fields that a form makes only for the row at hand; `chosen(row, request)`
    is the form itself where there are several, of which `form` is the fullest.
    """

    act: Callable[..., Any]
    form: type[forms.BaseForm] | None = None
    wants: Wants = nothing
    partly: bool = False
    adds: Mapping[str, serializers.Field] = field(default_factory=dict)
    chosen: Callable[[Any, Call], type[forms.BaseForm]] | None = None


@dataclass(frozen=True, kw_only=True)
class Verb(Doing):
    """`POST …/<verb>/`: what is done to a row. The action is given its id too, and what `at` names.

    `at` is an address of its own below the row's; `permit(row)` its word in WHO_MAY where that is not its name.
    """

    at: str = ""
    permit: Callable[[Any], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Start(Doing):
    """`POST <at>`: makes a new row on something else, which `of(request, **address)` finds or raises Http404.

    `given(what is found)` names it to the action; `verb` is the word in WHO_MAY.
    """

    verb: str
    at: str
    of: Callable[..., Any]
    given: Callable[[Any], dict[str, Any]]


def verb_view(
    name: str,
    verb: Verb,
    *,
    noun: str,
    key: str,
    who_may: WhoMay,
    find: Callable[..., Any],
    answer: Callable[[Call, Any], Any],
    shape: Any,
) -> Callable[..., Any]:
    """The view of one verb.

    `find(request, **address)` gives the row or raises Http404; the action gets its id as `key`. `answer(request,
    row)` is what goes back, described by `shape`.
    """
    ids = parts_of(verb.at)

    @extend_schema(
        operation_id=f"{noun}_{name}",
        request=body_shape(verb, name=f"{noun}_{name}"),
        responses={200: shape, 204: GONE, **REFUSALS},
        description=(verb.act.__doc__ or "").strip(),
    )
    @endpoint("POST")
    def view(request: Call, **address: Any) -> Response:
        row = find(request, **address)
        who_may.permit(verb.permit(row) if verb.permit else name, request.user)
        answers = answers_of(verb, row, request)
        named = {each: address[each] for each in ids}
        verb.act(**{key: row.pk}, by=request.user, now=timezone.now(), **named, **answers)
        try:
            left = find(request, **address)
        except Http404:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(answer(request, left))

    view.__name__ = name
    return view


def verb_paths(verbs: Mapping[str, Verb], one: str, *, noun: str, **doors: Any) -> list[URLPattern]:
    """The addresses of all verbs of the rows that stand at `one`; `doors` as for `verb_view`."""
    return [
        path(
            one + (verb.at or f"{name.replace('_', '-')}/"),
            verb_view(name, verb, noun=noun, **doors),
            name=f"{noun}_{name}",
        )
        for name, verb in verbs.items()
    ]


def parts_of(address: str) -> list[str]:
    """The names in an address: of "cases/<slug:reference>/" it is "reference"."""
    return re.findall(r"<\w+:(\w+)>", address)


def body_shape(doing: Doing, *, name: str) -> type[serializers.Serializer] | None:
    """What the schema says of the body."""
    if doing.form is None:
        return None
    return body_of(doing.form, name=name.title().replace("_", ""), adds=doing.adds, required=not doing.partly)


def answers_of(doing: Doing, row: Any, request: Call) -> dict[str, Any]:
    """What the body says, in the words of the action. Raises InvalidBody."""
    if doing.form is None:
        return {}
    form_class = doing.chosen(row, request) if doing.chosen else doing.form
    return read(form_class, request, partly=doing.partly, **doing.wants(row, request))


def read(
    form_class: type[forms.BaseForm], request: Call, *, partly: bool = False, **wanted: Any
) -> dict[str, Any]:
    """The form's answers, or what it has cleaned. Raises InvalidBody."""
    form = checked(form_class, object_of(request), partly=partly, **wanted)
    answers = getattr(form, "answers", None)
    return dict(answers() if answers else form.cleaned_data)

"""One endpoint for one verb: find the row, see that the role may, read the body, make the one call."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from nexus.accounts.models import User
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


def verb_view(
    verb: str,
    *,
    noun: str,
    who_may: WhoMay,
    find: Callable[..., Any],
    act: Callable[..., Any],
    answer: Callable[[Call, Any], Any],
    shape: Any,
    form: type[forms.BaseForm] | None = None,
    form_wants: Callable[[Any, User], dict[str, Any]] = lambda row, by: {},
    ids: tuple[str, ...] = (),
    about: str = "",
) -> Callable[..., Any]:
    """The view of `POST …/<verb>/`.

    `find(request, **address)` gives the row or raises Http404; `act(row=…, by=…, now=…, **answers, **ids)`
    calls the action, where `ids` are the parts of the address it needs; `answer(request, row)` is what goes back,
    described by `shape`. `form` takes the body; its `answers()`, where it has them, are what the act gets;
    `form_wants(row, by)` is what it needs besides the body.
    """

    @extend_schema(
        operation_id=f"{noun}_{verb}",
        request=body_of(form, name=f"{noun.capitalize()}{verb.title().replace('_', '')}") if form else None,
        responses={200: shape, **REFUSALS},
        description=about or (act.__doc__ or "").strip(),
    )
    @endpoint("POST")
    def view(request: Call, **address: Any) -> Response:
        row = find(request, **address)
        who_may.permit(verb, request.user)
        answers = answers_of(form, request, **form_wants(row, request.user)) if form else {}
        named = {name: value for name, value in address.items() if name in ids}
        act(row=row, by=request.user, now=timezone.now(), **named, **answers)
        return Response(answer(request, find(request, **address)))

    view.__name__ = verb
    return view


def answers_of(form_class: type[forms.BaseForm], request: Call, **wanted: Any) -> dict[str, Any]:
    """What the body says, in the words of the action. Raises InvalidBody."""
    form = checked(form_class, object_of(request), **wanted)
    answers = getattr(form, "answers", None)
    return dict(answers() if answers else form.cleaned_data)


def call(action: Callable[..., Any], *, key: str) -> Callable[..., Any]:
    """An act that gives the row's id to the action as `key`."""

    def act(*, row: Model, **values: Any) -> Any:
        return action(**{key: row.pk}, **values)

    act.__doc__ = action.__doc__
    return act

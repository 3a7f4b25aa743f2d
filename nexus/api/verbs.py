"""One endpoint for one verb: find the row, see that the role may, read the body, make the one call."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.permissions import WhoMay
from nexus.accounts.second_factor.proof import CODE
from nexus.api.bodies import body_of, checked, files_of, object_of, request_of
from nexus.api.etags import IF_MATCH, expect
from nexus.api.requests import Call, endpoint
from nexus.api.wording import plain
from nexus.refusals import refuse_if
from nexus.rows import take_turns
from nexus.verbs import NoFields, Verb, answers_of

GONE = OpenApiResponse(description="Done, and with that out of this person’s sight")
PROOF = {
    CODE: serializers.CharField(
        required=False,
        help_text="The code that your authenticator app shows now, unless you gave one just before",
    )
}


@dataclass(frozen=True, kw_only=True)
class Start:
    """`POST <address>`: a verb that makes a new row on something else, which `find(request, **address)` finds or
    raises Http404; `ids(what is found)` names it to the action. `permission` is the verb's name in WHO_MAY.
    """

    permission: str
    verb: Verb
    address: str
    find: Callable[..., Any]
    ids: Callable[[Any], dict[str, Any]]
    summary: str = ""  # where the page's heading is another verb's too


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
    ids = parts_of(verb.address_for(name))

    @extend_schema(
        operation_id=f"{noun}_{name}",
        request=body_shape(verb, name=f"{noun}_{name}"),
        parameters=[IF_MATCH],
        responses={200: shape, 204: GONE},
        summary=str(verb.heading),
        description=plain(verb.action.__doc__ or "", code=False),
    )
    @endpoint(
        "POST", takes_match=True, takes_files=bool(files_of(verb.form)), roles=verb.roles(name, who_may)
    )
    def view(request: Call, **address: Any) -> Response:
        row = find(request, **address)
        who_may.permit(verb.permission_for(name, row), request.user)
        take_turns(row)
        row = find(request, **address)
        expect(request, answer, row)
        named = {each: address[each] for each in ids}
        on = verb.find_part(row, **named) if verb.find_part else row
        carried_out(verb, on, request, **{key: row.pk}, **named)
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
            one + verb.address_for(name),
            verb_view(name, verb, noun=noun, **doors),
            name=f"{noun}_{name}",
        )
        for name, verb in verbs.items()
    ]


def parts_of(address: str) -> list[str]:
    """The names in an address: of "cases/<slug:reference>/" it is "reference"."""
    return re.findall(r"<\w+:(\w+)>", address)


def body_shape(verb: Verb, *, name: str) -> Any:
    """What the schema says of the body; None where nothing is asked."""
    if verb.form is NoFields:
        return None
    adds = {**verb.extra_fields, **(PROOF if verb.confirmed else {})}
    body = body_of(verb.form, name=name.title().replace("_", ""), adds=adds, required=not verb.partial)
    return request_of(body, verb.form)


def carried_out(verb: Verb, on: Any, request: Call, **ids: Any) -> Any:
    """The verb's one call, with the answers the body gives its form. Raises InvalidBody or Refused.

    As on the page, what stands against it is said before the body is read: nobody corrects a body in vain.
    """
    by, now = request.user, timezone.now()
    refuse_if(verb.reasons_against(on, by, now))
    options = verb.form_kwargs_for(on, by, request._request)
    asked = verb.form_class_for(on, by)
    body = {} if asked is NoFields else object_of(request)  # a bare POST is enough where nothing is asked
    if verb.confirmed and options["confirmation"].confirmed_at(now):
        body.pop(CODE, None)  # sent once more than is asked
    form = checked(asked, body, partly=verb.partial, **options)
    return verb.carry_out(form, by=by, now=now, **ids)


def read(
    form_class: type[forms.BaseForm], request: Call, *, partly: bool = False, **wanted: Any
) -> dict[str, Any]:
    """The form's answers, or what it has cleaned. Raises InvalidBody."""
    return answers_of(checked(form_class, object_of(request), partly=partly, **wanted))

"""One kind of thing of the interface: listed, read, and acted on. A verb is one row of its table.

    requests = Resource(noun="support_request", …, verbs=VERBS)
    urlpatterns = requests.urls()

What may be read stands in serializers, what may be done in the part's own actions, forms and WHO_MAY.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import User
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from nexus.api.asking import CURSORS, known_parameters, known_value
from nexus.api.bodies import files_of
from nexus.api.paging import list_of, listed, page_of
from nexus.api.requests import Call, endpoint
from nexus.api.shapes import either
from nexus.api.verbs import Start, body_shape, carried_out, parts_of, verb_paths
from nexus.api.wording import plain
from nexus.audit.recording import record
from nexus.verbs import Verb

PLACE = [OpenApiParameter("after"), OpenApiParameter("before")]
PLAIN = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True)
class Filter:
    """`?<name>=` narrows a list by `lookup`, or by any of several. Where there are `choices` they are the only ones,
    and what is none of them is answered 400; they may map what is asked for to what is looked up. `known` gives them
    where the database has them."""

    lookup: str | tuple[str, ...]
    choices: Collection[str] | Mapping[str, Any] = ()
    known: Callable[[], Collection[str]] | None = None
    pattern: re.Pattern[str] = PLAIN

    def of(self, name: str, rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
        """The rows, narrowed. Raises InvalidBody."""
        allowed = self.known() if self.known else self.choices
        if allowed:
            known_value(name, wanted, allowed)
        elif not self.pattern.fullmatch(wanted):
            return rows.none()
        value = self.choices[wanted] if isinstance(self.choices, Mapping) else wanted
        lookups = (self.lookup,) if isinstance(self.lookup, str) else self.lookup
        return rows.filter(reduce(or_, [Q(**{lookup: value}) for lookup in lookups]))


def to_nobody(user: User) -> str:
    return ""


def itself(row: Any) -> Any:
    return row


@dataclass(frozen=True)
class Posting:
    """`POST` to the list: `view` makes what is asked for; the rest describes it."""

    operation_id: str
    view: Callable[[Call], Response]
    roles: Collection[Role]
    request: Any
    responses: Mapping[int, Any]
    parameters: Sequence[OpenApiParameter] = ()
    takes_files: bool = False


@dataclass(frozen=True, kw_only=True)
class Resource:
    """`rows(user)` are the ones that exist for a person; outside them the answer is 404.

    `line` and `shape` say what anybody who sees one reads in a list and of the whole; where `inside` is given,
    those who may do `view_inside` read `inside_line` and `inside` instead. `recipient(user)` names who outside
    the Home Office received what was read. `key` is what the actions call its id, `lookup` what its address says.
    """

    noun: str
    plural: str
    address: str  # of one; before its part in <brackets> stands the list
    key: str
    who_may: WhoMay
    rows: Callable[[User], QuerySet[Any]]
    line: type[serializers.Serializer]
    shape: type[serializers.Serializer]
    inside_line: type[serializers.Serializer] | None = None
    inside: type[serializers.Serializer] | None = None
    lookup: str = "pk"
    view: str = "view"
    view_inside: str = "view_inside"
    order: Sequence[str] = ("-pk",)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    # What the force does not know it cannot ask for either: the number of results would tell it.
    inside_filters: Mapping[str, Filter] = field(default_factory=dict)
    audit: str = ""  # the first word of its audit entries, where it is not the noun
    recipient: Callable[[User], str] = to_nobody
    subject: Callable[[Any], Any] = itself  # of which row its audit entries are
    counts_as_read: Callable[[Any], bool] = bool  # whether reading one leaves an entry
    posting: Posting | None = None
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    starts: Mapping[str, Start] = field(default_factory=dict)

    def urls(self) -> list[URLPattern]:
        """Its addresses; names are within "api"."""
        return [
            path(self.address.partition("<")[0], self.list_view(), name=self.plural),
            path(self.address, self.detail_view(), name=self.noun),
            *verb_paths(
                self.verbs,
                self.address,
                noun=self.noun,
                key=self.key,
                who_may=self.who_may,
                find=self.find,
                answer=self.shown,
                shape=self.answer(),
            ),
            *(
                path(start.address, self.start_view(name, start), name=name)
                for name, start in self.starts.items()
            ),
        ]

    def find(self, request: Call, **address: Any) -> Any:
        """The one, or Http404 outside what the person sees."""
        own = address[parts_of(self.address)[0]]
        return get_object_or_404(self.rows(request.user), **{self.lookup: own})

    def sees_inside(self, user: User) -> bool:
        return self.inside is not None and self.who_may.may(self.view_inside, user)

    def shown(self, request: Call, row: Any) -> dict[str, Any]:
        """The whole of one, as this person may read it."""
        shape = self.inside if self.inside and self.sees_inside(request.user) else self.shape
        return dict(shape(row, context={"user": request.user}).data)

    def lines(self, request: Call, rows: Sequence[Any]) -> Any:
        """Rows of a list, as this person may read them."""
        inside = self.sees_inside(request.user) and self.inside_line
        return (inside or self.line)(rows, many=True, context={"user": request.user}).data

    def answer(self) -> Any:
        """What the schema says of the whole of one."""
        return either(self.shape, self.inside) if self.inside else self.shape

    def recorded(self, request: Call, done: str, **about: Any) -> None:
        record(
            kind=f"{self.audit or self.noun}.{done}",
            by=request.user,
            now=timezone.now(),
            recipient=self.recipient(request.user),
            **about,
        )

    def narrowed(self, request: Call, rows: QuerySet[Any]) -> QuerySet[Any]:
        inside = self.inside_filters if self.sees_inside(request.user) else {}
        filters = {**self.filters, **inside}
        known_parameters(request.query_params, [*filters, *CURSORS])
        for name, each in filters.items():
            wanted = request.query_params.get(name)
            rows = each.of(name, rows, wanted) if wanted else rows
        return rows

    def list_view(self) -> Callable[..., Response]:
        narrowing = [
            OpenApiParameter(name, enum=list(each.choices) or None)
            for name, each in {**self.filters, **self.inside_filters}.items()
        ]
        posting = self.posting

        def view(request: Call) -> Response:
            if posting and request.method == "POST":
                known_parameters(request.query_params, ())
                return posting.view(request)
            return self.list(request)

        view.__name__ = self.plural
        takes_files = bool(posting and posting.takes_files)
        view = endpoint(
            "GET",
            *(("POST",) if posting else ()),
            query=None,
            takes_files=takes_files,
            roles=self.who_may[self.view],
            writers=posting.roles if posting else (),
        )(view)
        if posting:
            view = extend_schema(
                methods=["POST"],
                operation_id=posting.operation_id,
                parameters=[*posting.parameters],
                request=posting.request,
                responses=posting.responses,
                description=inspected(posting.view),
            )(view)
        return extend_schema(
            methods=["GET"],
            operation_id=f"{self.noun}_list",
            parameters=[*narrowing, *PLACE],
            responses={200: list_of(self.line, self.inside_line)},
            summary=f"List {self.plural.removesuffix('_list').replace('_', ' ')}",
            description="Those this person sees. What is listed is recorded.",
        )(view)

    def list(self, request: Call) -> Response:
        """One page of those the person sees."""
        self.who_may.permit(self.view, request.user)
        everything = self.rows(request.user)
        page = page_of(self.narrowed(request, everything), request, order=self.order, anchors=everything)
        self.recorded(request, "listed", subjects=[self.subject(row) for row in page.rows])
        return listed(page, request, self.lines(request, page.rows))

    def detail_view(self) -> Callable[..., Response]:
        @extend_schema(
            operation_id=f"{self.noun}_read",
            responses={200: self.answer()},
            summary=f"Read one {self.noun.replace('_', ' ')}",
            description=f"{inspected(self.shape)} Reading is recorded.",
        )
        @endpoint("GET", roles=self.who_may[self.view])
        def view(request: Call, **address: Any) -> Response:
            found = self.find(request, **address)
            self.who_may.permit(self.view, request.user)
            if self.counts_as_read(found):
                self.recorded(request, "viewed", subject=self.subject(found))
            return Response(self.shown(request, found))

        view.__name__ = self.noun
        return view

    def start_view(self, name: str, start: Start) -> Callable[..., Response]:
        """`POST` that makes a new one, on what else the address names."""

        @extend_schema(
            operation_id=name,
            request=body_shape(start.verb, name=name),
            responses={201: self.answer()},
            summary=start.summary or str(start.verb.heading),
            description=plain(start.verb.action.__doc__ or "", code=False),
        )
        @endpoint("POST", takes_files=bool(files_of(start.verb.form)), roles=self.who_may[start.permission])
        def view(request: Call, **address: Any) -> Response:
            on = start.find(request, **address)
            self.who_may.permit(start.permission, request.user)
            made = carried_out(start.verb, on, request, **start.ids(on))
            found = get_object_or_404(self.rows(request.user), pk=made.pk)
            return Response(self.shown(request, found), status=status.HTTP_201_CREATED)

        view.__name__ = name
        return view


def inspected(thing: Any) -> str:
    return (thing.__doc__ or "").strip()

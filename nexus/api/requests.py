"""What a call is once authentication has been at it, for the types of endpoints."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from rest_framework.decorators import api_view
from rest_framework.request import Request

from nexus.accounts.models import User
from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.api.asking import known_parameters
from nexus.api.etags import marked, refuse_mark
from nexus.api.parsing import FilesParser, JSONParser
from nexus.requests import SignedInRequest


class Call(Request):
    """A call by a person: `auth` is their token, or None in a browser's session, and `id` the request's."""

    user: User
    auth: Any
    id: str
    _request: SignedInRequest


def endpoint(
    *methods: str,
    query: Collection[str] | None = (),
    takes_match: bool = False,
    takes_files: bool = False,
    roles: Collection[Role] = EVERY_ROLE,
    writers: Collection[Role] | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """DRF's `api_view`, for functions that know they are called by a person.

    `query` are the parameters the address may have; with None the view says so itself. Any other is answered 400,
    and so is an If-Match that the view does not compare (`takes_match`). `takes_files` where the body may be of several
    parts. Every answer says its ETag. For the schema: `roles` are whoever may do it to some row, and `writers` whoever
    may change something there, where they are others.
    """

    def decorate(view: Callable[..., Any]) -> Any:
        @wraps(view)
        def asked(request: Any, *args: Any, **address: Any) -> Any:
            if query is not None:
                known_parameters(request.query_params, query)
            if not takes_match:
                refuse_mark(request)
            return marked(request, view(request, *args, **address))

        made: Any = api_view(methods)(asked)
        if takes_files:
            made.cls.parser_classes = [JSONParser, FilesParser]
        made.cls.roles = roles
        made.cls.writers = roles if writers is None else writers
        return made

    return decorate

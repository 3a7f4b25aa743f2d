"""What a call is once authentication has been at it, for the types of endpoints."""

from collections.abc import Callable
from typing import Any

from rest_framework.decorators import api_view
from rest_framework.request import Request

from nexus.accounts.models import User
from nexus.requests import SignedInRequest


class Call(Request):
    """A call by a person: `auth` is their token, or None in a browser's session, and `id` the request's."""

    user: User
    auth: Any
    id: str
    _request: SignedInRequest


def endpoint(*methods: str) -> Callable[[Callable[..., Any]], Any]:
    """DRF's `api_view`, for functions that know they are called by a person."""

    def decorate(view: Callable[..., Any]) -> Any:
        return api_view(methods)(view)

    return decorate

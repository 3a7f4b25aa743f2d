"""What the schema says of an operation beside its words: which roles may do it, and which scope a program needs.

The roles are those that may do it to some row; to which, says what a person sees. A scope is said where a program may do
it at all.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS

from nexus.accounts.program_scopes import scope_for
from nexus.accounts.roles import EVERY_ROLE, Role

ROLES, SCOPE = "x-roles", "x-program-scope"
V1 = "/api/v1/"


class Describing(AutoSchema):
    """drf-spectacular's, which says it of every view that `endpoint` made."""

    def get_extensions(self) -> dict[str, Any]:
        """Nothing of a view that anybody may call: signing in."""
        if not self.get_auth():
            return {}
        writes = self.method not in SAFE_METHODS
        roles = getattr(self.view, "writers" if writes else "roles", EVERY_ROLE)
        part, name = self.path.removeprefix(V1).partition("/")[0], names()[self.path]
        scope = scope_for(part=part, endpoint=name, writes=writes)
        return {ROLES: [role.value for role in Role if role in roles], SCOPE: scope}


@cache
def names() -> dict[str, str]:
    """What the service calls each address, by the address as the schema writes it."""
    return {
        simplified("/api/" + address): name for address, name in addresses(get_resolver("nexus.api.urls"))
    }


def addresses(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Each address below it, with its name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield str(each.pattern), str(each.name)
        else:
            yield from ((f"{each.pattern}{address}", name) for address, name in addresses(each))


def simplified(address: str) -> str:
    """ "<int:case_id>" is {case_id}."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)

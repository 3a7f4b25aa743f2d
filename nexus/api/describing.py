"""What the schema says of an operation beside its words: which roles may do it, and which scope a program needs.

The roles are those that may do it to some row; to which, says what a person sees. A scope is said where a program may do
it at all.
"""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS

from nexus.accounts.program_scopes import scope_for
from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.addresses import names

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

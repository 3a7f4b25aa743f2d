"""Who may do what, as a table of verb → roles."""

from django.core.exceptions import PermissionDenied

from nexus.accounts.models import User
from nexus.accounts.roles import EVERY_ROLE, Role


class WhoMay(dict[str, frozenset[Role]]):
    """The roles that may do each verb of one app. An unknown verb is a KeyError, not a yes."""

    def may(self, verb: str, by: User) -> bool:
        return by.role in self[verb]

    def permit(self, verb: str, by: User) -> None:
        """Raise PermissionDenied (403) unless the role may do the verb."""
        if not self.may(verb, by):
            raise PermissionDenied(f"{by.get_role_display()} may not {verb.replace('_', ' ')}.")

    def permit_any(self, by: User) -> None:
        """Raise PermissionDenied (403) unless the role may do one of the verbs."""
        if not any(by.role in roles for roles in self.values()):
            raise PermissionDenied(f"{by.get_role_display()} may do none of this.")


WHO_MAY = WhoMay(
    {
        "administer": frozenset({Role.ADMINISTRATOR}),
        "read_audit": frozenset({Role.AUDITOR}),
        "hold_account": EVERY_ROLE,
    }
)

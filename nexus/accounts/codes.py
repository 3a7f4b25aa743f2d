"""The lists of codes of accounts: forces, and people whom one may name."""

from collections.abc import Iterable

from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.parts import Codes


def forces(by: User) -> Iterable[tuple[str, str]]:
    return Force.objects.order_by("code").values_list("code", "name")


def people(by: User) -> Iterable[tuple[str, str]]:
    """Whom this person, or a program for them, may name: those of the same force, or of the Home Office."""
    found = User.objects.filter(force=by.force_id, is_active=True)
    found = found.exclude(role__in=(Role.ADMINISTRATOR, Role.AUDITOR))
    return found.order_by("full_name", "pk").values_list("email", "full_name")


CODES = (
    Codes("forces", "Forces", forces),
    Codes("people", "People whom a program may name in Nexus-Officer, by e-mail address", people),
)

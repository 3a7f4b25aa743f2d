"""What an administrator asks the database."""

from typing import Any

from django.db.models import Q, QuerySet

from nexus.accounts.models import User


def users_like(*, role: str = "", force: Any = None, active: str = "") -> QuerySet[User]:
    """The accounts of a role and a force that may (`yes`) or may not (`no`) sign in."""
    wanted = Q()
    if role:
        wanted &= Q(role=role)
    if force:
        wanted &= Q(force=force)
    if active:
        wanted &= Q(is_active=active == "yes")
    return User.objects.filter(wanted).select_related("force", "team")


def users_called(name: str) -> QuerySet[User]:
    """The accounts whose name or e-mail address contains the text."""
    like = Q(full_name__icontains=name) | Q(email__icontains=name)
    return User.objects.filter(like).select_related("force", "team")

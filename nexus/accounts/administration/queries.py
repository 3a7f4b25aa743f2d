"""What an administrator asks the database."""

from typing import Any

from django.db.models import Q, QuerySet

from nexus.accounts.models import User


def users_like(words: str = "", *, role: str = "", force: Any = None, active: str = "") -> QuerySet[User]:
    """The accounts whose name or e-mail address contains the words, of a role and a force, that may
    (`yes`) or may not (`no`) sign in."""
    wanted = Q()
    if words:
        wanted &= Q(full_name__icontains=words) | Q(email__icontains=words)
    if role:
        wanted &= Q(role=role)
    if force:
        wanted &= Q(force=force)
    if active:
        wanted &= Q(is_active=active == "yes")
    return User.objects.filter(wanted).select_related("force", "team")

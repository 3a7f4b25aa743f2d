"""Who did something, as a column."""

from django.db import models

from nexus.accounts.models import User


def person(**kwargs: object) -> models.ForeignKey:
    """Who did something; kept for good."""
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", **kwargs)  # type: ignore[arg-type]

"""What several models of Nexus material are made of."""

from typing import Any

import pgtrigger
from django.db import models

from nexus.accounts.models import User

WRITTEN_ONCE_GUARD = pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)


class Kind(models.TextChoices):
    SUMMARY = "summary", "Summary"
    STATEMENT = "statement", "Statement"


def a_person(**options: Any) -> models.ForeignKey:
    """Who did something; their account is never removed."""
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", **options)

"""What the administrator's actions share."""

from collections.abc import Mapping

from django.db import models


def set_fields(row: models.Model, values: Mapping[str, object]) -> list[str]:
    """Set what differs, save just that, and say which fields it was."""
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed

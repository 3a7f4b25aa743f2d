"""The place of each change in the feed."""

from django.db import models

from nexus.audit.models import AuditEvent
from nexus.privileges import READ_ONLY
from nexus.row_security import open_to_all


class Change(models.Model):
    """One audit entry that is a change of something. The database writes it with the entry, and gives it its number
    once the entry is committed: see nexus/changes/sql.py."""

    entry = models.OneToOneField(
        AuditEvent, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    number = models.BigIntegerField(null=True, unique=True)

    PRIVILEGES = READ_ONLY
    SEEN_BY = open_to_all("Numbers; what an entry is about is asked in its own table.")

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(number=None), name="changes_without_a_number")
        ]

    def __str__(self) -> str:
        return f"Change {self.pk}"

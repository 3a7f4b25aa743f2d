"""The append-only record of who saw and who did what, when, why and for whom."""

import pgtrigger
from django.db import models


class AuditEvent(models.Model):
    """One entry. No foreign keys: the record outlives what it speaks of, and holds no personal
    data beyond ids and the names of the fields concerned."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True, help_text="User id; empty for the system itself")
    by_role = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subjects = models.JSONField(default=list, help_text="Ids of the rows a list showed")
    reason = models.TextField(blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict, help_text="Ids and field names, never values about a person")
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["by_id", "-id"], name="audit_by_person"),
            models.Index(fields=["kind", "-id"], name="audit_by_kind"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(  # row triggers do not see TRUNCATE
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'The audit record is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}".strip()

"""What somebody wrote about a finding: why it may be so, and what is done."""

from django.db import models
from django.db.models import Q

from casework.disparity.permissions import ResponseQuerySet
from nexus.accounts.models import User
from nexus.privileges import WRITTEN_ONCE
from nexus.row_security import OFFICE_ONLY


class Response(models.Model):
    """The written response to one finding, which is named by its quarter and its key. Written once; another may follow."""

    quarter = models.CharField(max_length=7, help_text="As in the address: 2026-q3")
    finding = models.CharField(max_length=80, help_text="What is measured, by what, of which group")
    figures = models.CharField(max_length=300, help_text="What the finding said when it was answered")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ResponseQuerySet.as_manager()

    SEEN_BY = OFFICE_ONLY
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["quarter", "finding"], name="responses_to_a_finding")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_response_says_something")]

    def __str__(self) -> str:
        return f"Response {self.pk}"

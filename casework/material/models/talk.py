"""What is said about material: by Specialist Appeals, and between the case-owner and the force."""

from django.db import models
from django.db.models import Q

from casework.material.models.fields import WRITTEN_ONCE_GUARD, a_person
from casework.material.models.material import Material
from casework.material.models.versions import Version
from nexus.privileges import WRITTEN_ONCE, only_changes
from nexus.row_security import with_its


class AppealsReview(models.Model):
    """What Specialist Appeals were asked about one version, and what they advise. The force never sees it."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="appeals_reviews")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = a_person()
    asked_at = models.DateTimeField()
    issues = models.TextField("potential issues of challenge or scrutiny", blank=True)
    advice = models.TextField(blank=True)
    advised_by = a_person(null=True)
    advised_at = models.DateTimeField(null=True)

    SEEN_BY = with_its("material")
    PRIVILEGES = only_changes("issues", "advice", "advised_by", "advised_at")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["material"], condition=Q(advised_at=None), name="one_open_review_a_material"
            ),
            models.CheckConstraint(
                condition=Q(advised_at__isnull=True, advised_by__isnull=True)
                | (Q(advised_at__isnull=False, advised_by__isnull=False) & ~Q(issues="") & ~Q(advice="")),
                name="advice_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"


class Message(models.Model):
    """A question or an answer between the case-owner and the force. Both read it."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    by = a_person()
    from_force = models.BooleanField()
    at = models.DateTimeField()

    SEEN_BY = with_its("material")
    PRIVILEGES = WRITTEN_ONCE

    class Meta:
        ordering = ["at", "pk"]
        triggers = [WRITTEN_ONCE_GUARD]

    def __str__(self) -> str:
        return f"Message {self.pk}"
